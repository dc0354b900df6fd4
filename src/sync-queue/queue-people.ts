import type { Db } from '../database/db.ts';
import { parameter, raw, sql } from '../database/sql.ts';
import { because, type Cause, enqueue, queueRow } from './enqueue.ts';

/** Queues these people. Those who are queued already keep their reason. */
export async function queuePeople(
  db: Db,
  workspaceId: string,
  people: readonly { directoryUserId: string; dueAt: Date | string }[],
  cause: Cause,
): Promise<void> {
  if (people.length === 0) return;
  const ids = people.map(({ directoryUserId }) => directoryUserId);
  const times = people.map(({ dueAt }) => (typeof dueAt === 'string' ? dueAt : dueAt.toISOString()));
  const workspace = parameter(workspaceId);
  await db.run(
    enqueue(
      sql`SELECT ${queueRow({ workspace, person: 'p.id', cause, dueAt: raw('p.due_at') })}
     FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) AS p(id, due_at) ORDER BY p.id`,
      'refresh',
    ).onOneNode(workspaceId, {}),
  );
}

/**
 * Queues everybody whose synchronization may come out differently now that these members changed: the directory users
 * linked to them, and those in conflict, because a freed or taken address may end or move a conflict.
 *
 * @param db the transaction in which the members change
 * @param now the time from the injected clock
 */
export async function queuePeopleOf(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  cause: Cause,
  now: Date,
): Promise<void> {
  const row = { workspace: raw('workspace_id'), person: 'directory_user_id', cause, dueAt: now };
  await db.run(
    enqueue(
      sql`SELECT ${queueRow(row)}
     FROM sync_link
     WHERE workspace_id = ${workspaceId} AND (member_id = ANY (${memberIds}::uuid[]) OR state = 'conflict')
     ORDER BY directory_user_id`,
      'refresh',
    ),
  );
}

/**
 * Waits until no run or lane is at work on the people that these members are: those who are queued are locked in the order
 * of ids, as runs do, so that they skip them until the transaction ends.
 */
export async function lockQueuedOf(db: Db, workspaceId: string, memberIds: readonly string[]): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(sql`SELECT count(*) FROM (SELECT 1 FROM sync_queue q
    WHERE q.workspace_id = ${workspace} AND q.directory_user_id IN (SELECT l.directory_user_id FROM sync_link l
      WHERE l.workspace_id = ${workspace} AND l.member_id = ANY (${memberIds}::uuid[]))
    ORDER BY q.directory_user_id FOR UPDATE) locked`);
}

/**
 * Queues everybody who is in a group, in the directory or in the product: which groups are synchronized has changed.
 * When the members of one group change, `queue-regrouped.ts` queues them in the statement that does it.
 *
 * @param db the transaction of the change
 * @param now the time from the injected clock
 */
export async function queueGroupMembers(db: Db, workspaceId: string, now: Date): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(
    enqueue(
      sql`SELECT ${queueRow({ workspace, person: 'id', cause: because('group'), dueAt: now })}
     FROM (SELECT user_id AS id FROM directory_group_member WHERE workspace_id = ${workspace}
       AND user_id IS NOT NULL
           UNION SELECT l.directory_user_id FROM member_group_member g
           JOIN sync_link l ON l.workspace_id = ${workspace} AND l.member_id = g.member_id
           WHERE g.workspace_id = ${workspace}) grouped
     ORDER BY id`,
      'refresh',
    ),
  );
}

/**
 * Queues every directory user of the workspace, and everybody who was deleted but has a member: a rule, a property or a
 * setting changed.
 *
 * @param db the transaction of the change
 * @param now the time from the injected clock
 */
export async function queueEverybody(db: Db, workspaceId: string, cause: Cause, now: Date): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(
    enqueue(
      sql`SELECT ${queueRow({ workspace, person: 'id', cause, dueAt: now })}
     FROM (SELECT id FROM directory_user WHERE workspace_id = ${workspace}
           UNION SELECT directory_user_id FROM sync_link WHERE workspace_id = ${workspace}) everybody
     ORDER BY id`,
      'refresh',
    ),
  );
}
