import type { Db } from '../../database/db.ts';
import { type ArrayColumns, rowsFrom } from '../../database/row-arrays.ts';
import { type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Regrouping } from '../decision/change.ts';

export type GroupChangeState = 'made' | 'undone' | 'kept';

/** People that the change of one group shows by name; all of them stand in the run's changes. */
export const shownPeopleMax = 100;

/** Somebody who joined or left a group. */
export interface RegroupedPerson {
  directoryUserId: string;
  memberId: string;
  name: string;
  joined: boolean;
}

/** A member whose groups change. */
export interface RegroupedMember extends Regrouping {
  directoryUserId: string;
  memberId: string;
  name: string;
}

interface MembershipRow {
  groupId: string;
  memberId: string;
}

const membershipTypes = { groupId: 'uuid', memberId: 'uuid' } as const;

const membershipColumns: ArrayColumns<MembershipRow> = {
  group_id: { type: 'uuid', of: ({ groupId }) => groupId },
  member_id: { type: 'uuid', of: ({ memberId }) => memberId },
};

/** Who joined and left one group. */
interface GroupRow {
  id: string;
  name: string;
  joined: number;
  left: number;
  people: RegroupedPerson[];
}

const groupColumns: ArrayColumns<GroupRow> = {
  id: { type: 'uuid', of: ({ id }) => id },
  name: { type: 'text', of: ({ name }) => name },
  joined_count: { type: 'integer', of: ({ joined }) => String(joined) },
  left_count: { type: 'integer', of: ({ left }) => String(left) },
  people: { type: 'jsonb', of: ({ people }) => people },
};

/** Where a run stands. */
interface RunContext {
  workspaceId: string;
  runId: string;
  now: Date;
  events: MemberEvents;
}

/** Writes memberships, as many statements whatever the number of people, and notes them as changes of their groups. */
export async function writeMemberships(
  db: Db,
  context: RunContext,
  members: readonly RegroupedMember[],
): Promise<void> {
  const rowsOf = (which: 'joined' | 'left') =>
    members.flatMap(({ memberId, [which]: groups }) => groups.map(({ id }) => ({ groupId: id, memberId })));
  const [joined, left] = [rowsOf('joined'), rowsOf('left')];
  if (joined.length + left.length === 0) return;
  await Promise.all([
    leave(db, context, left),
    join(db, context, joined),
    noteRegrouped(db, context, members),
  ]);
}

async function leave(
  db: Db,
  { workspaceId, events }: RunContext,
  memberships: readonly MembershipRow[],
): Promise<void> {
  if (memberships.length === 0) return;
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<MembershipRow>`DELETE FROM member_group_member WHERE workspace_id = ${workspace} AND ctid = ANY (ARRAY(
       SELECT m.ctid FROM ${rowsFrom(membershipColumns, memberships)} CROSS JOIN LATERAL (
         SELECT ctid FROM member_group_member
         WHERE workspace_id = ${workspace} AND group_id = x.group_id
           AND member_id = x.member_id OFFSET 0 FOR UPDATE) m))
     RETURNING group_id AS "groupId", member_id AS "memberId"`.onOneNode(workspaceId, membershipTypes),
  );
  events.memberships('group.member_removed', rows);
}

async function join(
  db: Db,
  { workspaceId, events }: RunContext,
  memberships: readonly MembershipRow[],
): Promise<void> {
  if (memberships.length === 0) return;
  const { rows } = await db.run(
    sql<MembershipRow>`INSERT INTO member_group_member (workspace_id, group_id, member_id)
     SELECT ${workspaceId}, x.group_id, x.member_id FROM ${rowsFrom(membershipColumns, memberships)}
     ON CONFLICT DO NOTHING RETURNING group_id AS "groupId", member_id AS "memberId"`.onOneNode(
      workspaceId,
      membershipTypes,
    ),
  );
  events.memberships('group.member_added', rows);
}

/** Adds people to the changes that a run makes to groups. */
async function noteRegrouped(
  db: Db,
  { workspaceId, runId, now }: RunContext,
  members: readonly RegroupedMember[],
): Promise<void> {
  await db.run(
    sql`
       INSERT INTO sync_group_change AS c (workspace_id, run_id, group_id, at, kind, name, name_before,
         joined_count,
       left_count, people)
     SELECT ${workspaceId}, ${runId}, x.id, ${now}, 'members', x.name, x.name, x.joined_count, x.left_count,
       x.people
     FROM ${rowsFrom(groupColumns, groupRowsOf(members))} ORDER BY x.id
     ON CONFLICT (workspace_id, run_id, group_id) DO UPDATE
       SET joined_count = c.joined_count + excluded.joined_count,
       left_count = c.left_count + excluded.left_count,
       people = jsonb_path_query_array(c.people || excluded.people,
         '$[0 to ${raw(String(shownPeopleMax - 1))}]')`.onOneNode(workspaceId, {}),
  );
}

