import type { EntityManager } from 'typeorm';
import type { Queryable } from '../database/queryable.ts';
import { type GroupsChoice, isChosen, readGroupsChoice } from './chosen-groups.ts';
import { attempt, inHalves, type Refused } from './in-halves.ts';

/**
 * What could not be written: groups stay as they were, by their ids; people lack memberships, by the ids of their changes.
 */
export interface GroupsDone {
  groups: Refused<string>[];
  people: Refused<string>[];
}

/**
 * Brings the member groups in line with the directory groups that the workspace chose: those that changed since they were last looked at, and
 * the memberships of everybody whom this run touched. A member group has the id of its directory group. Membership
 * follows the members that exist; who is deactivated keeps his, since an identity provider does not send it again.
 *
 * A group or a person that the database refuses stays as it is, and the others are brought in line.
 *
 * Costs nothing for groups and people that did not change. `OFFSET 0` makes each step a lookup per row: right after an
 * initial cycle the planner's statistics know nothing of these tables, and it would compare everybody with everybody.
 */
export async function syncGroups(
  transaction: EntityManager,
  workspaceId: string,
  runId: string,
  now: Date,
): Promise<GroupsDone> {
  const choice = await readGroupsChoice(transaction, workspaceId);
  const dropped = await inHalves(
    transaction,
    await droppedGroups(transaction, workspaceId, choice),
    (db, ids) => dropGroups(db, workspaceId, ids),
  );
  const changed = await changedGroups(transaction, workspaceId, choice);
  const unchanged = await inHalves(transaction, changed, (db, groups) =>
    bringInLine(db, workspaceId, groups, now),
  );
  return {
    groups: [...dropped, ...unchanged.map(({ item, error }) => ({ item: item.id, error }))],
    people: await joinGroups(transaction, workspaceId, runId),
  };
}

/** Groups whose directory group is gone, or is not chosen any more. */
async function droppedGroups(db: Queryable, workspaceId: string, choice: GroupsChoice): Promise<string[]> {
  const rows = await db.query<{ id: string }[]>(
    `SELECT g.id FROM member_group g
     WHERE g.workspace_id = $1 AND g.directory_group_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM directory_group d WHERE d.workspace_id = $1 AND d.id = g.directory_group_id AND ${isChosen})
     ORDER BY g.id`,
    [workspaceId, ...choice],
  );
  return rows.map(({ id }) => id);
}

async function dropGroups(db: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> {
  await db.query('DELETE FROM member_group WHERE workspace_id = $1 AND id = ANY ($2::uuid[])', [
    workspaceId,
    ids,
  ]);
}

/** Memberships of everybody whom this run touched. */
async function joinGroups(
  transaction: EntityManager,
  workspaceId: string,
  runId: string,
): Promise<Refused<string>[]> {
  const error = await attempt(transaction, (db) => join(db, workspaceId, runId, null));
  if (error === null) return [];
  const rows = await transaction.query<{ id: string }[]>(
    'SELECT id FROM sync_change WHERE workspace_id = $1 AND run_id = $2 ORDER BY directory_user_id',
    [workspaceId, runId],
  );
  const changes = rows.map(({ id }) => id);
  return inHalves(transaction, changes, (db, ids) => join(db, workspaceId, runId, ids));
}

/** @param changes the ids of the changes of the run whose people are meant; null: all of them */
async function join(
  db: Queryable,
  workspaceId: string,
  runId: string,
  changes: readonly string[] | null,
): Promise<void> {
  await db.query(
    `INSERT INTO member_group_member (workspace_id, group_id, member_id)
     SELECT DISTINCT $1::uuid, g.id, m.id
     FROM sync_change c
     CROSS JOIN LATERAL (
       SELECT group_id FROM directory_group_member
       WHERE workspace_id = $1 AND user_id = c.directory_user_id OFFSET 0) d
     CROSS JOIN LATERAL (
       SELECT id FROM member_group WHERE workspace_id = $1 AND directory_group_id = d.group_id OFFSET 0) g
     CROSS JOIN LATERAL (
       SELECT member_id FROM sync_link WHERE workspace_id = $1 AND directory_user_id = c.directory_user_id OFFSET 0) l
     CROSS JOIN LATERAL (
       SELECT id FROM member WHERE workspace_id = $1 AND id = l.member_id AND status <> 'removed' OFFSET 0) m
     WHERE c.workspace_id = $1 AND c.run_id = $2 AND ($3::uuid[] IS NULL OR c.id = ANY ($3))
       AND EXISTS (SELECT 1 FROM member_group WHERE workspace_id = $1)
     ON CONFLICT DO NOTHING`,
    [workspaceId, runId, changes],
  );
}

interface GroupVersion {
  id: string;
  version: string;
}

/** Locked against other runs; an identity provider may write on: it gives the group a newer version. */
function changedGroups(db: Queryable, workspaceId: string, choice: GroupsChoice): Promise<GroupVersion[]> {
  return db.query<GroupVersion[]>(
    `SELECT d.id, d.version FROM directory_group d
     LEFT JOIN member_group g ON g.workspace_id = $1 AND g.directory_group_id = d.id
     WHERE d.workspace_id = $1 AND ${isChosen} AND g.directory_group_version IS DISTINCT FROM d.version
     ORDER BY d.id`,
    [workspaceId, ...choice],
  );
}

/**
 * Notes the versions that were read before the memberships are: a membership that arrives in between comes with a
 * newer version, so that the next run looks again.
 */
async function bringInLine(
  db: Queryable,
  workspaceId: string,
  groups: readonly GroupVersion[],
  now: Date,
): Promise<void> {
  const ids = groups.map(({ id }) => id);
  await db.query(
    `INSERT INTO member_group (workspace_id, id, name, directory_group_id, directory_group_version, created_at, updated_at)
     SELECT $1, d.id, d.display_name, d.id, v.version, $4, $4
     FROM unnest($2::uuid[], $3::bigint[]) AS v(id, version)
     JOIN directory_group d ON d.workspace_id = $1 AND d.id = v.id
     ORDER BY d.id
     ON CONFLICT (workspace_id, directory_group_id) DO UPDATE SET name = excluded.name,
       directory_group_version = excluded.directory_group_version, updated_at = excluded.updated_at`,
    [workspaceId, ids, groups.map(({ version }) => version), now],
  );
  await db.query(
    `WITH wanted AS (
       SELECT g.id AS group_id, m.id AS member_id
       FROM member_group g
       CROSS JOIN LATERAL (
         SELECT user_id FROM directory_group_member
         WHERE workspace_id = $1 AND group_id = g.directory_group_id OFFSET 0) d
       CROSS JOIN LATERAL (
         SELECT member_id FROM sync_link WHERE workspace_id = $1 AND directory_user_id = d.user_id OFFSET 0) l
       CROSS JOIN LATERAL (
         SELECT id FROM member WHERE workspace_id = $1 AND id = l.member_id AND status <> 'removed' OFFSET 0) m
       WHERE g.workspace_id = $1 AND g.directory_group_id = ANY ($2::uuid[])
     ), left_over AS (
       DELETE FROM member_group_member x USING member_group g
       WHERE g.workspace_id = $1 AND g.directory_group_id = ANY ($2::uuid[])
         AND x.workspace_id = $1 AND x.group_id = g.id
         AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.group_id = x.group_id AND w.member_id = x.member_id)
     )
     INSERT INTO member_group_member (workspace_id, group_id, member_id)
     SELECT DISTINCT $1::uuid, group_id, member_id FROM wanted ON CONFLICT DO NOTHING`,
    [workspaceId, ids],
  );
}
