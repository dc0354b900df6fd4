import type { Logger } from '@nestjs/common';
import type { Db } from '../../database/db.ts';
import { json, parameter, sql } from '../../database/sql.ts';
import type { TransactionDb } from '../../database/commit-notes.ts';
import { appendRunEvent } from '../record/run-events.ts';
import type { RunTrigger } from '../record/run-states.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import type { KeptReason } from '../decision/reason.ts';

/** Why a hold needs no decision any more. Nothing was done that could be undone. */
export const releaseCauses = [
  'came-back-since',
  'linked-since',
  'excluded-since',
] as const satisfies KeptReason['code'][];
export type ReleaseCause = (typeof releaseCauses)[number];

/** Tells the operator that the guard has begun to hold removals, and how many; logs nothing where it holds none. */
export function logHeld(logger: Logger, run: { workspace: string; runId: string }, held: number): void {
  if (held > 0) logger.warn({ ...run, held }, 'The removal guard holds removals until an admin decides');
}

/**
 * Releases holds that nobody needs to decide about any more: their changes stay as history, and runs that waited for
 * nothing else have ended.
 *
 * @param why `came-back-since`: the identity provider made the people active again
 */
export async function releaseHolds(
  db: StatementPipeline,
  workspaceId: string,
  directoryUserIds: readonly string[],
  now: Date,
  why: ReleaseCause = 'came-back-since',
): Promise<void> {
  if (directoryUserIds.length === 0) return;
  const released = keepHeldChanges(db, workspaceId, directoryUserIds, why);
  await Promise.all([released, endApprovedRuns(db, workspaceId, now)]);
}

/** Keeps the held changes of people as history. */
export async function keepHeldChanges(
  db: Db,
  workspaceId: string,
  directoryUserIds: readonly string[],
  why: ReleaseCause,
): Promise<void> {
  const reason: KeptReason = { code: why, params: {} };
  await db.run(
    sql`UPDATE sync_change SET state = 'kept', kept_reason = ${json(reason)}
     WHERE workspace_id = ${workspaceId} AND directory_user_id = ANY (${directoryUserIds}::uuid[]) AND state = 'held'`.onOneNode(
      workspaceId,
      {},
    ),
  );
}

/** Runs with nothing left to approve have succeeded. */
export async function endApprovedRuns(db: TransactionDb, workspaceId: string, now: Date): Promise<void> {
  const at = parameter(now);
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ id: string; trigger: RunTrigger }>`UPDATE sync_run r
     SET state = 'succeeded', finished_at = coalesce(finished_at, ${at})
     WHERE r.workspace_id = ${workspace} AND r.state = 'awaiting_approval' AND NOT EXISTS (
       SELECT 1 FROM sync_change c WHERE c.workspace_id = ${workspace} AND c.run_id = r.id AND c.state = 'held')
     RETURNING r.id, r.trigger`,
  );
  for (const run of rows) appendRunEvent(db, { workspaceId, ...run }, now);
}
