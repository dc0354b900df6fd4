import type { EntityManager } from 'typeorm';
import { onQueued } from '../../database/on-queued.ts';

/**
 * Puts into the sync queue everyone whose synchronization may come out differently now that these members changed:
 * the directory users linked to them, and those in conflict, since a freed or taken address may mend or move a conflict.
 *
 * @param manager the transaction in which the members change
 * @param memberIds the members that changed
 * @param reason kebab-case cause, kept for the reader of the queue
 * @param now the time from the injected clock
 */
export async function queuePeopleOf(
  manager: EntityManager,
  workspaceId: string,
  memberIds: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT workspace_id, directory_user_id, gen_random_uuid(), $3, $4
     FROM sync_link
     WHERE workspace_id = $1 AND (member_id = ANY ($2::uuid[]) OR state = 'conflict')
     ORDER BY directory_user_id
     ${onQueued}`,
    [workspaceId, memberIds, reason, now],
  );
}

/**
 * Puts everybody who is in a group into the sync queue, in the directory or in the product: which groups are synchronized
 * has changed.
 *
 * @param manager the transaction of the change
 * @param now the time from the injected clock
 */
export async function queueGroupMembers(
  manager: EntityManager,
  workspaceId: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'group', $2
     FROM (SELECT user_id AS id FROM directory_group_member WHERE workspace_id = $1 AND user_id IS NOT NULL
           UNION SELECT l.directory_user_id FROM member_group_member g
           JOIN sync_link l ON l.workspace_id = $1 AND l.member_id = g.member_id
           WHERE g.workspace_id = $1) grouped
     ORDER BY id
     ${onQueued}`,
    [workspaceId, now],
  );
}

/**
 * Puts every directory user of the workspace into the sync queue, and who was deleted but has a member: a rule, a
 * property or a setting changed.
 *
 * @param manager the transaction of the change
 * @param reason kebab-case cause, kept for the reader of the queue
 * @param now the time from the injected clock
 */
export async function queueEverybody(
  manager: EntityManager,
  workspaceId: string,
  reason: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), $2, $3
     FROM (SELECT id FROM directory_user WHERE workspace_id = $1
           UNION SELECT directory_user_id FROM sync_link WHERE workspace_id = $1) everybody
     ORDER BY id
     ${onQueued}`,
    [workspaceId, reason, now],
  );
}
