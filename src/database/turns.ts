import { setImmediate } from 'node:timers/promises';

/** How long one piece of work may keep everything else waiting, in ms. */
const turnMaxMs = 10;

/** Lets long work give way to other work from time to time. */
export class Turns {
  private sinceMs = performance.now();

  /** Awaited between two steps of the work: when it is time, lets everything else run first. */
  async next(): Promise<void> {
    if (performance.now() - this.sinceMs < turnMaxMs) return;
    await setImmediate();
    this.sinceMs = performance.now();
  }
}
