import type { StatementsInTurn } from '../database/in-turn.ts';
import type { Queryable } from '../database/queryable.ts';

/** Why a hold needs no decision any more. */
export type Settlement = 'came-back-since' | 'linked-since' | 'excluded-since';

/**
 * Settles holds that nobody needs to decide about any more: their changes are kept as history, and runs that waited for
 * them alone are over.
 *
 * @param why `came-back-since`: the identity provider made the people active again
 */
export async function settleHolds(
  db: StatementsInTurn,
  workspaceId: string,
  directoryUserIds: readonly string[],
  now: Date,
  why: Settlement = 'came-back-since',
): Promise<void> {
  if (directoryUserIds.length === 0) return;
  const kept = db.query(
    `UPDATE sync_change SET state = 'kept',
       reason = jsonb_set(reason, '{params,kept}', jsonb_build_object('code', $3::text, 'params', '{}'::jsonb))
     WHERE workspace_id = $1 AND directory_user_id = ANY ($2::uuid[]) AND state = 'held'`,
    [workspaceId, directoryUserIds, why],
  );
  await Promise.all([kept, endApprovedRuns(db, workspaceId, now)]);
}

/** Runs that wait for approval of nothing any more have succeeded. */
export async function endApprovedRuns(db: Queryable, workspaceId: string, now: Date): Promise<void> {
  await db.query(
    `UPDATE sync_run r SET state = 'succeeded', finished_at = coalesce(finished_at, $2)
     WHERE r.workspace_id = $1 AND r.state = 'awaiting_approval' AND NOT EXISTS (
       SELECT 1 FROM sync_change c WHERE c.workspace_id = $1 AND c.run_id = r.id AND c.state = 'held')`,
    [workspaceId, now],
  );
}
