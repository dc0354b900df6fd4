import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { isDistributed } from '../../database/distributed.ts';
import { HeardWorkspaces } from '../../database/heard-workspaces.ts';
import { claimRun, type LeasedRun, type RunOrder } from '../record/run-lease.ts';

/** Where there was a run, there may be another one. */
const wasRun = (run: LeasedRun | null) => run !== null;

/**
 * The runs that nobody works on. In a distributed database, where all nodes must be asked for them, they are asked from time
 * to time, until there is none, and otherwise that of a workspace of which this process has heard.
 */
export class RunQueue {
  private readonly owner = randomUUID();
  private readonly heard = new HeardWorkspaces();

  constructor(private readonly dataSource: DataSource) {}

  /** A run of this workspace was queued. */
  hear(workspaceId: string): void {
    this.heard.hear([workspaceId]);
  }

  /** Takes the next run, as `claimRun`; null when there is none. */
  async next(now: Date, order: RunOrder): Promise<LeasedRun | null> {
    const db = dbOf(this.dataSource);
    const { heard } = this;
    if (!(await isDistributed(this.dataSource)))
      return heard.asking(heard.ids, () => claimRun(db, this.owner, now, order));
    // Workspaces that are heard of again and again do not keep the others waiting.
    if (heard.asksAll) {
      const run = await heard.asking(heard.ids, () => claimRun(db, this.owner, now, order), wasRun);
      if (run === null) heard.allWereAsked();
      return run;
    }
    return this.nextHeard(db, now, order);
  }

  private async nextHeard(db: Db, now: Date, order: RunOrder): Promise<LeasedRun | null> {
    for (const id of this.heard.ids) {
      const run = await this.heard.asking([id], () => claimRun(db, this.owner, now, order, id), wasRun);
      if (run !== null) return run;
    }
    return null;
  }
}
