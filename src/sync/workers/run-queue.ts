import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { allNodesEveryMs, isDistributed } from '../../database/distributed.ts';
import { claimRun, type LeasedRun, type RunOrder } from '../record/run-lease.ts';

/**
 * The runs that nobody works on. In a distributed database, where all nodes must be asked for them, they are asked from time
 * to time, and otherwise that of a workspace of which this process has heard.
 */
export class RunQueue {
  private readonly owner = randomUUID();
  private readonly heard = new Set<string>();
  private asksAllAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly dataSource: DataSource) {}

  /** A run of this workspace was queued. */
  hear(workspaceId: string): void {
    this.heard.add(workspaceId);
  }

  /** Takes the next run, as `claimRun`; null when there is none. */
  async next(now: Date, order: RunOrder): Promise<LeasedRun | null> {
    const db = dbOf(this.dataSource);
    if (!(await isDistributed(this.dataSource))) {
      this.heard.clear();
      return claimRun(db, this.owner, now, order);
    }
    for (const id of this.heard) {
      const run = await claimRun(db, this.owner, now, order, id);
      if (run !== null) return run;
      this.heard.delete(id);
    }
    if (performance.now() < this.asksAllAtMs) return null;
    const run = await claimRun(db, this.owner, now, order);
    if (run === null) this.asksAllAtMs = performance.now() + allNodesEveryMs;
    return run;
  }
}
