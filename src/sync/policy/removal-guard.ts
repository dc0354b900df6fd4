import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { Db } from '../../database/db.ts';
import { type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';
import { hours } from '../../errors/duration.ts';

/** How many removals of the last 24 hours are used, and how many are allowed. */
export interface RemovalBudget {
  used: number;
  allowed: number;
}

/** How far back removals count. */
export const windowLengthMs = hours(24);

/**
 * How many active members may lose access within 24 hours, whatever the cause.
 *
 * @param managedBefore members that belong to somebody of the directory and were active when the window began
 */
export function allowedRemovals(guard: WorkspaceSettings['removalGuard'], managedBefore: number): number {
  return Math.max(guard.atLeast, Math.floor((guard.percent * managedBefore) / 100));
}

/** How many people have lost access within the last 24 hours and count: those who have it again do not. */
export function usedRemovals(workspace: Parameter, now: Date): Sql {
  return sql`(SELECT count(DISTINCT c.member_id)::int FROM sync_change c
    JOIN member m ON m.workspace_id = ${workspace} AND m.id = c.member_id AND m.status <> 'active'
    WHERE c.workspace_id = ${workspace} AND c.at > ${new Date(now.getTime() - windowLengthMs)}
      AND c.kind IN ('deactivate', 'remove') AND c.state IN ('made', 'approved')
      AND c.fields @> '[{"field": "status", "before": "active"}]' AND c.origin <> 'undo')`;
}

/**
 * How many active members belong to somebody of the directory, provisioned or linked: the share counts from them. Each has
 * one link, so they are all links to a member without those to members who are not active: both come from indexes alone.
 */
export function managedActive(workspace: Parameter): Sql {
  return sql`((SELECT count(*) FROM sync_link WHERE workspace_id = ${workspace} AND member_id IS NOT NULL)
    - (SELECT count(*) FROM member m JOIN sync_link l ON l.workspace_id = ${workspace} AND l.member_id = m.id
       WHERE m.workspace_id = ${workspace} AND m.status <> 'active'))::int`;
}

/**
 * A run, and how many members the share counted from when it needed the budget first: it is counted once. What the run
 * brings in does not count, so its budget does not grow while it goes on.
 */
export interface SpendingRun {
  id: string;
  managedBefore: number | null;
}

/**
 * The budget at this moment. The people active when the window began are those who are active now and those removed
 * since. People who have access again do not count, and neither do undos, which an admin asked for.
 *
 * @param run people that this run itself brought in do not count; null: for no run
 */
export async function removalBudget(
  db: Db,
  workspaceId: string,
  guard: WorkspaceSettings['removalGuard'],
  now: Date,
  run: SpendingRun | null = null,
): Promise<RemovalBudget> {
  const workspace = parameter(workspaceId);
  if (typeof run?.managedBefore === 'number') {
    const [known] = (await db.run(sql<{ used: number }>`SELECT ${usedRemovals(workspace, now)} AS used`))
      .rows;
    return { used: known?.used ?? 0, allowed: allowedRemovals(guard, run.managedBefore) };
  }
  const brought =
    run === null
      ? sql`0`
      : sql`(SELECT count(*)::int FROM sync_change WHERE workspace_id = ${workspace} AND run_id = ${run.id}
          AND kind IN ('create', 'link', 'reactivate'))`;
  const { rows } = await db.run(sql<{ used: number; managedBefore: number }>`
     SELECT used, greatest(0, active + used - brought) AS "managedBefore" FROM (SELECT
       ${usedRemovals(workspace, now)} AS used, ${managedActive(workspace)} AS active, ${brought} AS brought) counted`);
  const [row] = rows;
  const { used, managedBefore } = row ?? { used: 0, managedBefore: 0 };
  if (run !== null) run.managedBefore = managedBefore;
  return { used, allowed: allowedRemovals(guard, managedBefore) };
}

/** Only one transaction at a time may spend a workspace's budget; held until the transaction ends. */
export async function lockRemovalBudget(db: Db, workspaceId: string): Promise<void> {
  await db.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('removal-budget:' || ${workspaceId}::text, 0))`,
  );
}
