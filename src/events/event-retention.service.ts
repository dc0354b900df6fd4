import { Injectable, Logger } from '@nestjs/common';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import { parameter, sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { days, hours } from '../errors/duration.ts';

const pruneIntervalMs = hours(1);

/** Events, and positions, that one statement deletes at most, so that nobody waits for it. */
export const forgottenAtOnceMax = 2_000;

/** Deletes events that are older than they must be kept, a few at a time. Their cursors are answered with 410 then. */
@Injectable()
export class EventRetentionService {
  private readonly turns: WorkspaceTurns;

  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly config: Config,
    tasks: BackgroundTasks,
  ) {
    const logger = new Logger(EventRetentionService.name);
    this.turns = new WorkspaceTurns(logger, clock, 'The events of a workspace were not pruned');
    tasks.every({
      name: 'Pruning events',
      everyMs: pruneIntervalMs,
      once: (signal) => this.prune(signal),
    });
  }

  /** Deletes every event that is older than `EVENTS_KEPT_DAYS`. */
  async prune(signal?: AbortSignal): Promise<void> {
    const before = new Date(this.clock.now().getTime() - days(this.config.eventsKeptDays));
    const { rows } = await this.db.run(
      sql<{ id: string }>`SELECT h.workspace_id AS id FROM event_head h
        WHERE h.workspace_id <> ALL (${this.turns.pausing()}::uuid[]) AND (
          (SELECT at FROM event WHERE workspace_id = h.workspace_id AND sequence = h.forgotten + 1) < ${before}
          OR EXISTS (SELECT FROM event_receipt WHERE workspace_id = h.workspace_id AND sequence <= h.forgotten))`,
    );
    for (const { id } of rows) {
      if (signal?.aborted) return;
      await this.turns.take(id, async () => {
        await inSmallSteps(forgottenAtOnceMax, () => forgetEvents(this.db, id, before), signal);
        await inSmallSteps(forgottenAtOnceMax, () => forgetReceipts(this.db, id), signal);
      });
    }
    await inSmallSteps(forgottenAtOnceMax, () => forgetPositions(this.db, before), signal);
  }
}

/**
 * Only what is published goes, and the cursors that it makes too old are known in the same statement.
 *
 * @returns how many events were deleted
 */
async function forgetEvents(db: Db, workspaceId: string, before: Date): Promise<number> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ count: number }>`WITH head AS (
       SELECT forgotten, published FROM event_head WHERE workspace_id = ${workspace} FOR NO KEY UPDATE
     ), old AS (
       SELECT e.sequence, e.at FROM head CROSS JOIN LATERAL (
         SELECT sequence, at FROM event WHERE workspace_id = ${workspace} AND sequence > head.forgotten
           AND sequence <= head.published ORDER BY sequence LIMIT ${forgottenAtOnceMax}) e
     ), up_to AS (
       SELECT max(sequence) AS sequence FROM old WHERE at < ${before}
     ), deleted AS (
       DELETE FROM event WHERE workspace_id = ${workspace} AND sequence <= (SELECT sequence FROM up_to) RETURNING 1
     ), noted AS (
       UPDATE event_head SET forgotten = up_to.sequence FROM up_to
       WHERE workspace_id = ${workspace} AND up_to.sequence IS NOT NULL
     )
     SELECT count(*)::int AS count FROM deleted`,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Comes after the events, in a statement of its own: a receipt that was recorded while its event was deleted goes, too.
 *
 * @returns how many receipts were deleted
 */
async function forgetReceipts(db: Db, workspaceId: string): Promise<number> {
  const workspace = parameter(workspaceId);
  const { count } = await db.run(
    sql`WITH old AS (
       SELECT sequence FROM event_receipt WHERE workspace_id = ${workspace}
         AND sequence <= (SELECT forgotten FROM event_head WHERE workspace_id = ${workspace})
       ORDER BY sequence LIMIT ${forgottenAtOnceMax})
     DELETE FROM event_receipt WHERE workspace_id = ${workspace} AND sequence IN (SELECT sequence FROM old)`,
  );
  return count;
}

/** @returns how many positions of the feed over all workspaces were deleted */
async function forgetPositions(db: Db, before: Date): Promise<number> {
  const { rows } = await db.run(
    sql<{ count: number }>`WITH old AS (
       SELECT position, at FROM published_event ORDER BY position LIMIT ${forgottenAtOnceMax}
     ), up_to AS (
       SELECT max(position) AS position FROM old WHERE at < ${before}
     ), deleted AS (
       DELETE FROM published_event WHERE position <= (SELECT position FROM up_to) RETURNING 1
     ), noted AS (
       UPDATE publication SET forgotten = up_to.position FROM up_to WHERE up_to.position IS NOT NULL
     )
     SELECT count(*)::int AS count FROM deleted`,
  );
  return rows[0]?.count ?? 0;
}
