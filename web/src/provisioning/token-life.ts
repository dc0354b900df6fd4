import type { Token } from '../api/shapes.ts';

const expiringWithinMs = 14 * 86_400_000;

/** Does this working token end within two weeks? */
export function expiringSoon(token: Token, now: number): boolean {
  if (token.state !== 'active' || token.expiresAt == null) return false;
  return new Date(token.expiresAt).getTime() - now < expiringWithinMs;
}