function groupRowsOf(members: readonly RegroupedMember[]): GroupRow[] {
  const rows = new Map<string, GroupRow>();
  const note = (member: RegroupedMember, which: 'joined' | 'left') => {
    const { directoryUserId, memberId, name } = member;
    for (const group of member[which]) {
      const row = rows.get(group.id) ?? { ...group, joined: 0, left: 0, people: [] };
      row[which] += 1;
      if (row.people.length < shownPeopleMax) {
        row.people.push({ directoryUserId, memberId, name, joined: which === 'joined' });
      }
      rows.set(group.id, row);
    }
  };
  for (const member of members) {
    note(member, 'left');
    note(member, 'joined');
  }
  return [...rows.values()];
}

/** A group that a run makes, renames or deletes. */
export interface NamedGroupChange {
  kind: 'create' | 'rename' | 'delete';
  groupId: string;
  name: string;
  nameBefore: string | null;
}

const eventOf = { create: 'group.created', rename: 'group.updated', delete: 'group.deleted' } as const;

const namedColumns: ArrayColumns<NamedGroupChange> = {
  group_id: { type: 'uuid', of: ({ groupId }) => groupId },
  kind: { type: 'text', of: ({ kind }) => kind },
  name: { type: 'text', of: ({ name }) => name },
  name_before: { type: 'text', of: ({ nameBefore }) => nameBefore },
};

/** Notes what a run makes of groups themselves; the people noted as joining or leaving them stay noted. */
export async function noteGroups(
  db: Db,
  { workspaceId, runId, now, events }: RunContext,
  changes: readonly NamedGroupChange[],
): Promise<void> {
  if (changes.length === 0) return;
  for (const { kind, groupId: id, name, nameBefore } of changes) {
    const renamed = kind === 'rename' ? [{ field: 'name', before: nameBefore, after: name }] : [];
    events.group(eventOf[kind], { id, name }, renamed);
  }
  await db.run(
    sql`INSERT INTO sync_group_change (workspace_id, run_id, group_id, at, kind, name, name_before)
     SELECT ${workspaceId}, ${runId}, x.group_id, ${now}, x.kind, x.name, x.name_before
     FROM ${rowsFrom(namedColumns, changes)} ORDER BY x.group_id
     ON CONFLICT (workspace_id, run_id, group_id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       name_before = excluded.name_before`,
  );
}

/**
 * Whether the group `g` may be deleted: nobody of the directory is in it. People who are excluded, suppressed, held or in
 * conflict stay in a group until they are decided about, because a membership is a change of the person.
 */
export function isDeserted(workspaceId: Parameter): Sql {
  return sql`NOT EXISTS (
  SELECT 1 FROM member_group_member k JOIN sync_link l ON l.workspace_id = ${workspaceId}
    AND l.member_id = k.member_id
  WHERE k.workspace_id = ${workspaceId} AND k.group_id = g.id)`;
}

/** Deletes groups; who is still in one, and is nobody of the directory, is noted with its deletion. */
export async function dropGroups(
  db: Db,
  context: RunContext,
  groups: readonly NamedGroupChange[],
): Promise<void> {
  const workspace = parameter(context.workspaceId);
  const ids = groups.map(({ groupId }) => groupId);
  await endMemberships(db, context, groups);
  await noteGroups(db, context, groups);
  await db.run(
    sql`
     UPDATE sync_group_change c SET left_behind = g.members, left_count = c.left_count + cardinality(g.members)
     FROM (SELECT x.id, ARRAY(
         SELECT member_id FROM member_group_member WHERE workspace_id = ${workspace} AND group_id = x.id
           ORDER BY member_id) AS members
       FROM unnest(${ids}::uuid[]) AS x(id)) g
     WHERE c.workspace_id = ${workspace} AND c.run_id = ${context.runId} AND c.group_id = g.id`,
  );
  await db.run(sql`DELETE FROM member_group WHERE workspace_id = ${workspace} AND id = ANY (${ids}::uuid[])`);
}

/** Tells the host product who leaves with the deletion of a group, which deletes the memberships themselves. */
async function endMemberships(
  db: Db,
  { workspaceId, events }: RunContext,
  groups: readonly NamedGroupChange[],
): Promise<void> {
  const names = new Map(groups.map(({ groupId, name }) => [groupId, name]));
  const { rows } = await db.run(
    sql<MembershipRow>`SELECT group_id AS "groupId", member_id AS "memberId" FROM member_group_member
     WHERE workspace_id = ${workspaceId} AND group_id = ANY (${[...names.keys()]}::uuid[])
     ORDER BY group_id, member_id FOR UPDATE`,
  );
  const ended = rows.map((row) => ({ ...row, groupName: names.get(row.groupId) ?? null }));
  events.memberships('group.member_removed', ended);
}
