import type { TransactionDb } from '../../database/commit-notes.ts';
import { sql } from '../../database/sql.ts';
import { appendRows } from '../../events/append-events.ts';
import { causeOfRun } from './run-cause.ts';
import type { RunTrigger } from './run-states.ts';

/**
 * Appends the event that says how a run has ended, by its state at the end of the transaction: `run.finished`,
 * `run.awaiting_approval`, or `run.failed`.
 */
export function appendRunEvent(
  db: TransactionDb,
  { workspaceId, id, trigger }: { workspaceId: string; id: string; trigger: RunTrigger },
  now: Date,
): void {
  appendRows(
    db,
    workspaceId,
    now,
    1,
    () => sql`SELECT 1 AS ordinal, CASE r.state WHEN 'awaiting_approval' THEN 'run.awaiting_approval' WHEN 'failed' THEN 'run.failed'
           ELSE 'run.finished' END AS type, 'run' AS subject_kind, r.id AS subject_id, NULL AS subject_external_id,
         NULL::bigint AS subject_version, ${JSON.stringify(causeOfRun(trigger, id))}::json AS cause, '[]'::json AS changes,
         json_build_object('id', r.id, 'trigger', r.trigger, 'state', r.state, 'total', r.total, 'done', r.done,
           'counts', r.counts, 'requestedBy', r.requested_by, 'startedAt', r.started_at, 'finishedAt', r.finished_at,
           'error', r.error::json ->> 'code') AS data
       FROM (VALUES (1)) AS one(row) CROSS JOIN LATERAL (
         SELECT * FROM sync_run WHERE workspace_id = ${workspaceId} AND id = ${id} OFFSET 0) r`,
  );
}
