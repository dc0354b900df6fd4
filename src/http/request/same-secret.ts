import { hash, timingSafeEqual } from 'node:crypto';

/** Are these the same text? Takes the same time wherever they differ, and whatever their lengths. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
