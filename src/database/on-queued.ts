/**
 * The end of an `INSERT INTO sync_queue`, in every room that queues people. A newer cause gets a fresh version, so that a
 * run that is handling the older cause does not delete it. A later date never delays anyone. Only an event about the person
 * replaces the reason, since leavers and returners are found by it; a returner stays one when more becomes known.
 *
 * Triggers on the memberships of groups queue people too, with a copy of this text in their migration
 * (`1790000000300-rule-sources.ts`); its reason is always 'group'.
 */
export const onQueued = `
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET
    version = excluded.version,
    due_at = least(sync_queue.due_at, excluded.due_at),
    reason = CASE WHEN sync_queue.reason = 'returner' AND excluded.reason = 'updated' THEN sync_queue.reason
                  WHEN excluded.reason IN ('created', 'updated', 'leaver', 'returner') THEN excluded.reason
                  ELSE sync_queue.reason END`;
