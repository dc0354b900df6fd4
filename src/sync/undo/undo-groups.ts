import type { EntityManager } from 'typeorm';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Db } from '../../database/db.ts';
import { dropGroups, isDeserted, type NamedGroupChange, noteGroups } from '../record/group-changes.ts';
import { inHalves, type Refused } from '../planning/in-halves.ts';
import { liftGroups, suppressGroups } from '../record/suppressed-groups.ts';
import { bringsBack, type Lineage, sidesOf } from './undo-lineage.ts';

/** The undo run that undoes changes of groups. */
interface UndoContext {
  workspaceId: string;
  runId: string;
  now: Date;
  lineage: Lineage;
  events: MemberEvents;
}

/** What the undone run did to a group. */
interface MadeGroupChange extends NamedGroupChange {
  leftBehind: string[];
  /** The name that the group has now; null: there is none. */
  nameNow: string | null;
}

/**
 * Restores groups that the undone run deleted, and the names of groups that it renamed, before people return to them.
 * What has been changed since is kept.
 */
export async function restoreGroups(
  transaction: EntityManager,
  context: UndoContext,
): Promise<Refused<string>[]> {
  const changes = await readGroupChanges(dbOf(transaction), context, ['rename', 'delete']);
  const refused = await inHalves(
    transaction,
    changes,
    async (savepoint, some) => {
      const db = dbOf(savepoint);
      const renamed = some.filter(({ kind, name, nameNow }) => kind === 'rename' && nameNow === name);
      const deleted = some.filter(isRestorable);
      await rename(db, context, renamed);
      await make(db, context, deleted);
      await noteUndone(db, context, [...renamed, ...deleted]);
    },
    context.events,
  );
  return refused.map(({ item, error }) => ({ item: item.groupId, error }));
}

/** The groups that {@link restoreGroups} would make again. */
export async function restorableGroups(
  db: Db,
  context: Pick<UndoContext, 'workspaceId' | 'lineage'>,
): Promise<ReadonlySet<string>> {
  const deleted = await readGroupChanges(db, context, ['delete']);
  return new Set(deleted.filter(isRestorable).map(({ groupId }) => groupId));
}

function isRestorable({ kind, nameNow }: MadeGroupChange): boolean {
  return kind === 'delete' && nameNow === null;
}

/** Deletes groups that the undone run made, after people have left them. A group that has others by now is kept. */
export async function undoCreatedGroups(
  transaction: EntityManager,
  context: UndoContext,
): Promise<Refused<string>[]> {
  const created = await readGroupChanges(dbOf(transaction), context, ['create']);
  const inUse = await groupsInUse(dbOf(transaction), context, created);
  const emptied = created.filter(({ groupId, nameNow }) => nameNow !== null && !inUse.has(groupId));
  const refused = await inHalves(
    transaction,
    emptied,
    async (savepoint, some) => {
      const db = dbOf(savepoint);
      await dropGroups(
        db,
        context,
        some.map(({ groupId, nameNow }) => {
          return { kind: 'delete', groupId, name: nameNow ?? '', nameBefore: nameNow };
        }),
      );
      await noteUndone(db, context, some);
    },
    context.events,
  );
  // The next run deletes them, once it has decided about the people in them.
  if (bringsBack(context.lineage))
    await liftGroups(dbOf(transaction), context.workspaceId, [...inUse], context.now);
  return refused.map(({ item, error }) => ({ item: item.groupId, error }));
}

/** Notes what became of the changes of groups: those that were not undone are kept. */
export async function settleGroupChanges(db: Db, { workspaceId, lineage }: UndoContext): Promise<void> {
  const { undone, again } = sidesOf(lineage);
  await db.run(
    sql`UPDATE sync_group_change SET state = CASE WHEN kind = 'members' THEN 'undone' ELSE 'kept' END
     WHERE workspace_id = ${workspaceId} AND run_id = ANY (${undone}::uuid[]) AND state = 'made'`,
  );
  await db.run(
    sql`UPDATE sync_group_change SET state = 'made'
     WHERE workspace_id = ${workspaceId} AND run_id = ANY (${again}::uuid[]) AND state = 'undone'
       AND kind = 'members'`,
  );
}

async function readGroupChanges(
  db: Db,
  { workspaceId, lineage }: Pick<UndoContext, 'workspaceId' | 'lineage'>,
  kinds: readonly string[],
): Promise<MadeGroupChange[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<MadeGroupChange>`SELECT c.kind, c.group_id AS "groupId", c.name, c.name_before AS "nameBefore",
       c.left_behind AS "leftBehind", g.name AS "nameNow"
     FROM sync_group_change c LEFT JOIN member_group g ON g.workspace_id = ${workspace} AND g.id = c.group_id
     WHERE c.workspace_id = ${workspace} AND c.run_id = ${lineage.ancestors[0] ?? null} AND c.state = 'made'
       AND c.kind = ANY (${kinds}::text[])
     ORDER BY c.group_id`,
  );
  return rows;
}

