import { days, hours, minutes, seconds } from '../../errors/duration.ts';

/** How long after each failure of a delivery the next attempt comes. After the last, the delivery is given up. */
export const retryWaitsMs: readonly number[] = [
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(14),
  hours(20),
  hours(24),
];

/** By how much a wait may be longer, so that what failed together does not come together again. */
export const jitterMaxShare = 0.2;

/** A webhook none of whose attempts has succeeded for this long is disabled. */
export const failingMaxMs = days(5);

/**
 * When a delivery is tried again.
 *
 * @param failures how often it has failed, this time included
 * @param random from 0 to 1
 * @param retryAfterMs how long the receiver asks to be left alone, at least
 * @returns null when it is given up
 */
export function nextAttemptAt(
  failures: number,
  now: Date,
  random: number,
  retryAfterMs: number | null,
): Date | null {
  const waitMs = retryWaitsMs[failures - 1];
  if (waitMs === undefined) return null;
  const jitteredMs = waitMs * (1 + jitterMaxShare * random);
  return new Date(now.getTime() + Math.round(Math.max(jitteredMs, retryAfterMs ?? 0)));
}
