import { days, hours } from '../../errors/duration.ts';
import type { Cause } from './cause.ts';
import type { TokenFacts } from './facts.ts';

/** How many days before its end a token is told of, each once. */
export const expiryNoticeDays = [1, 7, 30] as const;

/** A rotation whose old token ends later than this after it is none: the two only have the same name. */
const overlapMostMs = days(7);

/** A new token need not be in use sooner than this after a rotation. */
const changeOverLeastMs = hours(1);

/** What the tokens of a workspace give cause for, and when they may give another. */
export function tokenCauses(tokens: readonly TokenFacts[], now: Date): { causes: Cause[]; next: Date[] } {
  const causes: Cause[] = [];
  const next: Date[] = [];
  for (const token of tokens) {
    const replaced = tokens.find((older) => isReplacedBy(older, token));
    const unused = replaced === undefined ? null : unusedCause(token, replaced, now, next);
    if (unused !== null && !isSpare(replaced, tokens, now)) causes.push(unused);
    const expiring = tokens.some((newer) => isReplacedBy(token, newer))
      ? null
      : expiryCause(token, now, next);
    if (expiring !== null && !isSpare(token, tokens, now)) causes.push(expiring);
  }
  return { causes, next };
}

/**
 * The nearest of the notices that is due, as long as the token lives. A token that lives shorter is meant to end so soon.
 */
function expiryCause({ id, name, createdAt, expiresAt }: TokenFacts, now: Date, next: Date[]): Cause | null {
  if (expiresAt === null || expiresAt <= now) return null;
  const lifeMs = expiresAt.getTime() - createdAt.getTime();
  const stages = expiryNoticeDays.filter((each) => days(each) < lifeMs);
  const begins = stages.map((each) => new Date(expiresAt.getTime() - days(each)));
  next.push(...begins.filter((begin) => begin > now), expiresAt);
  const stage = stages.find((each) => expiresAt.getTime() - now.getTime() <= days(each));
  if (stage === undefined) return null;
  const daysLeft = Math.ceil((expiresAt.getTime() - now.getTime()) / days(1));
  return { key: `token_expiring:${id}:${stage}`, kind: 'token_expiring', params: { name, days: daysLeft } };
}

/** Whether nobody has ever come with a token, but somebody with another one or an OAuth client: nobody misses it. */
function isSpare(token: TokenFacts | undefined, tokens: readonly TokenFacts[], now: Date): boolean {
  if (token?.lastUsedAt !== null) return false;
  return tokens.some(
    ({ id, ...other }) => id !== token.id && other.lastUsedAt !== null && !isOver(other, now),
  );
}

/** Half of the overlap is over, and the identity provider still has the old token; or none that works. */
function unusedCause(token: TokenFacts, replaced: TokenFacts, now: Date, next: Date[]): Cause | null {
  if (token.lastUsedAt !== null || isOver(token, now)) return null;
  const rotatedMs = token.createdAt.getTime();
  const endsMs = replaced.expiresAt?.getTime() ?? rotatedMs;
  const dueAt = new Date(Math.max(rotatedMs + (endsMs - rotatedMs) / 2, rotatedMs + changeOverLeastMs));
  if (now < dueAt) {
    next.push(dueAt);
    return null;
  }
  const hoursLeft = Math.max(0, Math.ceil((endsMs - now.getTime()) / hours(1)));
  return {
    key: `token_unused:${token.id}`,
    kind: 'token_unused',
    params: { name: token.name, hours: hoursLeft },
  };
}

/** A rotation makes a token of the same name and gives the old one an end. */
function isReplacedBy(older: TokenFacts, newer: TokenFacts): boolean {
  if (older.id === newer.id || older.name !== newer.name || older.expiresAt === null) return false;
  const overlapMs = older.expiresAt.getTime() - newer.createdAt.getTime();
  return (
    older.createdAt <= newer.createdAt && older.id < newer.id && overlapMs >= 0 && overlapMs <= overlapMostMs
  );
}

function isOver({ expiresAt }: Pick<TokenFacts, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
