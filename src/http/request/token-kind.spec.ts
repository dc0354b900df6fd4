import { describe, expect, it } from '@jest/globals';
import { tokenKindOf, type TokenKind, type WantedKind, wrongKindMessage } from './token-kind.ts';

const operatorToken = 'a-token-of-the-operator-1';
const examples: readonly [TokenKind, string][] = [
  ['api-token', `mcs_${'0'.repeat(49)}`],
  ['api-token', 'mcs_cut'],
  ['session-token', `mca_${'s'.repeat(43)}`],
  ['operator-token', operatorToken],
  ['operator-token', `op_${'o'.repeat(43)}`],
  ['link-code', 'Zq3-x_'.padEnd(43, 'k')],
  ['link-address', 'https://example.com/settings/user-provisioning#code=abc'],
  ['json-web-token', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln'],
];
const doors: readonly WantedKind[] = ['api-token', 'session-token', 'operator-token', 'link-code'];

describe('the kind of a token', () => {
  it.each(examples)('%s is told by its looks: %s', (kind, token) => {
    expect(tokenKindOf(token, operatorToken)).toBe(kind);
  });

  it.each(['', 'wrong', 'a-token-of-the-operator-2', 'x'.repeat(42)])('is not guessed of %j', (token) => {
    expect(tokenKindOf(token, operatorToken)).toBeNull();
  });

  it('says what came and what is wanted at every door that it does not open, and repeats none of it', () => {
    for (const wanted of doors) {
      for (const [kind, token] of examples) {
        const message = wrongKindMessage(token, wanted, operatorToken);
        if (kind === wanted) expect(message).toBeNull();
        else {
          expect(message).toMatch(/^What came is (?:an?|the|what) .*\. (?:\/\w+|POST \/api\/session) takes /);
          expect(message).not.toContain(token);
        }
      }
    }
  });
});
