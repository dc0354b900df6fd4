import type { DataSource } from 'typeorm';
import { foldCase } from '../scim-core/fold.ts';
import { nameOfUser, readNames } from './request-facts.ts';

/** How many people, and how many groups, a search answers with at most. */
export const foundPerTypeMax = 20;

/** A person or a group of the directory, as somebody looks for it. */
export interface DirectoryResource {
  id: string;
  resourceType: 'User' | 'Group';
  name: string;
  /** Of a group null. */
  userName: string | null;
}

/** People and groups by a part of what they are called, people first; of each type the first by name among the oldest. */
export function searchDirectory(
  dataSource: DataSource,
  workspaceId: string,
  text: string,
): Promise<DirectoryResource[]> {
  return dataSource.query<DirectoryResource[]>(
    `SELECT id, 'User' AS "resourceType", name, "userName" FROM (
       SELECT u.id, ${nameOfUser} AS name, u.user_name AS "userName" FROM directory_user u
       WHERE u.workspace_id = $1 AND (strpos(u.user_name_key, $2) > 0 OR strpos(scim_fold(concat_ws(' ',
         u.resource->>'displayName', u.resource->'name'->>'formatted', u.resource->'name'->>'givenName',
         u.resource->'name'->>'familyName')), $2) > 0)
       ORDER BY u.id LIMIT $3) person
     UNION ALL
     SELECT id, 'Group', name, NULL FROM (
       SELECT g.id, g.display_name AS name FROM directory_group g
       WHERE g.workspace_id = $1 AND strpos(g.display_name_key, $2) > 0
       ORDER BY g.id LIMIT $3) "group"
     ORDER BY 2 DESC, 3, 1`,
    [workspaceId, foldCase(text), foundPerTypeMax],
  );
}

/** One of them, also when it has been deleted; null when nobody knows it. */
export async function findDirectoryResource(
  dataSource: DataSource,
  workspaceId: string,
  id: string,
): Promise<DirectoryResource | null> {
  const names = await readNames(dataSource, workspaceId, [id]);
  const name = names.get(id.toLowerCase());
  if (name === undefined) return null;
  const [row] = await dataSource.query<Pick<DirectoryResource, 'resourceType' | 'userName'>[]>(
    `SELECT coalesce(
       CASE WHEN u.id IS NOT NULL THEN 'User' WHEN g.id IS NOT NULL THEN 'Group' END,
       (SELECT e.resource_type FROM directory_event e
        WHERE e.workspace_id = $1 AND e.resource_id = $2 ORDER BY e.id DESC LIMIT 1)) AS "resourceType",
       u.user_name AS "userName"
     FROM (SELECT 1) one
     LEFT JOIN directory_user u ON u.workspace_id = $1 AND u.id = $2
     LEFT JOIN directory_group g ON g.workspace_id = $1 AND g.id = $2`,
    [workspaceId, id],
  );
  return row === undefined ? null : { id: id.toLowerCase(), name, ...row };
}

/** The directory users that are or ever were linked to a member: one who left and came back may be several. */
export async function directoryUsersOf(
  dataSource: DataSource,
  workspaceId: string,
  memberId: string,
): Promise<string[]> {
  const rows = await dataSource.query<{ id: string }[]>(
    `SELECT directory_user_id AS id FROM sync_link WHERE workspace_id = $1 AND member_id = $2
     UNION SELECT directory_user_id FROM sync_change WHERE workspace_id = $1 AND member_id = $2`,
    [workspaceId, memberId],
  );
  return rows.map(({ id }) => id);
}
