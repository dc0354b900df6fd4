import { arrayLiteral } from '../../database/row-arrays.ts';
import type { Queryable } from '../../database/queryable.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';

/**
 * Queues everybody whose conflict is about one of these addresses, which may be free now or somebody else's; and those who
 * may be several members, one of which may be somebody else's now.
 *
 * PostgreSQL hashes the addresses of a subselect; those of a parameter it would compare one by one with every conflict.
 */
export async function queueConflictsAbout(
  db: Queryable,
  workspaceId: string,
  emailKeys: readonly string[],
  now: Date,
): Promise<void> {
  if (emailKeys.length === 0) return;
  await db.query(
    enqueue(
      `SELECT ${queueRow({ person: 'directory_user_id', cause: because('freed-address'), dueAt: '$3' })} FROM sync_link
     WHERE workspace_id = $1 AND state = 'conflict'
       AND (disputed_email_key IN (SELECT unnest($2::text[])) OR reason ->> 'code' = 'two-candidates')
     ORDER BY directory_user_id`,
      'leave',
    ),
    [workspaceId, emailKeys, now],
  );
}

/** Somebody who has just got a member, under one of the names that a reference may use for them: id or `externalId`. */
export interface Arrived {
  reference: string;
  memberId: string;
}

/**
 * The reports of people (`$3` their references, `$4` their members) who do not have them as their manager yet. Reports
 * that the run `$2` has already changed are left out: their manager is filled in at its end.
 *
 * `OFFSET 0` keeps the steps in this order, each an index lookup per row. Right after an initial cycle the planner's
 * statistics know nothing about these tables, and it would compare everybody with everybody.
 */
const reportsOfArrived = `
  SELECT DISTINCT report.id
  FROM unnest($3::text[], $4::uuid[]) AS manager(reference, member_id)
  CROSS JOIN LATERAL (
    SELECT r.id FROM directory_user r WHERE r.workspace_id = $1 AND r.manager_value = manager.reference
    OFFSET 0) report
  CROSS JOIN LATERAL (
    SELECT l.member_id FROM sync_link l
    WHERE l.workspace_id = $1 AND l.directory_user_id = report.id AND l.state = 'linked' AND l.member_id IS NOT NULL
    OFFSET 0) link
  CROSS JOIN LATERAL (
    SELECT e.manager_id FROM member e WHERE e.workspace_id = $1 AND e.id = link.member_id OFFSET 0) employee
  WHERE employee.manager_id IS DISTINCT FROM manager.member_id
    AND (SELECT c.id FROM sync_change c
         WHERE c.workspace_id = $1 AND c.run_id = $2::uuid AND c.directory_user_id = report.id) IS NULL
  ORDER BY report.id`;

/** Queues the reports of people who have just got a member, for the run under way: due as its own people are. */
export async function queueReportsOf(
  db: Queryable,
  workspaceId: string,
  runId: string,
  managers: readonly Arrived[],
  dueBy: Date,
): Promise<void> {
  if (managers.length === 0) return;
  await db.query(
    enqueue(
      `SELECT ${queueRow({ person: 'report.id', cause: because('manager'), dueAt: '$5' })} FROM (${reportsOfArrived}) report`,
      'leave',
    ),
    [workspaceId, runId, ...arrivedArrays(managers), dueBy],
  );
}

/** The people a run would queue in this way: for the preview, which writes nothing. */
export async function readReportsOf(
  db: Queryable,
  workspaceId: string,
  managers: readonly Arrived[],
): Promise<string[]> {
  if (managers.length === 0) return [];
  const rows = await db.query<{ id: string }[]>(reportsOfArrived, [
    workspaceId,
    null,
    ...arrivedArrays(managers),
  ]);
  return rows.map(({ id }) => id);
}

function arrivedArrays(managers: readonly Arrived[]): [string, string] {
  return [
    arrayLiteral(managers.map(({ reference }) => reference)),
    arrayLiteral(managers.map(({ memberId }) => memberId)),
  ];
}
