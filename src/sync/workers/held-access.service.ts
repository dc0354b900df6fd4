import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { inSmallSteps } from '../../database/in-small-steps.ts';
import { parameter, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { hours } from '../../errors/duration.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import { settleSuspensions } from '../writing/suspend-held.ts';

const lookIntervalMs = hours(1);

/** Members whose access one transaction suspends. */
const suspendedAtOnceMax = 500;

/**
 * Suspends the access of members whose removal was held by an earlier version of the service, which knew no suspension. It
 * looks when the process starts, and every hour: an earlier version may go on for a while beside this one. Whose removal
 * this version holds, it suspends at once. Where provisioning is not active any more, access is the admin's.
 */
@Injectable()
export class HeldAccessService {
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    const logger = new Logger(HeldAccessService.name);
    this.turns = new WorkspaceTurns(logger, clock, 'The access of held members was not suspended');
    tasks.every({
      name: 'Suspending held members',
      everyMs: lookIntervalMs,
      atStart: true,
      once: (signal) => this.look(signal),
    });
  }

  /** Suspends everybody who is held and keeps access, where the workspace wants them suspended. */
  async look(signal?: AbortSignal): Promise<void> {
    for (const id of await workspacesWithAccess(this.db, this.turns.pausing())) {
      if (signal?.aborted) return;
      await this.turns.take(id, () => inSmallSteps(suspendedAtOnceMax, () => this.suspend(id), signal));
    }
  }

  /** @returns how many members were looked at */
  private suspend(workspaceId: string): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const now = this.clock.now();
      const ids = await lockHeld(db, workspaceId);
      const events = new MemberEvents({ by: 'run', runId: null, reason: null });
      await settleSuspensions(db, { workspaceId, now, events }, ids);
      events.append(db, workspaceId, now);
      return ids.length;
    });
  }
}

/** The active workspaces of members who are held and keep access against the setting; an index has everybody who is held. */
async function workspacesWithAccess(db: Db, pausing: readonly string[]): Promise<string[]> {
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT w.id FROM workspace w
     WHERE w.activated_at IS NOT NULL AND w.settings ->> 'heldLeavers' IS DISTINCT FROM 'keep' AND w.id <> ALL (${pausing}::uuid[])
       AND w.id IN (SELECT l.workspace_id FROM sync_link l
         JOIN member m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
         WHERE l.state = 'held' AND m.status = 'active' AND m.suspended_at IS NULL)`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Some of these members, kept with their links as they are until the transaction ends. A person that a run or
 * an admin is writing at this moment is left out, so that nobody waits for anybody: the next look finds them, if there is
 * still something to do.
 */
async function lockHeld(db: Db, workspaceId: string): Promise<string[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT m.id FROM sync_link l
     JOIN member m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
     WHERE l.workspace_id = ${workspace} AND l.state = 'held' AND m.status = 'active' AND m.suspended_at IS NULL
     LIMIT ${suspendedAtOnceMax} FOR NO KEY UPDATE OF m SKIP LOCKED FOR SHARE OF l SKIP LOCKED`,
  );
  return rows.map(({ id }) => id);
}
