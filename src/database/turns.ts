import { setImmediate } from 'node:timers/promises';

/** How long one piece of work may keep everything else waiting, in ms. */
const turnMaxMs = 10;

/** Has long work leave the process to others now and then. */
export class Turns {
  private sinceMs = performance.now();

  /** To be awaited between two steps of the work: lets everything else have its turn when it is time. */
  async next(): Promise<void> {
    if (performance.now() - this.sinceMs < turnMaxMs) return;
    await setImmediate();
    this.sinceMs = performance.now();
  }
}
