import type { EntityManager } from 'typeorm';

/**
 * A later cause gives the entry a new stamp, so that a batch which handled the older one does not delete it; a leaver
 * stays a leaver, since a lane of its own looks for that reason, and nobody is put off by a later date.
 */
const onAlreadyQueued = `
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET
    version = excluded.version,
    reason = CASE WHEN sync_queue.reason = 'leaver' THEN sync_queue.reason ELSE excluded.reason END,
    due_at = least(sync_queue.due_at, excluded.due_at)`;

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
     ${onAlreadyQueued}`,
    [workspaceId, memberIds, reason, now],
  );
}

/**
 * Puts every directory user of the workspace into the sync queue: a rule, a property or a setting changed.
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
     SELECT workspace_id, id, gen_random_uuid(), $2, $3
     FROM directory_user
     WHERE workspace_id = $1
     ORDER BY id
     ${onAlreadyQueued}`,
    [workspaceId, reason, now],
  );
}
