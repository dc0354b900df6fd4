import { setTimeout } from 'node:timers/promises';
import { AllowedPace } from './allowed-pace.ts';
import { loopTurn } from './loop-turn.ts';

/** What one workspace may have read and written of large bodies and answers in a second, in bytes. */
const perSecondMaxBytes = 8 * 1024 * 1024;

/** As much may be done at once before that pace is kept to. */
const atOnceMaxBytes = 8 * 1024 * 1024;

/** Workspaces that are remembered before those that need not wait any more are forgotten. */
const holdersMax = 1_000;

/**
 * Sees to it that large bodies and answers leave the process to others: pieces of such work are done one at a time, in
 * each turn of the event loop one, however many requests bring them, and a workspace that brings many waits between its
 * pieces. What is small need not ask.
 */
export class LargeWork {
  private readonly pace = new AllowedPace(perSecondMaxBytes, holdersMax);

  /**
   * Waits for a turn. The work is to be done at once when this settles.
   *
   * @param holder whose work it is, e.g. the id of a workspace
   * @param bytes how much it is about
   */
  async turn(holder: string, bytes: number): Promise<void> {
    const freeMs = ((bytes + atOnceMaxBytes) / perSecondMaxBytes) * 1000;
    const waitMs = this.pace.note(holder, bytes) - freeMs;
    if (waitMs >= 1) await setTimeout(waitMs);
    await loopTurn();
  }
}

/** The turns of this process. */
export const largeWork = new LargeWork();
