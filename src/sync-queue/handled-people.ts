import { arrayLiteral } from '../database/row-arrays.ts';
import type { Queryable } from '../database/queryable.ts';

/**
 * Deletes exactly the entries that were handled: a newer cause has another version and stays. The caller's transaction
 * has locked the rows, so their places in the table cannot change in between.
 */
export async function deleteHandled(
  db: Queryable,
  workspaceId: string,
  entries: readonly { directoryUserId: string; version: string }[],
): Promise<void> {
  await db.query(
    `DELETE FROM sync_queue WHERE workspace_id = $1 AND ctid = ANY (ARRAY(
       SELECT q.ctid FROM unnest($2::uuid[], $3::uuid[]) AS h(id, version)
       CROSS JOIN LATERAL (
         SELECT ctid FROM sync_queue
         WHERE workspace_id = $1 AND directory_user_id = h.id AND version = h.version OFFSET 0) q))`,
    [
      workspaceId,
      arrayLiteral(entries.map(({ directoryUserId }) => directoryUserId)),
      arrayLiteral(entries.map(({ version }) => version)),
    ],
  );
}

/** Takes people out of the lane of leavers and returners: they keep their place in the queue, for the next run. */
export async function leaveToRun(
  db: Queryable,
  workspaceId: string,
  directoryUserIds: readonly string[],
): Promise<void> {
  if (directoryUserIds.length === 0) return;
  await db.query(
    `UPDATE sync_queue SET reason = 'updated' WHERE workspace_id = $1 AND directory_user_id = ANY ($2::uuid[])`,
    [workspaceId, directoryUserIds],
  );
}
