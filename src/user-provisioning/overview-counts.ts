import type { DataSource } from 'typeorm';
import { parameter, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { activeMembers, deactivatedMembers } from '../member-directory/members/count-members.ts';
import { exactCount, recountTime } from '../scim/directory/directory-counts.ts';

/** How many people and groups there are on both sides. */
export interface OverviewCounts {
  users: number;
  groups: number;
  active: number;
  deactivated: number;
  /** When the directory is to be counted again; null when it never was. */
  recountAt: Date | null;
}

/** Counts a workspace's directory and members in one statement. */
export async function overviewCounts(dataSource: DataSource, workspaceId: string): Promise<OverviewCounts> {
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(dataSource).run(sql<OverviewCounts>`
            SELECT ${exactCount('users', workspace)}::int AS users,
            ${exactCount('groups', workspace)}::int AS groups, ${recountTime(workspace)} AS "recountAt",
            ${activeMembers(workspace)}::int AS active, ${deactivatedMembers(workspace)}::int AS deactivated`);
  return rows[0] ?? { users: 0, groups: 0, active: 0, deactivated: 0, recountAt: null };
}
