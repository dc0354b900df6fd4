import type { EntityManager } from 'typeorm';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { parameter, raw, sql } from '../database/sql.ts';
import { MemberEvents } from '../member-directory/events/member-events.ts';

/** Rows that one statement deletes or looks at, so that it holds locks only briefly. */
export const prunedAtOnceMax = 2_000;
/** Members that one transaction deletes. */
export const membersPrunedAtOnceMax = 200;

/**
 * Deletes members who were removed long ago, with what links them to the directory. Those whose manager they were have none
 * then, of which the host product hears.
 *
 * @returns how many
 */
export async function pruneMembers(
  manager: EntityManager,
  workspaceId: string,
  before: Date,
  now: Date,
): Promise<number> {
  const db = dbOf(manager);
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ id: string }>`SELECT id FROM member WHERE workspace_id = ${workspace}
    AND status = 'removed' AND updated_at < ${before} ORDER BY id LIMIT ${membersPrunedAtOnceMax} FOR UPDATE SKIP LOCKED`);
  if (rows.length === 0) return 0;
  const ids = parameter(rows.map(({ id }) => id));
  const { rows: reports } = await db.run(sql<{ id: string; managerId: string }>`WITH of AS (
      SELECT id, manager_id FROM member WHERE workspace_id = ${workspace} AND manager_id = ANY (${ids}::uuid[])
        AND id <> ALL (${ids}::uuid[]) ORDER BY id FOR UPDATE
    ) UPDATE member m SET manager_id = NULL, version = m.version + 1, updated_at = ${now} FROM of
    WHERE m.workspace_id = ${workspace} AND m.id = of.id RETURNING m.id, of.manager_id AS "managerId"`);
  await db.run(sql`UPDATE sync_link l SET member_id = NULL WHERE workspace_id = ${workspace} AND member_id = ANY (${ids}::uuid[])
    AND EXISTS (SELECT FROM directory_user u WHERE u.workspace_id = ${workspace} AND u.id = l.directory_user_id)`);
  for (const table of ['sync_link', 'former_link', 'member_group_member'])
    await db.run(
      sql`DELETE FROM ${raw(table)} WHERE workspace_id = ${workspace} AND member_id = ANY (${ids}::uuid[])`,
    );
  await db.run(sql`DELETE FROM member WHERE workspace_id = ${workspace} AND id = ANY (${ids}::uuid[])`);
  const events = new MemberEvents({ by: 'operator', runId: null, reason: null });
  for (const { id, managerId } of reports)
    events.member('member.updated', id, [{ field: 'managerId', before: managerId, after: null }]);
  events.append(db, workspaceId, now);
  return rows.length;
}

/** A place in the history of a workspace, which is read in the order of its key. */
interface Place {
  resourceId: string;
  id: string;
}

/** Deletes what was changed in the directory long ago. @returns where to go on; null: that was all */
export async function pruneHistory(
  db: Db,
  workspaceId: string,
  before: Date,
  after: Place | null,
): Promise<Place | null> {
  const workspace = parameter(workspaceId);
  const first = '00000000-0000-0000-0000-000000000000';
  const { resourceId, id } = after ?? { resourceId: first, id: first };
  const { rows } = await db.run(sql<Place & { count: number }>`WITH next AS (
      SELECT resource_id, id, at FROM directory_event WHERE workspace_id = ${workspace}
        AND (resource_id, id) > (${resourceId}::uuid, ${id}::uuid) ORDER BY resource_id, id LIMIT ${prunedAtOnceMax}
    ), gone AS (
      DELETE FROM directory_event e USING next WHERE e.workspace_id = ${workspace} AND e.resource_id = next.resource_id
        AND e.id = next.id AND next.at < ${before}
    )
    SELECT resource_id AS "resourceId", id, (SELECT count(*)::int FROM next) AS count FROM next
    ORDER BY resource_id DESC, id DESC LIMIT 1`);
  const [last] = rows;
  return last === undefined || last.count < prunedAtOnceMax
    ? null
    : { resourceId: last.resourceId, id: last.id };
}

/** Deletes a run that ended long ago, after what it changed, a part at a time. @returns whether there is more to delete */
export async function pruneRuns(db: Db, workspaceId: string, before: Date): Promise<boolean> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ id: string }>`SELECT id FROM sync_run WHERE workspace_id = ${workspace}
    AND state NOT IN ('queued', 'running', 'awaiting_approval') AND finished_at < ${before} ORDER BY id LIMIT 1`);
  const [run] = rows;
  if (run === undefined) return false;
  for (const [table, key] of [
    ['sync_change', 'directory_user_id'],
    ['sync_group_change', 'group_id'],
    ['sync_run_person', 'directory_user_id'],
  ] as const) {
    const { count } =
      await db.run(sql`DELETE FROM ${raw(table)} WHERE workspace_id = ${workspace} AND run_id = ${run.id}
      AND ${raw(key)} IN (SELECT ${raw(key)} FROM ${raw(table)} WHERE workspace_id = ${workspace} AND run_id = ${run.id}
        ORDER BY ${raw(key)} LIMIT ${prunedAtOnceMax})`);
    if (count === prunedAtOnceMax) return true;
  }
  for (const [table, column] of [
    ['nightly_claim', 'run_id'],
    ['sync_run', 'id'],
  ] as const)
    await db.run(
      sql`DELETE FROM ${raw(table)} WHERE workspace_id = ${workspace} AND ${raw(column)} = ${run.id}`,
    );
  return true;
}
