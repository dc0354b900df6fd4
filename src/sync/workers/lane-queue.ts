import type { DataSource } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { allNodesEveryMs, isDistributed } from '../../database/distributed.ts';
import { isWaitingForLane, workspacesOfLane } from '../planning/lane-work.ts';

/**
 * The workspaces in which somebody waits for the lane. In a distributed database, where all nodes must be asked for them,
 * they are asked from time to time, and otherwise those of which this process has heard.
 */
export class LaneQueue {
  private readonly heard = new Set<string>();
  private asksAllAtMs = Number.NEGATIVE_INFINITY;

  /** @param limit how many workspaces are taken at a time */
  constructor(
    private readonly dataSource: DataSource,
    private readonly limit: number,
  ) {}

  /** In these workspaces somebody has left, come back or lost a role. */
  hear(workspaceIds: readonly string[]): void {
    for (const id of workspaceIds) this.heard.add(id);
  }

  /** The next time, all are asked for. */
  askAll(): void {
    this.asksAllAtMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * @param except workspaces that are left out for now
   * @returns the next workspaces, and whether there may be more
   */
  async next(now: Date, except: readonly string[]): Promise<{ ids: string[]; mayBeMore: boolean }> {
    const distributed = await isDistributed(this.dataSource);
    if (!distributed || performance.now() >= this.asksAllAtMs)
      return this.nextOfAll(now, except, distributed);
    return this.nextHeard(now, except);
  }

  private async nextOfAll(now: Date, except: readonly string[], distributed: boolean) {
    // Forgotten before they are asked for, since they may be heard of again meanwhile.
    const asked = [...this.heard];
    this.heard.clear();
    try {
      const ids = await workspacesOfLane(dbOf(this.dataSource), now, this.limit, except, distributed);
      const mayBeMore = ids.length === this.limit;
      if (!mayBeMore) this.asksAllAtMs = performance.now() + allNodesEveryMs;
      return { ids, mayBeMore };
    } catch (error) {
      this.hear(asked);
      throw error;
    }
  }

  private async nextHeard(now: Date, except: readonly string[]) {
    const ids: string[] = [];
    for (const id of [...this.heard].slice(0, this.limit)) {
      this.heard.delete(id);
      if (except.includes(id)) continue;
      try {
        if (await isWaitingForLane(dbOf(this.dataSource), id, now)) ids.push(id);
      } catch (error) {
        this.hear([...ids, id]);
        throw error;
      }
    }
    return { ids, mayBeMore: this.heard.size > 0 };
  }
}
