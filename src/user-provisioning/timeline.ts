import type { DataSource } from 'typeorm';
import { changesOfEvent } from '../scim/event-changes.ts';

/** How many entries a timeline shows at most: the newest. */
export const timelineEntriesMax = 500;

/** One thing that happened to a person: the identity provider sent it, a run did it, or an admin. */
export interface TimelineEntry {
  at: Date;
  by: 'identity_provider' | 'sync' | 'admin';
  kind: string;
  /** Field-level changes, in the shape of their source. */
  changes: unknown;
  reason: { code: string; params: Record<string, unknown> } | null;
  runId: string | null;
  actor: string | null;
}

/**
 * Everything that is known of a member's history, oldest first: events of the directory users that were ever linked
 * to him, the changes of runs, the deeds of admins.
 */
export async function timelineOf(
  dataSource: DataSource,
  workspaceId: string,
  memberId: string,
): Promise<TimelineEntry[]> {
  const entries = await dataSource.query<TimelineEntry[]>(
    `WITH person AS (
       SELECT directory_user_id AS id FROM sync_link WHERE workspace_id = $1 AND member_id = $2
       UNION SELECT directory_user_id FROM sync_change WHERE workspace_id = $1 AND member_id = $2
     ), entry AS (
       SELECT e.at, e.id, 'identity_provider' AS by, e.kind, e.changes, NULL::jsonb AS reason, NULL::uuid AS run_id,
              NULL AS actor
       FROM directory_event e JOIN person p ON e.resource_id = p.id
       WHERE e.workspace_id = $1 AND e.resource_type = 'User'
       UNION ALL
       SELECT c.at, c.id, 'sync', CASE WHEN c.state = 'made' OR c.kind = 'conflict' THEN c.kind ELSE c.kind || '_' || c.state END,
              c.fields, c.reason, c.run_id, NULL
       FROM sync_change c WHERE c.workspace_id = $1 AND c.member_id = $2
       UNION ALL
       SELECT a.at, a.id, 'admin', a.action, a.details, NULL, NULL, a.actor_email
       FROM audit_log a WHERE a.workspace_id = $1 AND a.target = $2::text
     ), newest AS (
       SELECT * FROM entry ORDER BY at DESC, id DESC LIMIT ${timelineEntriesMax}
     )
     SELECT at, by, kind, changes, reason, run_id AS "runId", actor FROM newest ORDER BY at, id`,
    [workspaceId, memberId],
  );
  return entries.map((entry) =>
    entry.by === 'identity_provider' ? { ...entry, changes: changesOfEvent(entry.changes) } : entry,
  );
}
