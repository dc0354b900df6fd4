import { list, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import type { Place } from '../../http/paging/page.ts';
import { foldNamePart } from '../../scim-core/fold.ts';
import { groupNameKeyMaxChars } from '../../scim-core/limits.ts';
import { type GroupsChoice, isChosenBy } from '../policy/chosen-groups.ts';
import type { DirectoryGroupListQuery, DirectoryGroupResponse } from './directory-groups.dto.ts';

/** A row of a page; `listed`: how many there are with the one that follows the page. */
export type ListedGroupRow = DirectoryGroupResponse & { listed: number; sort_value: string | null };

const nameKey = sql`left(d.display_name_key, ${raw(String(groupNameKeyMaxChars))})`;

/** The statement that reads one page of groups and one row more. The order by name is that of an index. */
export function groupListStatement(
  workspaceId: string,
  choice: GroupsChoice,
  { search = '', id, sort, limit }: Omit<DirectoryGroupListQuery, 'cursor'>,
  place: Place | null,
): Sql<ListedGroupRow> {
  const workspace = parameter(workspaceId);
  const isByName = sort === 'name';
  const part = foldNamePart(search).trim();
  const conditions = [sql`d.workspace_id = ${workspace}`];
  if (id !== undefined) conditions.push(sql`d.id = ${id}`);
  if (part !== '') conditions.push(sql`strpos(d.display_name_key, ${part}) > 0`);
  if (place !== null) conditions.push(isByName ? behindName(place) : sql`d.id > ${place.id}::uuid`);
  return sql<ListedGroupRow>`SELECT page.*, (count(*) OVER ())::integer AS listed FROM (
    SELECT d.id, d.display_name AS name, (${isChosenBy(choice)}) AS chosen,
      (SELECT count(*)::integer FROM directory_group_member gm
       WHERE gm.workspace_id = ${workspace} AND gm.group_id = d.id AND gm.user_id IS NOT NULL) AS people,
      ${isByName ? nameKey : sql`NULL`} AS sort_value
    FROM directory_group d WHERE ${list(conditions, ' AND ')}
    ORDER BY ${isByName ? sql`${nameKey}, d.id` : sql`d.id`} LIMIT ${limit + 1}) page
    ORDER BY ${isByName ? sql`sort_value, id` : sql`id`}`;
}

function behindName({ id, sortValue }: Place): Sql {
  return sql`(${nameKey}, d.id) > (${sortValue}::text, ${id}::uuid)`;
}
