import type { Token } from '../../api/shapes.ts';
import { daysMs, hoursMs } from '../../duration.ts';

const expiringWithinMs = daysMs(14);
/** A token with a shorter life is meant to end: the token of a simulation. */
const worthRotatingMs = hoursMs(1);

/** Does this working token end within two weeks? */
export function expiringSoon(token: Token, now: number): boolean {
  if (token.state !== 'active' || token.expiresAt == null) return false;
  const endsMs = new Date(token.expiresAt).getTime();
  const lifeMs = endsMs - new Date(token.createdAt).getTime();
  return endsMs - now < expiringWithinMs && lifeMs >= worthRotatingMs;
}
