import { describe, expect, it } from '@jest/globals';
import {
  tokenKindOf,
  type TokenKind,
  type WantedKind,
  wrongFormMessage,
  wrongKindMessage,
} from './token-kind.ts';

const operatorToken = 'a-token-of-the-operator-1';
const operatorTokens = [{ name: null, token: operatorToken }];
const examples: readonly [TokenKind, string][] = [
  ['api-token', `mcs_${'0'.repeat(49)}`],
  ['api-token', 'mcs_cut'],
  ['product-key', `upk_${'0'.repeat(49)}`],
  ['product-key', 'upk_cut'],
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
    expect(tokenKindOf(token, operatorTokens)).toBe(kind);
  });

  it.each(['', 'wrong', 'a-token-of-the-operator-2', 'x'.repeat(42)])('is not guessed of %j', (token) => {
    expect(tokenKindOf(token, operatorTokens)).toBeNull();
  });

  it.each([
    'xyz',
    'ghp_0123456789',
    'xyz_live_1',
    'mca_short',
    `mca_${'s'.repeat(44)}`,
    `mca_${'s'.repeat(42)}!`,
  ])('%s is no session token: that is said, and what one is', (token) => {
    const message = wrongFormMessage(token, 'session-token', operatorTokens);
    expect(message).toMatch(/^What came is .*\. \/api takes a session token: it begins with "mca_"/);
    expect(message).not.toContain(token);
    expect(wrongFormMessage(token, 'link-code', operatorTokens)).toMatch(/takes the code of an admin link/);
  });

  it('is not doubted of a session token and of a code of a link', () => {
    expect(wrongFormMessage(`mca_${'s'.repeat(43)}`, 'session-token', operatorTokens)).toBeNull();
    expect(wrongFormMessage('k'.repeat(43), 'link-code', operatorTokens)).toBeNull();
  });

  it('says what came and what is wanted at every door that it does not open, and repeats none of it', () => {
    for (const wanted of doors) {
      for (const [kind, token] of examples) {
        const message = wrongKindMessage(token, wanted, operatorTokens);
        const opens = kind === wanted || (wanted === 'operator-token' && kind === 'product-key');
        if (opens) expect(message).toBeNull();
        else {
          expect(message).toMatch(/^What came is (?:an?|the|what) .*\. (?:\/\w+|POST \/api\/session) takes /);
          expect(message).not.toContain(token);
        }
      }
    }
  });
});
