/**
 * The tail of an `INSERT INTO sync_queue`, in every room that queues people. A newer cause gets a fresh stamp, so that a
 * run which is handling the older one does not delete it; nobody is put off by a later date. Only what happened to
 * the person replaces the reason, since a lane looks for leavers and returners by theirs; a returner stays one when
 * more becomes known about them.
 */
export const onQueued = `
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET
    version = excluded.version,
    due_at = least(sync_queue.due_at, excluded.due_at),
    reason = CASE WHEN sync_queue.reason = 'returner' AND excluded.reason = 'updated' THEN sync_queue.reason
                  WHEN excluded.reason IN ('created', 'updated', 'leaver', 'returner') THEN excluded.reason
                  ELSE sync_queue.reason END`;
