import { DataSource } from 'typeorm';
import { dbOf } from '../database/db-of.ts';
import { allNodesEveryMs } from '../database/distributed.ts';
import { publishDistributed, publishedAtOnceMax, publishedOnNodesMax, unpublished } from './publish.ts';

/**
 * Publishes events where each workspace has its own on one of several nodes: those of workspaces that something was heard
 * of, and from time to time of all.
 */
export class DistributedPublishing {
  private readonly waiting = new Set<string>();
  private asksAllAtMs = Number.NEGATIVE_INFINITY;

  /** @param by the process that publishes */
  constructor(
    private readonly dataSource: DataSource,
    private readonly by: string,
  ) {}

  /**
   * Publishes what there is. A workspace that others are writing, and what the database refuses, come next time.
   *
   * @param heard workspaces that may have new events
   * @param now the time from the injected clock
   */
  async publish(heard: Iterable<string>, now: Date, signal: AbortSignal): Promise<void> {
    this.add(heard);
    if (performance.now() >= this.asksAllAtMs) await this.askAll();
    const waiting = [...this.waiting];
    for (let at = 0; at < waiting.length && !signal.aborted; at += publishedOnNodesMax) {
      const some = waiting.slice(at, at + publishedOnNodesMax);
      const locked = await this.dataSource.transaction((manager) =>
        publishDistributed(dbOf(manager), now, this.by, some),
      );
      for (const id of some) this.waiting.delete(id);
      this.add(locked);
    }
  }

  private add(workspaceIds: Iterable<string>): void {
    for (const id of workspaceIds) this.waiting.add(id);
  }

  private async askAll(): Promise<void> {
    const found = await unpublished(dbOf(this.dataSource));
    if (found.length < publishedAtOnceMax) {
      this.asksAllAtMs = performance.now() + allNodesEveryMs;
      // These are all. One that was erased has no head, which looks as if others had locked it, and would wait for ever.
      this.waiting.clear();
    }
    this.add(found);
  }
}
