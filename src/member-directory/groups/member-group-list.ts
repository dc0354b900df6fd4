import { list, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { columnsOf } from '../../database/table/table-sql.ts';
import type { Row } from '../../database/table/table.ts';
import type { Place } from '../../http/paging/page.ts';
import { groupNameKeyMaxChars } from '../../scim-core/limits.ts';
import { searchForms } from '../../scim-core/search-text.ts';
import type { MemberGroupListQuery, MemberGroupResponse } from './member-group.dto.ts';
import { memberGroup } from './member-group.table.ts';

const groupFields = ['id', 'name', 'directoryGroupId', 'createdAt', 'updatedAt'] as const;

/** A group as it is read, with how many members it has. */
export type MemberGroupRow = Pick<Row<typeof memberGroup>, (typeof groupFields)[number]> & {
  memberCount: number;
};

/** What is read of a group `g` of a workspace. */
export const groupSelectList = (workspace: Parameter): Sql => sql`${columnsOf(memberGroup, groupFields, 'g')},
  (SELECT count(*)::integer FROM member_group_member gm
   JOIN member m ON m.workspace_id = ${workspace} AND m.id = gm.member_id AND m.status <> 'removed'
   WHERE gm.workspace_id = ${workspace} AND gm.group_id = g.id) AS "memberCount"`;

/** A row of a page; `listed`: how many there are with the one that follows the page. */
export type ListedGroupRow = MemberGroupRow & { listed: number; sort_value: string | null };

/** What groups are sorted by: all of a name would be too long for an index and for a cursor. */
export const nameKey = sql`left(scim_fold(g.name), ${raw(String(groupNameKeyMaxChars))}) COLLATE "C"`;

/** The statement that reads one page of groups and one row more. The order by name is that of an index. */
export function groupListStatement(
  workspaceId: string,
  { search = '', sort, limit }: Omit<MemberGroupListQuery, 'cursor'>,
  place: Place | null,
): Sql<ListedGroupRow> {
  const workspace = parameter(workspaceId);
  const isByName = sort === 'name';
  const forms = searchForms(search);
  const holds = (form: string) => sql`strpos(scim_fold(g.name), ${form}) > 0`;
  const order = isByName ? sql`${nameKey}, g.id` : sql`g.id`;
  const conditions = [
    sql`g.workspace_id = ${workspace}`,
    ...(place === null ? [] : [isByName ? behindName(place) : sql`g.id > ${place.id}::uuid`]),
    ...(forms.length === 0 ? [] : [sql`(${list(forms.map(holds), ' OR ')})`]),
  ];
  return sql<ListedGroupRow>`SELECT page.*, (count(*) OVER ())::integer AS listed FROM (
    SELECT ${groupSelectList(workspace)}, ${isByName ? nameKey : sql`NULL`} AS sort_value FROM member_group g
    WHERE ${list(conditions, ' AND ')} ORDER BY ${order} LIMIT ${limit + 1}) page
    ORDER BY ${isByName ? sql`sort_value, id` : sql`id`}`;
}

function behindName({ id, sortValue }: Place): Sql {
  return sql`(${nameKey}, g.id) > (${sortValue}::text, ${id}::uuid)`;
}

/** A group as it is answered. */
export function toMemberGroup(row: MemberGroupRow): MemberGroupResponse {
  return {
    id: row.id,
    name: row.name,
    memberCount: row.memberCount,
    provisioned: row.directoryGroupId !== null,
    directoryGroupId: row.directoryGroupId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
