import type { Queryable } from '../../database/queryable.ts';

/**
 * Whether a run would be the first of the workspace. It is the largest one, and nobody has a member yet who could wait for
 * one of the new members.
 */
export async function isFirstRun(db: Queryable, workspaceId: string): Promise<boolean> {
  const rows = await db.query<unknown[]>(
    `SELECT 1 FROM sync_link WHERE workspace_id = $1 AND state = 'linked' AND member_id IS NOT NULL LIMIT 1`,
    [workspaceId],
  );
  return rows.length === 0;
}
