import { describe, expect, it } from '@jest/globals';
import type { OAuthClient, Token } from '../../web/src/api/shapes.ts';
import { contactState } from '../../web/src/provisioning/overview/contact.ts';
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
type Client = Pick<OAuthClient, 'id' | 'name' | 'state' | 'lastUsedAt'>;
const used: Client = { id: 'c', name: 'Entra', state: 'active', lastUsedAt: at(0) };
const unused: Client = { ...used, lastUsedAt: null };
const revoked: Client = { ...used, state: 'revoked' };

describe('the notices about API tokens, where there are OAuth clients', () => {
  const none = [token('a', { state: 'revoked' })];
  const spare = [token('a', { expiresAt: at(3), lastUsedAt: null })];
  const replaced = [
    token('a', { name: 'Entra', expiresAt: at(0.9), lastUsedAt: null }),
    token('b', { name: 'Entra', createdAt: at(-0.1), lastUsedAt: null }),
  ];

  const [old, fresh] = [
    token('a', { name: 'Entra', state: 'expired', expiresAt: at(-0.1) }),
    token('b', { name: 'Entra', createdAt: at(-1), lastUsedAt: null }),
  ];
  const ended = [fresh, old];
  const stopped = [fresh, { ...old, createdAt: at(-1.01), expiresAt: at(-1) }];
  const spareNew = [token('a', { lastUsedAt: null })];
  const simulated = [
    token('a', { lastUsedAt: null }),
    token('b', { state: 'expired', createdAt: at(-1), expiresAt: at(-0.99) }),
  ];

  it.each<[string, Token[], Client[], string[]]>([
    ['none works, and no client does', none, [revoked], ['token.noneTitle']],
    ['none works, and a client does that nobody has used', none, [unused], ['token.cutOffTitle']],
    ['none works, and a client is used', none, [used], []],
    ['the one that was used works no more, and the new one is not used', ended, [], ['token.cutOffTitle']],
    ['… as when it stopped at once', stopped, [], ['token.cutOffTitle']],
    ['… and a client is used', ended, [used], []],
    ['… and a third one is used', [...ended, token('c')], [], []],
    [
      'a client that was used works no more, and a token is not used',
      spareNew,
      [revoked],
      ['token.cutOffTitle'],
    ],
    ['the token of a simulation is over, and the other one is not used', simulated, [], []],
    ['one that nobody uses ends soon', spare, [], ['token.expiringTitle']],
    ['… and no client was ever used', spare, [unused], ['token.expiringTitle']],
    ['… and the client that was used is revoked', spare, [unused, revoked], ['token.cutOffTitle']],
    ['… and a client is used', spare, [used], []],
    ['… and another token is used', [...spare, token('b')], [], []],
    [
      '… and another that was used works no more',
      [...spare, token('b', { state: 'expired' })],
      [],
      ['token.cutOffTitle'],
    ],
    ['one that is used ends soon', [token('a', { expiresAt: at(3) })], [used], ['token.expiringTitle']],
    ['one that nobody uses was replaced', replaced, [], ['token.pasteTitle']],
    ['… and a client is used', replaced, [used], []],
  ])('when %s', (_, tokens, clients, titles) => {
    expect(tokenTroubles(tokens, clients, now, true).map(({ title }) => title.text)).toEqual(titles);
  });

  it('say what to enter in place of what works no more, once somebody has come since the activation', () => {
    const textsOf = (tokens: Token[], clients: Client[], hasCome = true) =>
      tokenTroubles(tokens, clients, now, hasCome).map(({ tone, text }) => [tone, text]);
    expect(textsOf(ended, [])).toEqual([
      [
        'bad',
        [
          { text: 'token.cutOffToken', values: { lastFour: 'aaaa' } },
          { text: 'token.enterToken', values: { lastFour: 'bbbb' } },
        ],
      ],
    ]);
    expect(textsOf([], [revoked, { ...unused, name: 'Entra, new' }])).toEqual([
      [
        'bad',
        [
          { text: 'token.cutOffClient', values: { name: 'Entra' } },
          { text: 'token.enterClient', values: { name: 'Entra, new' } },
        ],
      ],
    ]);
    expect(textsOf(ended, [], false)).toEqual([]);
    expect(contactState({ lastContact: { status: 200, at: at(0) } }, true)).toBe('cutOff');
    expect(contactState({ lastContact: null }, true)).toBe('waiting');
  });

  it('do not say that nobody can connect, nor before the last token is revoked that the connection ends', () => {
    const last = token('a');
    expect([[], [revoked], [unused]].map((clients) => noTokenWords(clients).text)).toEqual([
      'token.noneText',
      'token.noneText',
      'token.noneButClients',
    ]);
    const asked = (clients: Client[], ...others: Token[]) =>
      revokeWords(last, [last, ...others], clients).text;
    expect([[], [revoked], [unused], [used]].map((clients) => asked(clients))).toEqual([
      'token.revokeLast',
      'token.revokeLast',
      'token.revokeUsed',
      'token.revokeText',
    ]);
    expect(asked([], token('b', { lastUsedAt: null }))).toBe('token.revokeUsed');
    expect(asked([unused], token('b'))).toBe('token.revokeText');
    expect(revokeWords({ ...last, lastUsedAt: null }, [last], [unused]).text).toBe('token.revokeText');
  });
});
