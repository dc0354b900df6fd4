import { hours, minutes, seconds } from '../errors/duration.ts';

/**
 * How long after the erasure of a workspace it is swept. Most requests have ended after the first; a statement may take 5
 * minutes (`lanes`), and one request may be hundreds of them.
 */
export const sweepsAfterMs = [seconds(5), minutes(1), minutes(10), hours(1), hours(6)];

/** When an erased workspace is swept next; null: not any more. A sweep that was missed is made once. */
export function nextSweepAt(erasedAt: Date, now: Date): Date | null {
  const next = sweepsAfterMs.map((ms) => new Date(erasedAt.getTime() + ms)).find((at) => at > now);
  return next ?? null;
}
