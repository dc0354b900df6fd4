import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';

/** Says when the next nightly synchronization of a workspace is due. */
export async function planNight(db: Db, workspaceId: string, dueAt: Date): Promise<void> {
  await db.run(sql`UPDATE workspace SET next_sync_at = ${dueAt} WHERE id = ${workspaceId}`);
}
