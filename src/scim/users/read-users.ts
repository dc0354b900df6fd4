import type { Db } from '../../database/db.ts';
import { textBytes } from '../../database/rows-within.ts';
import { type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { userMeantBy } from '../directory/directory-sql.ts';
import type { Page, PageRequest } from '../lists/page.ts';
import { type PageReaders, readPage, type RowShape } from '../lists/page-statement.ts';
import type { StoredRow } from '../protocol/representation.ts';

/** A directory user as read: the stored resource, and what is derived from other rows. */
export interface UserRow extends StoredRow {
  /** In any order; null when the request did not want them. */
  groups: { value: string; display: string }[] | null;
  /** The directory user that the manager reference names; null if it names none, or none that has arrived. */
  manager: { id: string; displayName: string | null } | null;
}

/** The manager that a reference names, as JSON. */
export function managerOf(reference: Sql | Parameter, workspaceId: Sql | Parameter): Sql {
  const columns = `json_build_object('id', n.id, 'displayName', n.resource->>'displayName')`;
  return sql`(${userMeantBy(columns, reference, workspaceId)})`;
}

/** The groups of a user, as JSON. */
export const groupsOf = (userId: Sql | Parameter, workspaceId: Parameter) => sql`(
  SELECT coalesce(json_agg(json_build_object('value', g.id, 'display', g.display_name)), '[]')
  FROM directory_group_member gm
  JOIN directory_group g ON g.workspace_id = ${workspaceId} AND g.id = gm.group_id
  WHERE gm.workspace_id = ${workspaceId} AND gm.user_id = ${userId})`;

/** Each part names the workspace by the parameter, so that a database that is distributed by it asks one node. */
const columnsOf = (withGroups: boolean, workspaceId: Parameter) => sql`
  u.id, u.version, u.created_at, u.modified_at, u.resource::text AS json,
  ${withGroups ? groupsOf(raw('u.id'), workspaceId) : raw('NULL::json')} AS groups,
  CASE WHEN u.manager_value IS NOT NULL
    THEN ${managerOf(raw('u.manager_value'), workspaceId)} END AS manager`;

/** Each group gets an address in the answer, about as long as the group itself. */
const userSizeBytes = `${textBytes('json')} + ${textBytes('manager')} + 2 * ${textBytes('groups')}`;

/** The columns that are read of a user. */
export function userShape(withGroups: boolean, workspaceId: Parameter): RowShape {
  return { columns: columnsOf(withGroups, workspaceId), sizeBytes: userSizeBytes };
}

/** Reads one user; null when there is none. */
export async function findUser(
  db: Db,
  workspaceId: string,
  id: string,
  withGroups: boolean,
): Promise<UserRow | null> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<UserRow>`SELECT ${columnsOf(withGroups, workspace)} FROM directory_user u
      WHERE u.workspace_id = ${workspace} AND u.id = ${id}`.prepared(),
  );
  return rows[0] ?? null;
}

/** A page of users, and how many match in all. */
export function listUsers(
  readers: PageReaders,
  request: PageRequest,
  withGroups: boolean,
): Promise<Page<UserRow>> {
  return readPage<UserRow>(readers, request, userShape(withGroups, request.workspaceId));
}
