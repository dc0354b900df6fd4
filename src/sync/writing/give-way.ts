import { setTimeout as sleep } from 'node:timers/promises';
import { doManyRequestsComeIn } from '../../http/pipeline/recent-requests.ts';

/** How long a run rests after a step while many requests come in, as a multiple of the time of the step. */
const restFactor = 2;

/** A step that took long, for costly rules, say, is no reason to rest as long. */
export const restMaxMs = 50;

/**
 * Rests after a step of a run while many requests come in, so that they find the processor free. PostgreSQL writes the step
 * meanwhile, so a run takes less longer than this adds up to.
 *
 * @param stepMs how long the step took
 */
export async function giveWay(stepMs: number): Promise<void> {
  if (doManyRequestsComeIn()) await sleep(Math.min(restMaxMs, restFactor * stepMs));
}
