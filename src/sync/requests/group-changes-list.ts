import { list, raw, type Sql, sql } from '../../database/sql.ts';
import type { Place } from '../../http/paging/page.ts';
import { groupNameKeyMaxChars } from '../../scim-core/limits.ts';
import type { GroupChange } from '../policy/chosen-groups.ts';
import type { GroupChangeState, RegroupedPerson } from '../record/group-changes.ts';
import type { RunGroupsQuery } from './sync-runs.dto.ts';

/** What a run did to a group; `people` are some of those who joined or left it. */
export interface RunGroupChange extends GroupChange {
  joined: number;
  left: number;
  people: RegroupedPerson[];
  state: GroupChangeState;
}

/** A row of a page; `listed`: how many there are with the one that follows the page. */
type ListedChangeRow = RunGroupChange & { id: string; listed: number; sort_value: string | null };

const nameKey = sql`left(scim_fold(c.name), ${raw(String(groupNameKeyMaxChars))}) COLLATE "C"`;

/**
 * The statement that reads one page of what a run did to groups, and one row more. Either order is that of an index. The names
 * are those that the run noted, so that no group moves between two pages once it is over.
 */
export function groupChangesStatement(
  workspaceId: string,
  runId: string,
  { sort, limit }: Omit<RunGroupsQuery, 'cursor'>,
  place: Place | null,
): Sql<ListedChangeRow> {
  const isByName = sort === 'name';
  const conditions = [sql`c.workspace_id = ${workspaceId}`, sql`c.run_id = ${runId}`];
  if (place !== null) conditions.push(isByName ? behindName(place) : sql`c.group_id > ${place.id}::uuid`);
  return sql<ListedChangeRow>`SELECT page.*, (count(*) OVER ())::integer AS listed FROM (
    SELECT c.group_id AS id, c.kind, c.group_id AS "groupId", c.name, c.name_before AS "nameBefore",
      c.joined_count AS joined, c.left_count AS left, c.people, c.state,
      ${isByName ? nameKey : sql`NULL`} AS sort_value
    FROM sync_group_change c WHERE ${list(conditions, ' AND ')}
    ORDER BY ${isByName ? sql`${nameKey}, c.group_id` : sql`c.group_id`} LIMIT ${limit + 1}) page
    ORDER BY ${isByName ? sql`sort_value, id` : sql`id`}`;
}

function behindName({ id, sortValue }: Place): Sql {
  return sql`(${nameKey}, c.group_id) > (${sortValue}::text, ${id}::uuid)`;
}
