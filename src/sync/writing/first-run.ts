import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';

/**
 * Whether a run would be the first of the workspace. It is the largest one, and nobody has a member yet who could wait for
 * one of the new members.
 */
export async function isFirstRun(db: Db, workspaceId: string): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ one: number }>`
         SELECT 1 AS one FROM sync_link WHERE workspace_id = ${workspaceId} AND state = 'linked'
           AND member_id IS NOT NULL LIMIT 1`.onOneNode(workspaceId, { one: 'integer' }),
  );
  return rows.length === 0;
}
