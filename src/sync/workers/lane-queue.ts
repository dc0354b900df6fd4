import type { DataSource } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { isDistributed } from '../../database/distributed.ts';
import { HeardWorkspaces } from '../../database/heard-workspaces.ts';
import { isWaitingForLane, workspacesOfLane } from '../planning/lane-work.ts';

/**
 * The workspaces in which somebody waits for the lane. In a distributed database, where all nodes must be asked for them,
 * they are asked from time to time, and otherwise those of which this process has heard.
 */
export class LaneQueue {
  private readonly heard = new HeardWorkspaces();

  /** @param limit how many workspaces are taken at a time */
  constructor(
    private readonly dataSource: DataSource,
    private readonly limit: number,
  ) {}

  /** In these workspaces somebody has left, come back or lost a role. */
  hear(workspaceIds: readonly string[]): void {
    this.heard.hear(workspaceIds);
  }

  /** The next time, all are asked for. */
  askAll(): void {
    this.heard.askAll();
  }

  /**
   * @param except workspaces that are left out for now
   * @returns the next workspaces, and whether there may be more
   */
  async next(now: Date, except: readonly string[]): Promise<{ ids: string[]; mayBeMore: boolean }> {
    const distributed = await isDistributed(this.dataSource);
    if (!distributed || this.heard.asksAll) return this.nextOfAll(now, except, distributed);
    return this.nextHeard(now, except);
  }

  private async nextOfAll(now: Date, except: readonly string[], distributed: boolean) {
    const ids = await this.heard.asking(this.heard.ids, () =>
      workspacesOfLane(dbOf(this.dataSource), now, this.limit, except, distributed),
    );
    const mayBeMore = ids.length === this.limit;
    if (!mayBeMore) this.heard.allWereAsked();
    return { ids, mayBeMore };
  }

  private async nextHeard(now: Date, except: readonly string[]) {
    const some = this.heard.ids.slice(0, this.limit);
    const ids = await this.heard.asking(some, async () => {
      const waiting: string[] = [];
      for (const id of some) {
        if (except.includes(id)) continue;
        if (await isWaitingForLane(dbOf(this.dataSource), id, now)) waiting.push(id);
      }
      return waiting;
    });
    return { ids, mayBeMore: this.heard.ids.length > 0 };
  }
}
