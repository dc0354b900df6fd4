import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { Queryable } from '../../database/queryable.ts';

/** How many removals of the last 24 hours are used, and how many are allowed. */
export interface RemovalBudget {
  used: number;
  allowed: number;
}

/** How far back removals count. */
export const windowLengthMs = 24 * 60 * 60 * 1000;

/**
 * How many active members may lose access within 24 hours, whatever the cause.
 *
 * @param provisionedActive provisioned members that were active when the window began
 */
export function allowedRemovals(guard: WorkspaceSettings['removalGuard'], provisionedActive: number): number {
  return Math.max(guard.atLeast, Math.floor((guard.percent * provisionedActive) / 100));
}

/**
 * The budget at this moment. The people active when the window began are those who are active now and those removed
 * since. People who have access again do not count, and neither do undos, which an admin asked for.
 *
 * @param runId people that this run itself brought in do not count, so its budget does not grow while it runs
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
