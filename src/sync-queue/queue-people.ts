import type { Queryable } from '../database/queryable.ts';
import { because, type Cause, enqueue, queueRow } from './enqueue.ts';

/** Queues these people. Those who are queued already keep their reason. */
export async function queuePeople(
  db: Queryable,
  workspaceId: string,
  people: readonly { directoryUserId: string; dueAt: Date | string }[],
  cause: Cause,
): Promise<void> {
  if (people.length === 0) return;
  await db.query(
    enqueue(
      `SELECT ${queueRow({ person: 'p.id', cause: '$4', dueAt: 'p.due_at' })}
     FROM unnest($2::uuid[], $3::timestamptz[]) AS p(id, due_at) ORDER BY p.id`,
      'refresh',
    ),
    [
      workspaceId,
      people.map(({ directoryUserId }) => directoryUserId),
      people.map(({ dueAt }) => dueAt),
      cause,
    ],
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
  db: Queryable,
  workspaceId: string,
  memberIds: readonly string[],
  cause: Cause,
  now: Date,
): Promise<void> {
  const row = { workspace: 'workspace_id', person: 'directory_user_id', cause: '$3', dueAt: '$4' };
  await db.query(
    enqueue(
      `SELECT ${queueRow(row)}
     FROM sync_link
     WHERE workspace_id = $1 AND (member_id = ANY ($2::uuid[]) OR state = 'conflict')
     ORDER BY directory_user_id`,
      'refresh',
    ),
    [workspaceId, memberIds, cause, now],
  );
}

/**
 * Queues everybody who is in a group, in the directory or in the product: which groups are synchronized has changed.
 * When the members of one group change, the database's own triggers queue them (`triggers.md`).
 *
 * @param db the transaction of the change
 * @param now the time from the injected clock
 */
export async function queueGroupMembers(db: Queryable, workspaceId: string, now: Date): Promise<void> {
  await db.query(
    enqueue(
      `SELECT ${queueRow({ person: 'id', cause: because('group'), dueAt: '$2' })}
     FROM (SELECT user_id AS id FROM directory_group_member WHERE workspace_id = $1 AND user_id IS NOT NULL
           UNION SELECT l.directory_user_id FROM member_group_member g
           JOIN sync_link l ON l.workspace_id = $1 AND l.member_id = g.member_id
           WHERE g.workspace_id = $1) grouped
     ORDER BY id`,
      'refresh',
    ),
    [workspaceId, now],
  );
}

/**
 * Queues every directory user of the workspace, and everybody who was deleted but has a member: a rule, a property or a
 * setting changed.
 *
 * @param db the transaction of the change
 * @param now the time from the injected clock
 */
export async function queueEverybody(
  db: Queryable,
  workspaceId: string,
  cause: Cause,
  now: Date,
): Promise<void> {
  await db.query(
    enqueue(
      `SELECT ${queueRow({ person: 'id', cause: '$2', dueAt: '$3' })}
     FROM (SELECT id FROM directory_user WHERE workspace_id = $1
           UNION SELECT directory_user_id FROM sync_link WHERE workspace_id = $1) everybody
     ORDER BY id`,
      'refresh',
    ),
    [workspaceId, cause, now],
  );
}
