import type { EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { attempt, inHalves, type Refused } from '../planning/in-halves.ts';
import { resolveLateManagers } from '../runs/finish-run.ts';
import { resolveLateReferences } from '../writing/pending-references.ts';
import type { LeasedRun } from '../record/run-lease.ts';

/**
 * Fills in managers and other people who got their member later in the same run. If it cannot be written for one
 * person, it is written for everybody else.
 *
 * @returns the ids of the changes that go on waiting because it cannot be written
 */
export async function resolveLate(
  transaction: EntityManager,
  run: LeasedRun,
  now: Date,
  events: MemberEvents,
): Promise<Refused<string>[]> {
  const error = await attempt(transaction, (savepoint) => resolve(savepoint, run, now, null, events), events);
  if (error === null) return [];
  const { rows } = await dbOf(transaction).run(
    sql<{ id: string }>`SELECT id FROM sync_change
     WHERE workspace_id = ${run.workspaceId} AND run_id = ${run.id} AND waits_for IS NOT NULL
     ORDER BY directory_user_id`,
  );
  const ids = rows.map(({ id }) => id);
  return inHalves(
    transaction,
    ids,
    (savepoint, changes) => resolve(savepoint, run, now, changes, events),
    events,
  );
}

async function resolve(
  db: EntityManager,
  run: LeasedRun,
  now: Date,
  changes: readonly string[] | null,
  events: MemberEvents,
): Promise<void> {
  await resolveLateManagers(dbOf(db), run, now, changes, events);
  await resolveLateReferences(dbOf(db), run, now, changes, events);
}

/**
 * Turns people into conflicts whose change was carried out except for the last step of the run. The change says so, and
 * their link says so until something newer arrives.
 *
 * @param changes the ids of their changes in the run
 */
export async function noteLateRefusals(
  transaction: EntityManager,
  run: LeasedRun,
  changes: readonly string[],
  reference: string,
  now: Date,
): Promise<Refused<string>[]> {
  return inHalves(transaction, changes, async (savepoint, ids) => {
    const cause = parameter(reference);
    const workspace = parameter(run.workspaceId);
    await dbOf(savepoint).run(sql`WITH noted AS (
         UPDATE sync_change SET waits_for = NULL,
           reason = jsonb_set(reason, '{params,refused}', to_jsonb(${cause}::text))
         WHERE workspace_id = ${workspace} AND run_id = ${run.id} AND id = ANY (${ids}::uuid[])
         RETURNING directory_user_id, directory_version, jsonb_build_object('code', 'write-refused', 'params',
           jsonb_build_object('reference', ${cause}::text, 'kind', kind)) AS refused
       )
       UPDATE sync_link l SET state = 'conflict', suppressed_kind = NULL, updated_at = ${now},
         directory_version = n.directory_version, reason = n.refused
       FROM noted n WHERE l.workspace_id = ${workspace} AND l.directory_user_id = n.directory_user_id`);
  });
}
