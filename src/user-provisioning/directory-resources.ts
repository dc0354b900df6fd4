import type { DataSource } from 'typeorm';
import { foldCase } from '../scim-core/fold.ts';
import { searchWords } from '../scim-core/resource-search.ts';
import { nameOfUser, readNames } from './request-facts.ts';
import { list, parameter, type Sql, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';

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
export async function searchDirectory(
  dataSource: DataSource,
  workspaceId: string,
  text: string,
): Promise<DirectoryResource[]> {
  const workspace = parameter(workspaceId);
  const part = parameter(foldCase(text));
  const most = parameter(foundPerTypeMax);
  const { rows } = await dbOf(dataSource)
    .run(sql<DirectoryResource>`SELECT id, 'User' AS "resourceType", name, "userName" FROM (
       SELECT u.id, ${nameOfUser} AS name, u.user_name AS "userName" FROM directory_user u
       WHERE u.workspace_id = ${workspace} AND (strpos(u.user_name_key, ${part}) > 0
         OR strpos(scim_fold(concat_ws(' ',
         u.resource->>'displayName', u.resource->'name'->>'formatted', u.resource->'name'->>'givenName',
         u.resource->'name'->>'familyName')), ${part}) > 0)
       ORDER BY u.id LIMIT ${most}) person
     UNION ALL
     SELECT id, 'Group', name, NULL FROM (
       SELECT g.id, g.display_name AS name FROM directory_group g
       WHERE g.workspace_id = ${workspace} AND strpos(g.display_name_key, ${part}) > 0
       ORDER BY g.id LIMIT ${most}) "group"
     ORDER BY 2 DESC, 3, 1`);
  return rows;
}

/** How many people, and how many groups, a search of their requests covers. */
export const searchedPerTypeMax = 500;

/** The ids of the people and groups that hold every word of a search. */
export async function idsFoundBy(
  dataSource: DataSource,
  workspaceId: string,
  text: string,
): Promise<string[]> {
  const words = searchWords(text);
  if (words.length === 0) return [];
  const workspace = parameter(workspaceId);
  const hold = (key: Sql) =>
    list(
      words.map((forms) => {
        const found = forms.map((form) => sql`strpos(${key}, ${form}) > 0`);
        return sql`(${list(found, ' OR ')})`;
      }),
      ' AND ',
    );
  const { rows } = await dbOf(dataSource).run(sql<{ id: string }>`
    (SELECT u.id FROM directory_user u WHERE u.workspace_id = ${workspace} AND u.search_text <> '' AND ${hold(sql`u.search_text`)}
     ORDER BY u.id LIMIT ${searchedPerTypeMax})
    UNION ALL
    (SELECT g.id FROM directory_group g WHERE g.workspace_id = ${workspace} AND ${hold(sql`g.display_name_key`)}
     ORDER BY g.id LIMIT ${searchedPerTypeMax})`);
  return rows.map(({ id }) => id);
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
  const workspace = parameter(workspaceId);
  const resource = parameter(id);
  const { rows } = await dbOf(dataSource).run(sql<Pick<DirectoryResource, 'resourceType' | 'userName'>>`
       SELECT coalesce(
       CASE WHEN u.id IS NOT NULL THEN 'User' WHEN g.id IS NOT NULL THEN 'Group' END,
       (SELECT e.resource_type FROM directory_event e
        WHERE e.workspace_id = ${workspace} AND e.resource_id = ${resource} ORDER BY e.id DESC
          LIMIT 1)) AS "resourceType",
       u.user_name AS "userName"
     FROM (SELECT 1) one
     LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = ${resource}
     LEFT JOIN directory_group g ON g.workspace_id = ${workspace} AND g.id = ${resource}`);
  const [row] = rows;
  return row === undefined ? null : { id: id.toLowerCase(), name, ...row };
}

/** The directory users that are or ever were linked to a member: one who left and came back may be several. */
export async function directoryUsersOf(
  dataSource: DataSource,
  workspaceId: string,
  memberId: string,
): Promise<string[]> {
  const workspace = parameter(workspaceId);
  const member = parameter(memberId);
  const { rows } = await dbOf(dataSource).run(sql<{ id: string }>`
         SELECT directory_user_id AS id FROM sync_link WHERE workspace_id = ${workspace} AND member_id = ${member}
     UNION SELECT directory_user_id FROM sync_change WHERE workspace_id = ${workspace} AND member_id = ${member}`);
  return rows.map(({ id }) => id);
}
