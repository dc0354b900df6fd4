import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from './problem.ts';

const firstPauseMs = 250;
const pauseMaxMs = 30_000;
/** An answer may ask for more patience than this; the service is asked again nevertheless. */
const retryAfterMaxMs = 300_000;

/** Pauses between attempts: longer each time, at random within it ("full jitter"), so that clients do not come together. */
export class Backoff {
  private failures = 0;

  /** How many attempts have failed since the last success. */
  get attempts(): number {
    return this.failures;
  }

  /** An attempt succeeded: the next pause is short. */
  reset(): void {
    this.failures = 0;
  }

  /**
   * Waits before the next attempt, at least as long as the answer asks for; returns early when the signal is aborted.
   *
   * @param error why the attempt failed
   */
  async pause(error: unknown, signal?: AbortSignal): Promise<void> {
    const ceilingMs = Math.min(pauseMaxMs, firstPauseMs * 2 ** Math.min(this.failures, 16));
    this.failures += 1;
    const asked = error instanceof ProblemError ? (error.retryAfterMs ?? 0) : 0;
    const pauseMs = Math.min(asked, retryAfterMaxMs) + Math.random() * ceilingMs;
    await sleep(pauseMs, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }
}
