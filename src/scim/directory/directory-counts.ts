import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';

/** How many users a directory has. */
export async function countUsers(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM directory_user WHERE workspace_id = ${workspaceId}`);
  return rows[0]?.count ?? 0;
}

/** How many groups a directory has. */
export async function countGroups(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM directory_group WHERE workspace_id = ${workspaceId}`);
  return rows[0]?.count ?? 0;
}
