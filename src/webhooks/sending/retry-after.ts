import { hours, seconds } from '../../errors/duration.ts';

/** A receiver may ask to be left alone for this long; what it asks beyond is cut. */
export const retryAfterMaxMs = hours(24);

/**
 * What a `Retry-After` header asks for (RFC 9110 §10.2.3): seconds, or a date.
 *
 * @param now for a date
 * @returns null when there is none, or when it cannot be read
 */
export function retryAfterOf(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  const waitMs = /^\d{1,9}$/u.test(text) ? seconds(Number(text)) : Date.parse(text) - now.getTime();
  if (Number.isNaN(waitMs)) return null;
  return Math.min(Math.max(waitMs, 0), retryAfterMaxMs);
}
