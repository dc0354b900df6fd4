import type { Db } from '../database/db.ts';
import { arrayLiteral } from '../database/row-arrays.ts';
import { parameter, sql } from '../database/sql.ts';

/**
 * Deletes exactly the entries that were handled: a newer cause has another version and stays. The caller's transaction
 * has locked the rows, so their places in the table cannot change in between.
 */
export async function deleteHandled(
  db: Db,
  workspaceId: string,
  entries: readonly { directoryUserId: string; version: string }[],
): Promise<void> {
  const workspace = parameter(workspaceId);
  const ids = arrayLiteral(entries.map(({ directoryUserId }) => directoryUserId));
  const versions = arrayLiteral(entries.map(({ version }) => version));
  await db.run(
    sql`DELETE FROM sync_queue WHERE workspace_id = ${workspace} AND ctid = ANY (ARRAY(
       SELECT q.ctid FROM unnest(${ids}::uuid[], ${versions}::uuid[]) AS h(id, version)
       CROSS JOIN LATERAL (
         SELECT ctid FROM sync_queue
         WHERE workspace_id = ${workspace} AND directory_user_id = h.id AND version = h.version OFFSET 0) q))`.onOneNode(
      workspaceId,
      {},
    ),
  );
}

/** Takes people out of the lane of leavers and returners: they keep their place in the queue, for the next run. */
export async function leaveToRun(
  db: Db,
  workspaceId: string,
  directoryUserIds: readonly string[],
): Promise<void> {
  if (directoryUserIds.length === 0) return;
  await db.run(
    sql`UPDATE sync_queue SET reason = 'updated'
     WHERE workspace_id = ${workspaceId} AND directory_user_id = ANY (${directoryUserIds}::uuid[])`.onOneNode(
      workspaceId,
      {},
    ),
  );
}
