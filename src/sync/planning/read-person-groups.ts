import type { Db } from '../../database/db.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import { parameter, raw, sql } from '../../database/sql.ts';
import { memberGroupName } from '../policy/group-name.ts';
import { type GroupsChoice, isChosenBy } from '../policy/chosen-groups.ts';
import type { MembersGroup, PersonGroups } from '../decision/person-groups.ts';

/** What is known of a group that somebody is in. */
interface GroupRow {
  id: string;
  /** The name that it is to have; null: the directory does not have it. */
  name: string | null;
  chosen: boolean;
  /** The name that it has in the product; null: it is no group of the product. */
  made_name: string | null;
  stays: boolean;
}

/**
 * Reads the groups of people in three statements. Many people are in few groups, so that those are read once.
 *
 * @param people ids of directory users
 * @param members ids of all members that may be one of them
 * @param planned whether groups that a run would make first count as made
 * @returns the groups by the person's id; null where nobody is in any group
 */
export async function readGroups(
  db: Db,
  workspaceId: string,
  { people, members }: Record<'people' | 'members', readonly string[]>,
  { choice, planned }: { choice: GroupsChoice; planned: boolean },
): Promise<((person: string) => PersonGroups) | null> {
  const [named, held] = await Promise.all([
    idsOfGroups(db, 'directory_group_member', 'user_id', workspaceId, people),
    idsOfGroups(db, 'member_group_member', 'member_id', workspaceId, members),
  ]);
  const ids = new Set([...named.values(), ...held.values()].flat());
  if (ids.size === 0) return null;
  const groups = await readGroupRows(db, workspaceId, [...ids], choice);
  const ofMembers = new Map(
    [...held].map(([member, of]) => [member, of.flatMap((id) => membersGroupOf(groups.get(id)))]),
  );
  return (person) => {
    const inDirectory = named.get(person) ?? [];
    const chosen = inDirectory.flatMap((id) => groups.get(id) ?? []).filter((group) => group.chosen);
    const isThere = ({ made_name }: GroupRow) => planned || made_name !== null;
    const wanted = chosen
      .filter(isThere)
      .map(({ id, name }) => ({ id, name: memberGroupName(name ?? '', id) }));
    return { inDirectory, wanted, absent: wanted.length < chosen.length, ofMembers };
  };
}

function membersGroupOf(group: GroupRow | undefined): MembersGroup[] {
  if (group === undefined || group.made_name === null) return [];
  return [{ id: group.id, name: group.made_name, stays: group.stays }];
}

/** The ids of the groups of each of the people or members, by theirs; of who is in none there is no entry. */
async function idsOfGroups(
  db: Db,
  table: 'directory_group_member' | 'member_group_member',
  column: 'user_id' | 'member_id',
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.run(
    sql<{ id: string; groups: string }>`
         SELECT x.id, g.groups FROM unnest(${arrayLiteral(ids)}::uuid[]) AS x(id)
     CROSS JOIN LATERAL (
       SELECT string_agg(group_id::text, ' ') AS groups FROM ${raw(table)}
       WHERE workspace_id = ${workspaceId} AND ${raw(column)} = x.id OFFSET 0) g
     WHERE g.groups IS NOT NULL`.onOneNode(workspaceId, { id: 'uuid', groups: 'text' }),
  );
  return new Map(rows.map(({ id, groups }) => [id, groups.split(' ')]));
}

async function readGroupRows(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  choice: GroupsChoice,
): Promise<Map<string, GroupRow>> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<GroupRow>`
     SELECT x.id, CASE WHEN s.kind = 'rename' THEN g.name ELSE d.display_name END AS name, g.name AS made_name,
       coalesce(d.id IS NOT NULL AND ${isChosenBy(choice)} AND s.kind IS DISTINCT
         FROM 'create', false) AS chosen,
       coalesce(s.kind = 'delete', false) AS stays
     FROM unnest(${arrayLiteral(ids)}::uuid[]) AS x(id)
     LEFT JOIN LATERAL (
       SELECT id, display_name, display_name_key FROM directory_group
       WHERE workspace_id = ${workspace} AND id = x.id OFFSET 0) d ON true
     LEFT JOIN LATERAL (
       SELECT name FROM member_group
       WHERE workspace_id = ${workspace} AND id = x.id AND directory_group_id IS NOT NULL OFFSET 0) g ON true
     LEFT JOIN LATERAL (
       SELECT kind FROM suppressed_group WHERE workspace_id = ${workspace}
         AND group_id = x.id OFFSET 0) s ON true`.onOneNode(workspaceId, {
      id: 'uuid',
      name: 'text',
      made_name: 'text',
      chosen: 'boolean',
      stays: 'boolean',
    }),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
