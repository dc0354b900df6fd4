import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';

/** How many members a workspace has, deactivated ones too, but not removed ones. */
export async function countMembers(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM member WHERE workspace_id = ${workspaceId} AND status <> 'removed'`);
  return rows[0]?.count ?? 0;
}
