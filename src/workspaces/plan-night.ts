import type { Queryable } from '../database/queryable.ts';

/** Says when the next nightly synchronization of a workspace is due. */
export async function planNight(db: Queryable, workspaceId: string, dueAt: Date): Promise<void> {
  await db.query('UPDATE workspace SET next_sync_at = $2 WHERE id = $1', [workspaceId, dueAt]);
}
