/**
 * The tail of an `INSERT INTO sync_queue`, in every room that queues people. A newer cause gets a fresh stamp, so that a
 * run which is handling the older one does not delete it; nobody is put off by a later date. Only what happened to
 * the person himself replaces the reason: a lane of its own looks for leavers by theirs.
 */
export const onQueued = `
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET
    version = excluded.version,
    due_at = least(sync_queue.due_at, excluded.due_at),
    reason = CASE WHEN excluded.reason IN ('created', 'updated', 'leaver') THEN excluded.reason
                  ELSE sync_queue.reason END`;
