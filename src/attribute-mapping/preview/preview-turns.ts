import { setTimeout } from 'node:timers/promises';
import { BusyError } from '../../errors/domain-errors.ts';

/** The workspace's next preview waits this many times as long as the last one took. */
const restFactor = 2;
const restMaxMs = 500;

/** Previews of one workspace that may wait for their turn. */
export const waitingPreviewsMax = 20;

/**
 * Makes the previews of one workspace one after another, with a rest in between that grows with their cost, so that a
 * screen that keeps asking leaves the process to others. Workspaces do not wait for each other.
 */
export class PreviewTurns {
  private readonly last = new Map<string, Promise<void>>();
  private readonly waiting = new Map<string, number>();

  /**
   * Makes a preview when it is its turn.
   *
   * @returns what `make` gives, or its error
   * @throws BusyError when too many of the workspace wait
   */
  async take<T>(workspaceId: string, make: () => Promise<T>): Promise<T> {
    const waiting = this.waiting.get(workspaceId) ?? 0;
    if (waiting > waitingPreviewsMax) throw new BusyError();
    this.waiting.set(workspaceId, waiting + 1);
    const before = this.last.get(workspaceId) ?? Promise.resolve();
    let tookMs = 0;
    const made = before.then(async () => {
      const started = performance.now();
      try {
        return await make();
      } finally {
        tookMs = performance.now() - started;
      }
    });
    const over = made.then(
      () => setTimeout(Math.min(tookMs * restFactor, restMaxMs)),
      () => undefined,
    );
    const mine = over.then(() => {
      const left = (this.waiting.get(workspaceId) ?? 1) - 1;
      if (left === 0) this.waiting.delete(workspaceId);
      else this.waiting.set(workspaceId, left);
      if (this.last.get(workspaceId) === mine) this.last.delete(workspaceId);
    });
    this.last.set(workspaceId, mine);
    return made;
  }
}
