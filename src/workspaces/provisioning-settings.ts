import { prepared } from '../database/prepared-statements.ts';
import type { Queryable } from '../database/queryable.ts';

const absentActiveSql = prepared(
  `SELECT coalesce(settings->'absentActiveIsInactive' = 'true'::jsonb, false) AS "isInactive" FROM workspace WHERE id = $1`,
);

/** Whether a workspace takes the absence of `active` in a PUT for inactive. */
export async function absentActiveIsInactive(db: Queryable, workspaceId: string): Promise<boolean> {
  const [row] = await db.query<{ isInactive: boolean }[]>(absentActiveSql, [workspaceId]);
  return row?.isInactive === true;
}
