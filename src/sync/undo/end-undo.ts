import type { EntityManager } from 'typeorm';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { dbOf } from '../../database/db-of.ts';
import { settleSuspensions } from '../writing/suspend-held.ts';
import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { rejectHeld } from '../runs/held-statements.ts';
import { releaseCauses } from '../writing/release-holds.ts';
import { bringsBack, type Lineage, sidesOf } from './undo-lineage.ts';

/** Rejects what the undone run still held; undoing the undo holds it again. */
export async function settleHeld(
  manager: EntityManager,
  { workspaceId, id }: { workspaceId: string; id: string },
  lineage: Lineage,
  now: Date,
  events: MemberEvents,
): Promise<void> {
  const context = { workspaceId, now, events };
  const [undone = '', original = ''] = lineage.ancestors;
  if (bringsBack(lineage)) await holdAgain(manager, context, original, undone);
  const { rows: held } = await dbOf(manager).run(
    sql<{ id: string }>`
         SELECT id FROM sync_change WHERE workspace_id = ${workspaceId} AND run_id = ${undone}
           AND state = 'held' FOR UPDATE`,
  );
  const ids = held.map((change) => change.id);
  await rejectHeld(manager, context, ids);
  await dbOf(manager).run(sql`UPDATE sync_change SET rejected_by = ${id}
     WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[]) AND state = 'rejected'`);
}

/** Holds the removals again that an undo rejected and that nothing has touched since. */
async function holdAgain(
  manager: EntityManager,
  context: { workspaceId: string; now: Date; events: MemberEvents },
  runId: string,
  rejectedBy: string,
): Promise<void> {
  const { workspaceId, now } = context;
  const workspace = parameter(workspaceId);
  const { rows: links } = await dbOf(manager).run(sql<{ member_id: string | null }>`WITH again AS (
       UPDATE sync_change c SET state = 'held', rejected_by = NULL
       FROM sync_link l
       WHERE c.workspace_id = ${workspace} AND c.run_id = ${runId} AND c.state = 'rejected'
         AND c.rejected_by = ${rejectedBy}
         AND l.workspace_id = ${workspace} AND l.directory_user_id = c.directory_user_id
           AND l.state = 'suppressed'
       RETURNING c.directory_user_id, c.reason, c.directory_version
     )
     UPDATE sync_link l SET state = 'held', reason = again.reason, suppressed_kind = NULL, held_at = NULL,
       directory_version = again.directory_version, updated_at = ${now}
     FROM again WHERE l.workspace_id = ${workspace} AND l.directory_user_id = again.directory_user_id
     RETURNING l.member_id`);
  await settleSuspensions(
    dbOf(manager),
    context,
    links.map(({ member_id }) => member_id),
  );
}

/**
 * Sets the states of the runs of a lineage by what became of their changes. A run that was undone is `undone`, or
 * `partially_undone` when something stayed; one whose undo was undone has its earlier state again.
 */
export async function settleStates(db: Db, workspaceId: string, lineage: Lineage): Promise<void> {
  const { undone, again } = sidesOf(lineage);
  const workspace = parameter(workspaceId);
  await db.run(sql`UPDATE sync_run r SET state = CASE WHEN EXISTS (SELECT 1 FROM sync_change c
         WHERE c.workspace_id = ${workspace} AND c.run_id = r.id AND (c.state IN ('made', 'approved')
           OR c.state = 'kept'
           AND c.kept_reason ->> 'code' <> ALL (${releaseCauses}::text[])))
       OR EXISTS (SELECT 1 FROM sync_group_change g WHERE g.workspace_id = ${workspace} AND g.run_id = r.id
         AND g.state <> 'undone')
       THEN 'partially_undone' ELSE 'undone' END
     WHERE r.workspace_id = ${workspace} AND r.id = ANY (${undone}::uuid[])`);
  await db.run(sql`UPDATE sync_run r SET state = CASE
       WHEN EXISTS (SELECT 1 FROM sync_change c WHERE c.workspace_id = ${workspace} AND c.run_id = r.id
         AND c.state = 'undone')
         OR EXISTS (SELECT 1 FROM sync_group_change g
           WHERE g.workspace_id = ${workspace} AND g.run_id = r.id AND g.state = 'undone')
             THEN 'partially_undone'
       WHEN r.error IS NOT NULL THEN 'failed'
       WHEN EXISTS (SELECT 1 FROM sync_change c WHERE c.workspace_id = ${workspace} AND c.run_id = r.id
         AND c.state = 'held')
         THEN 'awaiting_approval'
       ELSE 'succeeded' END
     WHERE r.workspace_id = ${workspace} AND r.id = ANY (${again}::uuid[])`);
}
