import { arrayLiteral } from '../../database/row-arrays.ts';
import type { Db } from '../../database/db.ts';
import { type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';

/**
 * Queues everybody whose conflict is about one of these addresses, which may be free now or somebody else's; and those who
 * may be several members, one of which may be somebody else's now.
 *
 * PostgreSQL hashes the addresses of a subselect; those of a parameter it would compare one by one with every conflict.
 */
export async function queueConflictsAbout(
  db: Db,
  workspaceId: string,
  emailKeys: readonly string[],
  now: Date,
): Promise<void> {
  if (emailKeys.length === 0) return;
  const workspace = parameter(workspaceId);
  const row = { workspace, person: 'directory_user_id', cause: because('freed-address'), dueAt: now };
  await db.run(
    enqueue(
      sql`SELECT ${queueRow(row)} FROM sync_link
     WHERE workspace_id = ${workspace} AND state = 'conflict'
       AND (disputed_email_key IN (SELECT unnest(${emailKeys}::text[])) OR reason ->> 'code' = 'two-candidates')
     ORDER BY directory_user_id`,
      'leave',
    ).onOneNode(workspaceId, {}),
  );
}

/** Somebody who has just got a member, under one of the names that a reference may use for them: id or `externalId`. */
export interface Arrived {
  reference: string;
  memberId: string;
}

/**
 * The reports of people who do not have them as their manager yet. Reports that the run has already changed are left out:
 * their manager is filled in at its end.
 *
 * `OFFSET 0` keeps the steps in this order, each an index lookup per row. Right after an initial cycle the planner's
 * statistics know nothing about these tables, and it would compare everybody with everybody.
 *
 * @param runId null: nobody has been changed yet
 */
function reportsOfArrived(
  workspaceId: Parameter,
  runId: string | null,
  managers: readonly Arrived[],
): Sql<{ id: string }> {
  const references = arrayLiteral(managers.map(({ reference }) => reference));
  const members = arrayLiteral(managers.map(({ memberId }) => memberId));
  return sql`
  SELECT DISTINCT report.id
  FROM unnest(${references}::text[], ${members}::uuid[]) AS manager(reference, member_id)
  CROSS JOIN LATERAL (
    SELECT r.id FROM directory_user r
    WHERE r.workspace_id = ${workspaceId} AND r.manager_value = manager.reference OFFSET 0) report
  CROSS JOIN LATERAL (
    SELECT l.member_id FROM sync_link l
    WHERE l.workspace_id = ${workspaceId} AND l.directory_user_id = report.id AND l.state = 'linked'
      AND l.member_id IS NOT NULL OFFSET 0) link
  CROSS JOIN LATERAL (
    SELECT e.manager_id FROM member e
    WHERE e.workspace_id = ${workspaceId} AND e.id = link.member_id OFFSET 0) employee
  WHERE employee.manager_id IS DISTINCT FROM manager.member_id
    AND (SELECT c.id FROM sync_change c
         WHERE c.workspace_id = ${workspaceId} AND c.run_id = ${runId}::uuid
           AND c.directory_user_id = report.id) IS NULL
  ORDER BY report.id`;
}

/** Queues the reports of people who have just got a member, for the run under way: due as its own people are. */
export async function queueReportsOf(
  db: Db,
  workspaceId: string,
  runId: string,
  managers: readonly Arrived[],
  dueBy: Date,
): Promise<void> {
  if (managers.length === 0) return;
  const workspace = parameter(workspaceId);
  const row = queueRow({ workspace, person: 'report.id', cause: because('manager'), dueAt: dueBy });
  const reports = reportsOfArrived(workspace, runId, managers);
  await db.run(enqueue(sql`SELECT ${row} FROM (${reports}) report`, 'leave').onOneNode(workspaceId, {}));
}

/** The people a run would queue in this way: for the preview, which writes nothing. */
export async function readReportsOf(
  db: Db,
  workspaceId: string,
  managers: readonly Arrived[],
): Promise<string[]> {
  if (managers.length === 0) return [];
  const { rows } = await db.run(reportsOfArrived(parameter(workspaceId), null, managers));
  return rows.map(({ id }) => id);
}
