import type { Queryable } from '../database/queryable.ts';
import { arrayLiteral } from '../database/row-arrays.ts';
import { chosenBy } from './chosen-groups.ts';

/** A group by its id, which is that of its directory group, and its name. */
export interface GroupRef {
  id: string;
  name: string;
}

/**
 * The groups that the directory names for a person.
 *
 * @property wanted those among them that are groups of the product
 * @property absent there are others, which the next run makes groups of the product
 * @property stamp names exactly all of them, chosen or not; null: none
 */
export interface DirectoryGroups {
  wanted: GroupRef[];
  absent: boolean;
  stamp: string | null;
}

/** A group that a member belongs to. `stays`: its deletion was taken back, so that nobody leaves it because of that. */
export interface MembersGroup extends GroupRef {
  stays: boolean;
}

/** The groups of a person. `ofMembers` are those of every member that may be theirs, by the member's id. */
export interface PersonGroups extends DirectoryGroups {
  ofMembers: ReadonlyMap<string, readonly MembersGroup[]>;
}

/**
 * An expression for the {@link DirectoryGroups} of a person, null where the workspace has no groups at all.
 *
 * @param person the expression of the id; the others are placeholders
 * @param planned whether groups that a run would make first count as made
 */
export function directoryGroupsOf(
  person: string,
  { like, ids, planned }: Record<'like' | 'ids' | 'planned', string>,
): string {
  const isWanted = `c.chosen AND (${planned}::boolean OR g.id IS NOT NULL)`;
  const name = `CASE WHEN s.kind = 'rename' THEN g.name ELSE d.display_name END`;
  return `CASE WHEN (SELECT EXISTS (SELECT 1 FROM directory_group WHERE workspace_id = $1)
      OR EXISTS (SELECT 1 FROM member_group WHERE workspace_id = $1)) THEN (
    SELECT json_build_object(
      'wanted', coalesce(json_agg(json_build_object('id', d.id, 'name', ${name})) FILTER (WHERE ${isWanted}), '[]'),
      'absent', coalesce(bool_or(c.chosen AND NOT ${planned}::boolean AND g.id IS NULL), false),
      'stamp', md5(string_agg(d.id::text, ' ' ORDER BY d.id)))
    FROM (SELECT group_id FROM directory_group_member WHERE workspace_id = $1 AND user_id = ${person} OFFSET 0) dm
    CROSS JOIN LATERAL (
      SELECT id, display_name, display_name_key FROM directory_group
      WHERE workspace_id = $1 AND id = dm.group_id OFFSET 0) d
    LEFT JOIN LATERAL (
      SELECT id, name FROM member_group WHERE workspace_id = $1 AND directory_group_id = d.id OFFSET 0) g ON true
    LEFT JOIN LATERAL (
      SELECT kind FROM suppressed_group WHERE workspace_id = $1 AND group_id = d.id OFFSET 0) s ON true
    CROSS JOIN LATERAL (
      SELECT ${chosenBy(like, ids)} AND s.kind IS DISTINCT FROM 'create' AS chosen) c)
  END`;
}

/** The provisioned groups of members, by the member's id; of who belongs to none there is no entry. */
export async function groupsOfMembers(
  db: Queryable,
  workspaceId: string,
  memberIds: readonly string[],
): Promise<Map<string, MembersGroup[]>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db.query<{ id: string; groups: MembersGroup[] }[]>(
    `SELECT m.id, json_agg(json_build_object('id', g.id, 'name', g.name, 'stays', s.kind IS NOT NULL)) AS groups
     FROM unnest($2::uuid[]) AS m(id)
     CROSS JOIN LATERAL (
       SELECT group_id FROM member_group_member WHERE workspace_id = $1 AND member_id = m.id OFFSET 0) gm
     CROSS JOIN LATERAL (
       SELECT id, name FROM member_group
       WHERE workspace_id = $1 AND id = gm.group_id AND directory_group_id IS NOT NULL OFFSET 0) g
     LEFT JOIN LATERAL (
       SELECT kind FROM suppressed_group
       WHERE workspace_id = $1 AND group_id = g.id AND kind = 'delete' OFFSET 0) s ON true
     GROUP BY m.id`,
    [workspaceId, arrayLiteral(memberIds)],
  );
  return new Map(rows.map(({ id, groups }) => [id, groups]));
}
