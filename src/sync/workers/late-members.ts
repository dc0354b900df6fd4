import type { EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Refused } from '../planning/in-halves.ts';
import { attempt, inHalves } from '../planning/in-halves.ts';
import { resolveLateManagers } from '../runs/finish-run.ts';
import { resolveLateReferences } from '../writing/pending-references.ts';
import type { LeasedRun } from '../record/run-lease.ts';

/** The changes of a run that wait until somebody has a member. */
const waitingSql = `SELECT id FROM sync_change
  WHERE workspace_id = $1 AND run_id = $2 AND waits_for IS NOT NULL ORDER BY directory_user_id`;

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
  const rows = await transaction.query<{ id: string }[]>(waitingSql, [run.workspaceId, run.id]);
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
    await savepoint.query(
      `WITH noted AS (
         UPDATE sync_change SET waits_for = NULL,
           reason = jsonb_set(reason, '{params,refused}', to_jsonb($4::text))
         WHERE workspace_id = $1 AND run_id = $2 AND id = ANY ($3::uuid[])
         RETURNING directory_user_id, kind, directory_version
       )
       UPDATE sync_link l SET state = 'conflict', suppressed_kind = NULL, updated_at = $5,
         directory_version = n.directory_version, reason = jsonb_build_object('code', 'write-refused', 'params',
           jsonb_build_object('reference', $4::text, 'kind', n.kind))
       FROM noted n WHERE l.workspace_id = $1 AND l.directory_user_id = n.directory_user_id`,
      [run.workspaceId, run.id, ids, reference, now],
    );
  });
}
