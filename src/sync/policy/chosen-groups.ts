import { groupPatternToLike } from '../../attribute-mapping/rule/group-pattern.ts';
import type { Db } from '../../database/db.ts';
import { parameter, type Sql, sql } from '../../database/sql.ts';
import { memberGroupName } from './group-name.ts';
import { mergeSettings, type SettingsChange, type WorkspaceSettings } from '../../workspaces/settings.ts';

/** Group changes that one preview lists. */
export const groupChangesMax = 200;

/**
 * What says which groups are synchronized; a workspace that chose nothing else synchronizes all groups.
 *
 * @property like a pattern of names for LIKE
 */
export interface GroupsChoice {
  like: string | null;
  ids: readonly string[] | null;
}

/** The condition under which `d`, a directory group, is synchronized. */
export function isChosenBy(choice: GroupsChoice): Sql {
  const like = parameter(choice.like);
  const ids = parameter(choice.ids);
  return sql`(${like}::text IS NULL OR d.display_name_key LIKE ${like})
  AND (${ids}::uuid[] IS NULL OR d.id = ANY (${ids}::uuid[]))`;
}

/** The choice in a workspace's settings. */
export function groupsChoice({ which, pattern, picked }: WorkspaceSettings['groups']): GroupsChoice {
  if (which === 'matching') return { like: groupPatternToLike(pattern), ids: null };
  return { like: null, ids: which === 'picked' ? picked : null };
}

/** The choice as it is stored now. */
export async function readGroupsChoice(db: Db, workspaceId: string): Promise<GroupsChoice> {
  const { rows } = await db.run(
    sql<{ settings: SettingsChange }>`SELECT settings FROM workspace WHERE id = ${workspaceId}`,
  );
  return groupsChoice(mergeSettings(rows[0]?.settings ?? {}).groups);
}

export const groupChangeKinds = ['create', 'rename', 'members', 'delete'] as const;
export type GroupChangeKind = (typeof groupChangeKinds)[number];

/** What a run would do to a member group; `members`: its membership is brought in line. */
export interface GroupChange {
  kind: GroupChangeKind;
  groupId: string;
  name: string;
  /** The name that it has now; null for a new one. */
  nameBefore: string | null;
}

/** A group change before it is known what happens to the people. */
export interface PendingGroupChange extends GroupChange {
  /** People are in it who are withheld so far: for their sake it is not deleted. */
  isKept: boolean;
}

/** The change as far as it can be told without looking at the people. */
export function likelyChange({ isKept, ...change }: PendingGroupChange): GroupChange {
  return isKept ? { ...change, kind: 'members' } : change;
}

/**
 * A statement for the group changes of a run started now. Of memberships it only says that the directory changed the group.
 */
function changesBy(workspaceId: string, choice: GroupsChoice): Sql {
  const workspace = parameter(workspaceId);
  const isChosen = isChosenBy(choice);
  return sql`
  SELECT CASE WHEN g.id IS NULL THEN 'create' WHEN g.name <> n.name THEN 'rename' ELSE 'members' END AS kind,
    d.id AS "groupId", n.name, g.name AS "nameBefore", d.version::text AS version, false AS "isKept"
  FROM directory_group d
  LEFT JOIN member_group g ON g.workspace_id = ${workspace} AND g.directory_group_id = d.id
  LEFT JOIN suppressed_group s ON s.workspace_id = ${workspace} AND s.group_id = d.id
  CROSS JOIN LATERAL (SELECT CASE WHEN s.kind = 'rename' THEN g.name ELSE d.display_name END AS name) n
  WHERE d.workspace_id = ${workspace} AND ${isChosen} AND g.directory_group_version IS DISTINCT FROM d.version
    AND s.kind IS DISTINCT FROM 'create'
  UNION ALL
  SELECT 'delete', g.id, g.name, g.name, NULL, EXISTS (
    SELECT 1 FROM member_group_member m JOIN sync_link l ON l.workspace_id = ${workspace}
      AND l.member_id = m.member_id
    WHERE m.workspace_id = ${workspace} AND m.group_id = g.id AND l.state <> 'linked')
  FROM member_group g
  WHERE g.workspace_id = ${workspace} AND g.directory_group_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM directory_group d
    WHERE d.workspace_id = ${workspace} AND d.id = g.directory_group_id AND ${isChosen})
    AND NOT EXISTS (SELECT 1 FROM suppressed_group s
      WHERE s.workspace_id = ${workspace} AND s.group_id = g.id AND s.kind = 'delete')`;
}

/**
 * The group changes of a run started now, by name.
 *
 * @param kinds what is asked for; of memberships it is only known here that the directory has changed the group
 */
export async function pendingGroupChanges(
  db: Db,
  workspaceId: string,
  choice: GroupsChoice,
  kinds: readonly GroupChangeKind[] = groupChangeKinds,
  most = groupChangesMax,
): Promise<PendingGroupChange[]> {
  const { rows } = await db.run(
    sql<PendingGroupChange>`SELECT kind, "groupId", name, "nameBefore", "isKept"
     FROM (${changesBy(workspaceId, choice)}) c WHERE kind = ANY (${kinds}::text[])
     ORDER BY name, "groupId" LIMIT ${most}`,
  );
  return rows.map(asNamed).filter(({ kind }) => kinds.includes(kind));
}

/** A text that stays the same as long as a run would do the same to groups. */
export async function groupChangesStamp(db: Db, workspaceId: string, choice: GroupsChoice): Promise<string> {
  const { rows } = await db.run(
    sql<{ stamp: string }>`
     SELECT concat(count(*), ':', bit_xor(hashtextextended(concat(kind, "groupId", version), 0))) AS stamp
     FROM (${changesBy(workspaceId, choice)}) c`,
  );
  return rows[0]?.stamp ?? '';
}

interface CountRow {
  kind: GroupChange['kind'];
  count: number;
  renames: PendingGroupChange[] | null;
}

/** The kinds of changes that follow from the choice of groups: who is in them does not. */
export const kindsOfChoice: readonly GroupChangeKind[] = ['create', 'rename', 'delete'];

/**
 * How many groups a run started now would make, rename and delete. `members` are those that are not chosen any more, and
 * stay because of somebody in them: only the others leave them.
 */
export async function pendingGroupCounts(
  db: Db,
  workspaceId: string,
  choice: GroupsChoice,
): Promise<Record<GroupChange['kind'], number>> {
  const { rows } = await db.run(
    sql<CountRow>`SELECT CASE WHEN "isKept" THEN 'members' ELSE kind END AS kind, count(*)::integer AS count,
       json_agg(c) FILTER (WHERE kind = 'rename') AS renames
     FROM (${changesBy(workspaceId, choice)}) c WHERE kind = ANY (${[...kindsOfChoice]}::text[]) GROUP BY 1`,
  );
  const counts = { create: 0, rename: 0, members: 0, delete: 0 };
  for (const { kind, count } of rows) counts[kind] += count;
  const renames = rows.flatMap((row) => row.renames ?? []).map(asNamed);
  const kept = renames.filter(({ kind }) => kind === 'members').length;
  return { ...counts, rename: counts.rename - kept };
}

/** The change with the name that the member group gets: a group whose clean name stays is not renamed. */
function asNamed(change: PendingGroupChange): PendingGroupChange {
  const { kind, groupId, nameBefore } = change;
  if (kind === 'delete') return change;
  const name = memberGroupName(change.name, groupId);
  return { ...change, name, kind: kind === 'rename' && name === nameBefore ? 'members' : kind };
}
