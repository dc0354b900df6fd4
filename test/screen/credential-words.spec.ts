import { describe, expect, it } from '@jest/globals';
import type { OAuthClient, Token } from '../../web/src/api/shapes.ts';
import { noTokenWords, revokeWords, tokenTroubles } from '../../web/src/provisioning/tokens/token-words.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
const token = (id: string, more: Partial<Token> = {}): Token => ({
  id,
  name: `Token ${id}`,
  prefix: 'mcs_12345678',
  lastFour: id.repeat(4),
  state: 'active',
  createdBy: 'ada@example.com',
  createdAt: at(-300),
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: at(0),
  ...more,
});
type Client = Pick<OAuthClient, 'state' | 'lastUsedAt'>;
const used: Client = { state: 'active', lastUsedAt: at(0) };
const unused: Client = { state: 'active', lastUsedAt: null };
const revoked: Client = { state: 'revoked', lastUsedAt: at(0) };

describe('the notices about API tokens, where there are OAuth clients', () => {
  const none = [token('a', { state: 'revoked' })];
  const spare = [token('a', { expiresAt: at(3), lastUsedAt: null })];
  const replaced = [
    token('a', { name: 'Entra', expiresAt: at(0.9), lastUsedAt: null }),
    token('b', { name: 'Entra', createdAt: at(-0.1), lastUsedAt: null }),
  ];

  it.each<[string, Token[], Client[], string[]]>([
    ['none works, and no client does', none, [revoked], ['token.noneTitle']],
    ['none works, and a client does', none, [unused], []],
    ['one that nobody uses ends soon', spare, [], ['token.expiringTitle']],
    ['… and no client was ever used', spare, [unused, revoked], ['token.expiringTitle']],
    ['… and a client is used', spare, [used], []],
    ['… and another token is used', [...spare, token('b')], [], []],
    [
      '… and another that was used works no more',
      [...spare, token('b', { state: 'expired' })],
      [],
      ['token.expiringTitle'],
    ],
    ['one that is used ends soon', [token('a', { expiresAt: at(3) })], [used], ['token.expiringTitle']],
    ['one that nobody uses was replaced', replaced, [], ['token.pasteTitle']],
    ['… and a client is used', replaced, [used], []],
  ])('when %s', (_, tokens, clients, titles) => {
    expect(tokenTroubles(tokens, clients, now).map(({ title }) => title.text)).toEqual(titles);
  });

  it('do not say that nobody can connect, nor before the last token is revoked that the connection ends', () => {
    const last = token('a');
    expect([[], [revoked], [unused]].map((clients) => noTokenWords(clients).text)).toEqual([
      'token.noneText',
      'token.noneText',
      'token.noneButClients',
    ]);
    expect([[], [revoked], [unused]].map((clients) => revokeWords(last, [last], clients).text)).toEqual([
      'token.revokeLast',
      'token.revokeLast',
      'token.revokeText',
    ]);
  });
});
