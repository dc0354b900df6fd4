import { minutes } from '../../errors/duration.ts';
import type { Cause, CauseKind } from '../causes/cause.ts';
import type { Facts } from '../causes/facts.ts';
import type { Silence } from '../causes/silence.ts';
import { tokenCauses } from '../causes/token-causes.ts';

/** How often a workspace is looked at while a trouble lasts: an admin may have ended it without leaving an event. */
export const troubleLookMs = minutes(5);

/** How often until its identity provider calls for the first time, which is no event either. */
export const firstContactLookMs = minutes(1);

/** Causes whose end is worth knowing soon, because they may come again. */
const troubles: ReadonlySet<CauseKind> = new Set([
  'removals_held',
  'run_failed',
  'conflicts',
  'refusals',
  'idp_silent',
  'token_unused',
]);

/**
 * When a workspace is to be looked at next if nothing happens in it: as late as nothing can be missed.
 *
 * @param causes what there is now
 */
export function nextLookAt(
  facts: Facts,
  silence: Silence | null,
  causes: readonly Cause[],
  nextDigest: Date,
  now: Date,
): Date {
  const times = [nextDigest];
  if (facts.isActive) {
    if (causes.some(({ kind }) => troubles.has(kind))) times.push(later(now, troubleLookMs));
    if (facts.isRunning || facts.contact === null) times.push(later(now, firstContactLookMs));
    if (silence !== null && silence.at > now) times.push(silence.at);
    times.push(...tokenCauses(facts.tokens, now).next);
  }
  return new Date(Math.min(...times.map((time) => time.getTime())));
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
