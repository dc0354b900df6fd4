import type { Queryable } from '../../database/queryable.ts';
import {
  type GroupChange,
  type GroupChangeKind,
  groupChangeKinds,
  groupChangesMax,
  type GroupsChoice,
  pendingGroupChanges,
} from '../policy/chosen-groups.ts';
import type { Decision } from '../decision/decide.ts';

export const previewedGroupKinds = [...groupChangeKinds, 'suppressed'] as const;
export type PreviewedGroupKind = (typeof previewedGroupKinds)[number];

/** How many people of a plan join and leave each group. */
export type GroupTally = Map<string, { name: string; joining: number; leaving: number }>;

/** What a run would do to a group, and how many people would join and leave it; null while that is not known. */
export interface PreviewedGroup extends Omit<GroupChange, 'kind'> {
  kind: PreviewedGroupKind;
  joining: number | null;
  leaving: number | null;
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
 * What a run started now would do to groups, by name, and what is suppressed of them; at most 200.
 *
 * @param tally who joins and leaves them; null: not known yet, so that it is only said which groups have changed
 */
export async function previewedGroups(
  db: Queryable,
  workspaceId: string,
  choice: GroupsChoice,
  tally: GroupTally | null,
): Promise<PreviewedGroup[]> {
  const kinds = tally === null ? groupChangeKinds : ofGroupsThemselves;
  const changes = await pendingGroupChanges(db, workspaceId, choice, kinds);
  const suppressed = await suppressedGroups(db, workspaceId);
  const named = new Set(changes.map(({ groupId }) => groupId));
  const regrouped = [...(tally ?? [])]
    .filter(([id]) => !named.has(id))
    .map(([groupId, { name }]): GroupChange => ({ kind: 'members', groupId, name, nameBefore: name }));
  const sizes = tally === null ? null : await sizesOfDeleted(db, workspaceId, changes);
  const numbersOf = (groupId: string) => {
    if (tally === null) return { joining: null, leaving: null };
    const { joining = 0, leaving = 0 } = tally.get(groupId) ?? {};
    return { joining, leaving: sizes?.get(groupId) ?? leaving };
  };
  return [...changes, ...regrouped]
    .map((change): PreviewedGroup => ({ ...change, ...numbersOf(change.groupId) }))
    .concat(suppressed)
    .sort((a, b) => (a.name === b.name ? compare(a.groupId, b.groupId) : compare(a.name, b.name)))
    .slice(0, groupChangesMax);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Everybody leaves a group that is deleted, also people who are held, excluded or in conflict. */
async function sizesOfDeleted(
  db: Queryable,
  workspaceId: string,
  changes: readonly GroupChange[],
): Promise<Map<string, number>> {
  const deleted = changes.filter(({ kind }) => kind === 'delete').map(({ groupId }) => groupId);
  if (deleted.length === 0) return new Map();
  const rows = await db.query<{ id: string; size: number }[]>(
    `SELECT group_id AS id, count(*)::int AS size FROM member_group_member
     WHERE workspace_id = $1 AND group_id = ANY ($2::uuid[]) GROUP BY group_id`,
    [workspaceId, deleted],
  );
  return new Map(rows.map(({ id, size }) => [id, size]));
}

async function suppressedGroups(db: Queryable, workspaceId: string): Promise<PreviewedGroup[]> {
  const rows = await db.query<{ id: string; name: string; name_now: string | null }[]>(
    `SELECT s.group_id AS id, s.name, g.name AS name_now FROM suppressed_group s
     LEFT JOIN member_group g ON g.workspace_id = $1 AND g.id = s.group_id
     WHERE s.workspace_id = $1 ORDER BY s.name, s.group_id LIMIT $2`,
    [workspaceId, groupChangesMax],
  );
  return rows.map(({ id, name, name_now: nameBefore }) => {
    return { kind: 'suppressed', groupId: id, name, nameBefore, joining: 0, leaving: 0 };
  });
}
