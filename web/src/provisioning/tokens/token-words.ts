import type { OAuthClient, Token } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';
import { expiringSoon, isReplacedBy, outlivesSimulation } from './token-life.ts';

type Client = Pick<OAuthClient, 'id' | 'name' | 'state' | 'lastUsedAt'>;

/** What needs attention about the API tokens. `endsAt`: the moment that the last sentence ends with. */
export interface TokenTrouble {
  id: string;
  tone: 'bad' | 'warning' | 'info';
  title: Sentence;
  text: Sentence | readonly Sentence[];
  endsAt: string | null;
  /** Whether a new token is what helps. */
  rotates: boolean;
}

/**
 * What there is to do about the API tokens: none works; what the identity provider came with works no more, and nothing else
 * has been used; one ends soon; or one was replaced, and the identity provider still has to get the new one. Who comes with an
 * OAuth client needs none of them, and nobody loses anything with a token that was never used while another is.
 *
 * @param hasCome whether the identity provider has come since the activation: otherwise it is waited for, whatever came before
 */
export function tokenTroubles(
  tokens: readonly Token[],
  clients: readonly Client[],
  now: number,
  hasCome: boolean,
): TokenTrouble[] {
  const cut = hasCome ? cutOff(tokens, clients) : null;
  if (cut !== null) return [cut];
  if (tokens.length > 0 && tokens.every(({ state }) => state !== 'active')) {
    if (hasClient(clients)) return [];
    return [
      {
        id: 'none',
        tone: 'bad',
        title: say('token.noneTitle'),
        text: say('token.noneText'),
        endsAt: null,
        rotates: false,
      },
    ];
  }
  return tokens.flatMap((token) => {
    const newer = tokens.find((each) => each.state === 'active' && isReplacedBy(token, each));
    if (isSpare(token, tokens, clients)) return [];
    if (newer !== undefined)
      return token.state === 'active' && newer.lastUsedAt === null ? [pasted(token, newer)] : [];
    return expiringSoon(token, now) ? [expires(token)] : [];
  });
}

/** What was used last works no more, and nobody has come yet with what does. */
function cutOff(tokens: readonly Token[], clients: readonly Client[]): TokenTrouble | null {
  const working = [...tokens, ...clients].filter(({ state }) => state === 'active');
  if (working.some(({ lastUsedAt }) => lastUsedAt !== null)) return null;
  const isProviders = (token: Token) =>
    outlivesSimulation(token) || tokens.some((newer) => isReplacedBy(token, newer));
  const used = [...tokens.filter(isProviders), ...clients].filter(({ lastUsedAt }) => lastUsedAt !== null);
  const [last] = used.sort((one, other) => timeOf(other) - timeOf(one));
  const [next] = working;
  if (last === undefined || next === undefined) return null;
  return {
    id: last.id,
    tone: 'bad',
    title: say('token.cutOffTitle'),
    text: [
      'lastFour' in last
        ? say('token.cutOffToken', { lastFour: last.lastFour })
        : say('token.cutOffClient', { name: last.name }),
      'lastFour' in next
        ? say('token.enterToken', { lastFour: next.lastFour })
        : say('token.enterClient', { name: next.name }),
    ],
    endsAt: null,
    rotates: false,
  };
}

function timeOf({ lastUsedAt }: Pick<Client, 'lastUsedAt'>): number {
  return Date.parse(lastUsedAt ?? '');
}

/** The new token has not been used: it must be pasted, and nothing is to be rotated again. */
function pasted({ id, lastFour, expiresAt }: Token, newer: Token): TokenTrouble {
  return {
    id,
    tone: 'warning',
    title: say('token.pasteTitle', { lastFour: newer.lastFour }),
    text: say('token.pasteText', { lastFour }),
    endsAt: expiresAt,
    rotates: false,
  };
}

function expires({ id, lastFour, expiresAt }: Token): TokenTrouble {
  return {
    id,
    tone: 'warning',
    title: say('token.expiringTitle'),
    text: say('token.expiringText', { lastFour }),
    endsAt: expiresAt,
    rotates: true,
  };
}

/** Whether an identity provider can connect without an API token. */
function hasClient(clients: readonly Pick<OAuthClient, 'state'>[]): boolean {
  return clients.some(({ state }) => state === 'active');
}

/** Whether nobody has ever come with a token, but somebody with another one or an OAuth client. */
function isSpare({ id, lastUsedAt }: Token, tokens: readonly Token[], clients: readonly Client[]): boolean {
  const others = [...tokens.filter((token) => token.id !== id), ...clients];
  return lastUsedAt === null && others.some((other) => other.state === 'active' && other.lastUsedAt !== null);
}

/** What is said in place of the API tokens where none works. */
export function noTokenWords(clients: readonly Pick<OAuthClient, 'state'>[]): Sentence {
  return say(hasClient(clients) ? 'token.noneButClients' : 'token.noneText');
}

/** What is asked before a token is revoked: whether nothing is left to come with, or nothing that anybody has come with yet. */
export function revokeWords(
  token: Token,
  tokens: readonly Token[],
  clients: readonly Pick<OAuthClient, 'state' | 'lastUsedAt'>[],
): Sentence {
  const others = [...tokens.filter(({ id }) => id !== token.id), ...clients].filter(
    ({ state }) => state === 'active',
  );
  if (others.length === 0) return say('token.revokeLast');
  const isOnlyUsed = token.lastUsedAt !== null && others.every(({ lastUsedAt }) => lastUsedAt === null);
  return say(isOnlyUsed ? 'token.revokeUsed' : 'token.revokeText');
}

/** Which token took the place of this one, or whose place it took; null for any other. */
export function rotationWords(token: Token, tokens: readonly Token[]): Sentence | null {
  const newer = tokens.find((each) => each.state === 'active' && isReplacedBy(token, each));
  if (newer !== undefined) return say('token.replacedBy', { lastFour: newer.lastFour });
  const older = tokens.find((each) => each.state === 'active' && isReplacedBy(each, token));
  return older === undefined ? null : say('token.replaces', { lastFour: older.lastFour });
}
