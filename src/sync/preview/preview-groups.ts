import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { foldCase } from '../../scim-core/fold.ts';
import {
  type GroupChange,
  type GroupChangeKind,
  groupChangeKinds,
  groupChangesMax,
  type GroupsChoice,
  likelyChange,
  type PendingGroupChange,
  pendingGroupChanges,
} from '../policy/chosen-groups.ts';
import type { Decision } from '../decision/decide.ts';

export const previewedGroupKinds = [...groupChangeKinds, 'suppressed'] as const;
export type PreviewedGroupKind = (typeof previewedGroupKinds)[number];

/** How many people of a plan join and leave each group. */
export type GroupTally = Map<string, { name: string; joining: number; leaving: number }>;

/**
 * What a run would do to a group, and how many people would join and leave it; null while that is not known.
 *
 * @property staying people who are excluded, suppressed, held or in conflict, and for whose sake a group stays that would
 * otherwise be deleted
 */
export interface PreviewedGroup extends Omit<GroupChange, 'kind'> {
  kind: PreviewedGroupKind;
  joining: number | null;
  leaving: number | null;
  staying: number | null;
}

/** Adds the decisions of a batch to a tally. */
export function tallyGroups(tally: GroupTally, decisions: readonly Pick<Decision, 'groups'>[]): void {
  for (const { groups } of decisions) {
    for (const { id, name } of groups?.joined ?? []) entryOf(tally, id, name).joining += 1;
    for (const { id, name } of groups?.left ?? []) entryOf(tally, id, name).leaving += 1;
  }
}

function entryOf(tally: GroupTally, id: string, name: string) {
  const entry = tally.get(id) ?? { name, joining: 0, leaving: 0 };
  tally.set(id, entry);
  return entry;
}

const ofGroupsThemselves: readonly GroupChangeKind[] = ['create', 'rename', 'delete'];

/**
 * What a run started now would do to groups, by name, and what is suppressed of them.
 *
 * @param tally who joins and leaves them; null: not known yet, so that it is only said which groups have changed
 */
export async function previewedGroups(
  db: Db,
  workspaceId: string,
  choice: GroupsChoice,
  tally: GroupTally | null,
  most = groupChangesMax,
): Promise<PreviewedGroup[]> {
  const kinds = tally === null ? groupChangeKinds : ofGroupsThemselves;
  const changes = await pendingGroupChanges(db, workspaceId, choice, kinds, most);
  const suppressed = await suppressedGroups(db, workspaceId, most);
  const shown = tally === null ? changes.map(notCounted) : await counted(db, workspaceId, tally, changes);
  return sorted(shown.concat(suppressed)).slice(0, most);
}

/**
 * How many groups themselves a run would create, rename or delete while nobody joins or leaves any, and of how many
 * something was undone.
 */
export async function pendingGroups(
  db: Db,
  workspaceId: string,
  choice: GroupsChoice,
): Promise<{ changing: number; suppressed: number }> {
  const groups = await previewedGroups(db, workspaceId, choice, new Map());
  const suppressed = groups.filter(({ kind }) => kind === 'suppressed').length;
  return { changing: groups.length - suppressed, suppressed };
}

/** In the order of {@link compareGroups}; each name is folded once. */
function sorted(groups: readonly PreviewedGroup[]): PreviewedGroup[] {
  const keyed = groups.map((group) => ({ group, key: foldCase(group.name) }));
  keyed.sort((one, other) => compare(one.key, other.key) || compareGroups(one.group, other.group));
  return keyed.map(({ group }) => group);
}

/**
 * The order of groups: by name whatever the case, then by id; one may be suppressed in one thing and change in another.
 */
export function compareGroups(
  one: Pick<PreviewedGroup, 'name' | 'groupId' | 'kind'>,
  other: Pick<PreviewedGroup, 'name' | 'groupId' | 'kind'>,
): number {
  return (
    compare(foldCase(one.name), foldCase(other.name)) ||
    compare(one.groupId, other.groupId) ||
    compare(one.kind, other.kind)
  );
}

function notCounted(change: PendingGroupChange): PreviewedGroup {
  return { ...likelyChange(change), joining: null, leaving: null, staying: null };
}

/** The changes of groups themselves with their people, and all other groups that people join or leave. */
async function counted(
  db: Db,
  workspaceId: string,
  tally: GroupTally,
  changes: readonly PendingGroupChange[],
): Promise<PreviewedGroup[]> {
  const named = new Set(changes.map(({ groupId }) => groupId));
  const regrouped = [...tally].flatMap(([groupId, { name, joining, leaving }]): PreviewedGroup[] => {
    if (named.has(groupId)) return [];
    return [{ kind: 'members', groupId, name, nameBefore: name, joining, leaving, staying: 0 }];
  });
  const inDeleted = await peopleOfDeleted(db, workspaceId, changes);
  const shown = changes.flatMap(({ isKept: _isKept, ...change }): PreviewedGroup[] => {
    const { joining = 0, leaving = 0 } = tally.get(change.groupId) ?? {};
    const people = inDeleted.get(change.groupId);
    if (people === undefined) return [{ ...change, joining, leaving, staying: 0 }];
    const staying = people.ofDirectory - leaving;
    if (staying === 0) return [{ ...change, joining, leaving: people.all, staying }];
    // It is not deleted, and nothing happens to it where nobody leaves.
    return leaving === 0 ? [] : [{ ...change, kind: 'members', joining, leaving, staying }];
  });
  return [...shown, ...regrouped];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Who is in a group that is to be deleted.
 *
 * @property ofDirectory those who are a person of the directory
 */
interface PeopleOfDeleted {
  all: number;
  ofDirectory: number;
}

async function peopleOfDeleted(
  db: Db,
  workspaceId: string,
  changes: readonly GroupChange[],
): Promise<Map<string, PeopleOfDeleted>> {
  const deleted = changes.filter(({ kind }) => kind === 'delete').map(({ groupId }) => groupId);
  if (deleted.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<PeopleOfDeleted & { id: string }>`
       SELECT x.id, count(m.member_id)::int AS all, count(l.member_id)::int AS "ofDirectory"
     FROM unnest(${deleted}::uuid[]) AS x(id)
     LEFT JOIN member_group_member m ON m.workspace_id = ${workspace} AND m.group_id = x.id
     LEFT JOIN sync_link l ON l.workspace_id = ${workspace} AND l.member_id = m.member_id
     GROUP BY x.id`);
  return new Map(rows.map(({ id, ...people }) => [id, people]));
}

async function suppressedGroups(db: Db, workspaceId: string, most: number): Promise<PreviewedGroup[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ id: string; name: string; name_now: string | null }>`
         SELECT s.group_id AS id, s.name, g.name AS name_now FROM suppressed_group s
     LEFT JOIN member_group g ON g.workspace_id = ${workspace} AND g.id = s.group_id
     WHERE s.workspace_id = ${workspace} ORDER BY s.name, s.group_id LIMIT ${most}`);
  return rows.map(({ id, name, name_now: nameBefore }) => {
    return { kind: 'suppressed', groupId: id, name, nameBefore, joining: 0, leaving: 0, staying: 0 };
  });
}
