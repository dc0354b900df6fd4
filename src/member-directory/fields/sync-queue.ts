import type { Db } from '../../database/db.ts';
import { onQueued } from '../../database/on-queued.ts';
import { parameter, raw, sql } from '../../database/sql.ts';

/**
 * Queues everyone whose synchronization may now have another result: the directory users linked to these members, and
 * those in conflict, since an address that is freed or taken may end or move a conflict.
 *
 * @param db the transaction in which the members change
 * @param memberIds the members that changed
 * @param reason kebab-case cause, for people who read the queue
 * @param now the time from the injected clock
 */
export async function queuePeopleOf(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  await db.run(
    sql`INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT workspace_id, directory_user_id, gen_random_uuid(), ${reason}, ${now}
     FROM sync_link
     WHERE workspace_id = ${workspaceId} AND (member_id = ANY (${memberIds}::uuid[]) OR state = 'conflict')
     ORDER BY directory_user_id
     ${raw(onQueued)}`,
  );
}

/**
 * Queues everyone who is in a group, in the directory or in the product: the choice of synchronized groups has changed.
 *
 * @param db the transaction of the change
 * @param now the time from the injected clock
 */
export async function queueGroupMembers(db: Db, workspaceId: string, now: Date): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(
    sql`INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT ${workspace}, id, gen_random_uuid(), 'group', ${now}
     FROM (SELECT user_id AS id FROM directory_group_member WHERE workspace_id = ${workspace} AND user_id IS NOT NULL
           UNION SELECT l.directory_user_id FROM member_group_member g
           JOIN sync_link l ON l.workspace_id = ${workspace} AND l.member_id = g.member_id
           WHERE g.workspace_id = ${workspace}) grouped
     ORDER BY id
     ${raw(onQueued)}`,
  );
}

/**
 * Queues every directory user of the workspace, and everyone who was deleted but has a member: a rule, a property or a
 * setting has changed.
 *
 * @param db the transaction of the change
 * @param reason kebab-case cause, for people who read the queue
 * @param now the time from the injected clock
 */
export async function queueEverybody(db: Db, workspaceId: string, reason: string, now: Date): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(
    sql`INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT ${workspace}, id, gen_random_uuid(), ${reason}, ${now}
     FROM (SELECT id FROM directory_user WHERE workspace_id = ${workspace}
           UNION SELECT directory_user_id FROM sync_link WHERE workspace_id = ${workspace}) everybody
     ORDER BY id
     ${raw(onQueued)}`,
  );
}
