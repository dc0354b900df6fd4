import type { DataSource } from 'typeorm';
import { parameter, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';

/** How many people and groups there are on both sides. */
export interface OverviewCounts {
  users: number;
  groups: number;
  active: number;
  deactivated: number;
}

/** Counts a workspace's directory and members in one statement. */
export async function overviewCounts(dataSource: DataSource, workspaceId: string): Promise<OverviewCounts> {
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(dataSource).run(sql<OverviewCounts>`
            SELECT (SELECT count(*)::int FROM directory_user WHERE workspace_id = ${workspace}) AS users,
            (SELECT count(*)::int FROM directory_group WHERE workspace_id = ${workspace}) AS groups,
            count(*) FILTER (WHERE status = 'active')::int AS active,
            count(*) FILTER (WHERE status = 'deactivated')::int AS deactivated
     FROM member WHERE workspace_id = ${workspace}`);
  return rows[0] ?? { users: 0, groups: 0, active: 0, deactivated: 0 };
}
