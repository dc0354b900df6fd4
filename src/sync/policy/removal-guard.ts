import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { Queryable } from '../../database/queryable.ts';

/** How many removals of the last 24 hours are used, and how many are allowed. */
export interface RemovalBudget {
  used: number;
  allowed: number;
}

/** The removals of how long ago count. */
export const windowLengthMs = 24 * 60 * 60 * 1000;

/**
 * How many active members may lose access within 24 hours, whatever takes it from them.
 *
 * @param provisionedActive provisioned members that were active when the window began
 */
export function allowedRemovals(guard: WorkspaceSettings['removalGuard'], provisionedActive: number): number {
  return Math.max(guard.atLeast, Math.floor((guard.percent * provisionedActive) / 100));
}

/**
 * The budget at this moment. Who was active when the window began are those who are now and those who were removed
 * since. People who have access again do not count, and neither does what an undo takes back: an admin's word.
 *
 * @param runId whom this run itself brought in does not count, so that its budget does not grow while it goes on
 */
export async function removalBudget(
  db: Queryable,
  workspaceId: string,
  guard: WorkspaceSettings['removalGuard'],
  now: Date,
  runId: string | null = null,
): Promise<RemovalBudget> {
  const [row] = await db.query<{ used: number; active: number; brought: number }[]>(
    `SELECT
       (SELECT count(DISTINCT c.member_id)::int FROM sync_change c
        JOIN member m ON m.workspace_id = $1 AND m.id = c.member_id AND m.status <> 'active'
        WHERE c.workspace_id = $1 AND c.at > $2 AND c.kind IN ('deactivate', 'remove') AND c.state IN ('made', 'approved')
          AND c.fields @> '[{"field": "status", "before": "active"}]' AND c.origin <> 'undo') AS used,
       (SELECT count(*)::int FROM sync_link l
        JOIN member m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
        WHERE l.workspace_id = $1 AND m.status = 'active') AS active,
       (SELECT count(*)::int FROM sync_change c
        WHERE c.workspace_id = $1 AND c.run_id = $3 AND c.kind IN ('create', 'link', 'reactivate')) AS brought`,
    [workspaceId, new Date(now.getTime() - windowLengthMs), runId],
  );
  const { used, active, brought } = row ?? { used: 0, active: 0, brought: 0 };
  return { used, allowed: allowedRemovals(guard, Math.max(0, active + used - brought)) };
}

/** Only one transaction at a time may spend a workspace's budget; held until the transaction ends. */
export async function lockRemovalBudget(db: Queryable, workspaceId: string): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('removal-budget:' || $1::text, 0))`, [
    workspaceId,
  ]);
}