async function rename(db: Db, context: UndoContext, changes: readonly MadeGroupChange[]): Promise<void> {
  if (changes.length === 0) return;
  const ids = changes.map(({ groupId }) => groupId);
  const names = changes.map(({ nameBefore }) => nameBefore);
  await db.run(
    sql`UPDATE member_group g SET name = x.name, directory_group_version = NULL, updated_at = ${context.now}
     FROM unnest(${ids}::uuid[], ${names}::text[]) AS x(id, name)
     WHERE g.workspace_id = ${context.workspaceId} AND g.id = x.id`,
  );
  await noteGroups(
    db,
    context,
    changes.map(({ groupId, name, nameBefore }) => {
      return { kind: 'rename', groupId, name: nameBefore ?? name, nameBefore: name };
    }),
  );
}

async function make(db: Db, context: UndoContext, changes: readonly MadeGroupChange[]): Promise<void> {
  if (changes.length === 0) return;
  const workspace = parameter(context.workspaceId);
  const at = parameter(context.now);
  const ids = changes.map(({ groupId }) => groupId);
  const names = changes.map(({ name }) => name);
  await db.run(
    sql`INSERT INTO member_group (workspace_id, id, name, directory_group_id, created_at, updated_at)
     SELECT ${workspace}, x.id, x.name, x.id, ${at}, ${at} FROM unnest(${ids}::uuid[], ${names}::text[])
       AS x(id, name)`,
  );
  await noteGroups(
    db,
    context,
    changes.map(({ groupId, name }) => ({ kind: 'create', groupId, name, nameBefore: null })),
  );
  const back = changes.flatMap(({ groupId, leftBehind }) =>
    leftBehind.map((memberId) => ({ groupId, memberId })),
  );
  const { rows } = await db.run(
    sql<{ groupId: string; memberId: string }>`WITH back AS (
       INSERT INTO member_group_member (workspace_id, group_id, member_id)
       SELECT ${workspace}, x.group_id, m.id
       FROM unnest(${back.map(({ groupId }) => groupId)}::uuid[],
         ${back.map(({ memberId }) => memberId)}::uuid[])
         AS x(group_id, member_id)
       JOIN member m ON m.workspace_id = ${workspace} AND m.id = x.member_id AND m.status <> 'removed'
       ON CONFLICT DO NOTHING RETURNING group_id, member_id
     ), noted AS (
       UPDATE sync_group_change c SET joined_count = c.joined_count + b.count
       FROM (SELECT group_id, count(*)::int AS count FROM back GROUP BY group_id) b
       WHERE c.workspace_id = ${workspace} AND c.run_id = ${context.runId} AND c.group_id = b.group_id
     )
     SELECT group_id AS "groupId", member_id AS "memberId" FROM back`,
  );
  context.events.memberships('group.member_added', rows);
}

/**
 * The groups that a run made and that still have members. Where their deletion is brought back, those count that a run
 * would not take out either.
 */
async function groupsInUse(
  db: Db,
  { workspaceId, lineage }: UndoContext,
  changes: readonly MadeGroupChange[],
): Promise<Set<string>> {
  const workspace = parameter(workspaceId);
  const isEmpty = sql`NOT EXISTS (
    SELECT 1 FROM member_group_member WHERE workspace_id = ${workspace} AND group_id = g.id)`;
  const ids = changes.map(({ groupId }) => groupId);
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT g.id FROM unnest(${ids}::uuid[]) AS g(id)
     WHERE NOT (${bringsBack(lineage) ? isDeserted(workspace) : isEmpty})`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** The next run does not repeat what was undone; what is brought back may change again. */
async function noteUndone(db: Db, context: UndoContext, changes: readonly MadeGroupChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { workspaceId, lineage, now } = context;
  const ids = changes.map(({ groupId }) => groupId);
  const { undone, again } = sidesOf(lineage);
  const undoneRuns = parameter(undone);
  await db.run(
    sql`UPDATE sync_group_change
     SET state = CASE WHEN run_id = ANY (${undoneRuns}::uuid[]) THEN 'undone' ELSE 'made' END
     WHERE workspace_id = ${workspaceId} AND group_id = ANY (${ids}::uuid[])
       AND (run_id = ANY (${undoneRuns}::uuid[]) AND state = 'made'
         OR run_id = ANY (${again}::uuid[]) AND state = 'undone')`,
  );
  if (bringsBack(lineage)) await liftGroups(db, workspaceId, ids, now);
  else await suppressGroups(db, { ...context, runId: undone[0] ?? context.runId }, changes);
}
