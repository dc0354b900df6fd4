import { DataSource } from 'typeorm';
import { dbOf } from '../database/db-of.ts';
import { HeardWorkspaces } from '../database/heard-workspaces.ts';
import { publishDistributed, publishedAtOnceMax, publishedOnNodesMax, unpublished } from './publish.ts';

/**
 * Publishes events where each workspace has its own on one of several nodes: those of workspaces that something was heard
 * of, and from time to time of all.
 */
export class DistributedPublishing {
  private readonly heard = new HeardWorkspaces();

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
    this.heard.hear(heard);
    if (this.heard.asksAll) await this.askAll();
    const waiting = this.heard.ids;
    for (let at = 0; at < waiting.length && !signal.aborted; at += publishedOnNodesMax) {
      const some = waiting.slice(at, at + publishedOnNodesMax);
      const locked = await this.heard.asking(some, () =>
        this.dataSource.transaction((manager) => publishDistributed(dbOf(manager), now, this.by, some)),
      );
      this.heard.hear(locked);
    }
  }

  /** Those that were heard of and are not found are none: one that was erased has no head, which looks as if others had locked it. */
  private async askAll(): Promise<void> {
    const found = await unpublished(dbOf(this.dataSource));
    if (found.length < publishedAtOnceMax) {
      this.heard.allWereAsked();
      this.heard.forget();
    }
    this.heard.hear(found);
  }
}
