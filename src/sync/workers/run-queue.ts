import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { allNodesEveryMs, isDistributed } from '../../database/distributed.ts';
import { claimRun, type LeasedRun, type RunOrder } from '../record/run-lease.ts';

/**
 * The runs that nobody works on. In a distributed database, where all nodes must be asked for them, they are asked from time
 * to time, until there is none, and otherwise that of a workspace of which this process has heard.
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
    // Workspaces that are heard of again and again do not keep the others waiting.
    if (performance.now() >= this.asksAllAtMs) {
      const run = await this.ask([...this.heard], () => claimRun(db, this.owner, now, order));
      if (run === null) this.asksAllAtMs = performance.now() + allNodesEveryMs;
      return run;
    }
    return this.nextHeard(db, now, order);
  }

  private async nextHeard(db: Db, now: Date, order: RunOrder): Promise<LeasedRun | null> {
    for (const id of this.heard) {
      const run = await this.ask([id], () => claimRun(db, this.owner, now, order, id));
      if (run !== null) return run;
    }
    return null;
  }

  /** Forgets these workspaces, if they have no run: before they are asked, since they may be heard of again meanwhile. */
  private async ask(
    workspaceIds: readonly string[],
    claim: () => Promise<LeasedRun | null>,
  ): Promise<LeasedRun | null> {
    for (const id of workspaceIds) this.heard.delete(id);
    let hasNone = false;
    try {
      const run = await claim();
      hasNone = run === null;
      return run;
    } finally {
      if (!hasNone) for (const id of workspaceIds) this.heard.add(id);
    }
  }
}
