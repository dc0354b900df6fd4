import type { Token } from '../../api/shapes.ts';
import { daysMs, hoursMs } from '../../duration.ts';

const expiringWithinMs = daysMs(14);
/** A token with a shorter life is meant to end: the token of a simulation. */
const worthRotatingMs = hoursMs(1);
/** A rotation lets the old token work this long at most. */
const overlapMostMs = daysMs(7);

/** Does this working token end within two weeks? */
export function expiringSoon(token: Token, now: number): boolean {
  if (token.state !== 'active' || token.expiresAt == null) return false;
  return Date.parse(token.expiresAt) - now < expiringWithinMs && outlivesSimulation(token);
}

/** May an identity provider be given this token? Not that of a simulation, which ends with it. */
export function isForProvider(token: Token): boolean {
  return token.state === 'active' && outlivesSimulation(token);
}

/** Was this token made to last longer than one of a simulation? */
export function outlivesSimulation({
  createdAt,
  expiresAt,
}: Pick<Token, 'createdAt' | 'expiresAt'>): boolean {
  return expiresAt == null || Date.parse(expiresAt) - Date.parse(createdAt) >= worthRotatingMs;
}

/** A rotation makes a token of the same name and gives the old one an end. */
export function isReplacedBy(older: Token, newer: Token): boolean {
  if (older.id === newer.id || older.name !== newer.name || older.expiresAt === null) return false;
  const madeMs = Date.parse(newer.createdAt);
  const overlapMs = Date.parse(older.expiresAt) - madeMs;
  return (
    Date.parse(older.createdAt) <= madeMs &&
    older.id < newer.id &&
    overlapMs >= 0 &&
    overlapMs <= overlapMostMs
  );
}
