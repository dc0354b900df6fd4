import type { Token } from '../../api/shapes.ts';

const expiringWithinMs = 14 * 86_400_000;
/** A token that was made for less is meant to end: that of a simulation. */
const worthRotatingMs = 3_600_000;

/** Does this working token end within two weeks? */
export function expiringSoon(token: Token, now: number): boolean {
  if (token.state !== 'active' || token.expiresAt == null) return false;
  const endsMs = new Date(token.expiresAt).getTime();
  const lifeMs = endsMs - new Date(token.createdAt).getTime();
  return endsMs - now < expiringWithinMs && lifeMs >= worthRotatingMs;
}
