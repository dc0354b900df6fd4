import { rolesWaitCode, waitForSeatCode } from '../record/run-notes.ts';
import type { EntityManager } from 'typeorm';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { parameter, sql } from '../../database/sql.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Basis } from '../decision/change.ts';
import type { ConflictReason, KeptReason } from '../decision/reason.ts';
import { refuseIdsNotIn } from '../policy/named-ids.ts';
import { lockRun } from '../record/run-statements.ts';
import { releaseCauses } from '../writing/release-holds.ts';
import { settleSuspensions } from '../writing/suspend-held.ts';
import type { WriteContext } from '../writing/write-context.ts';

/** Who is held in a run. */
export interface HeldChange {
  id: string;
  directory_user_id: string;
}

/** Suppresses what was held: the changes are rejected, and the links keep the version of the person they were based on. */
export async function rejectHeld(
  manager: EntityManager,
  context: { workspaceId: string; now: Date; events: MemberEvents },
  changeIds: readonly string[],
): Promise<void> {
  const { workspaceId, now } = context;
  const db = dbOf(manager);
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ member_id: string | null }>`WITH rejected AS (
       UPDATE sync_change SET state = 'rejected'
       WHERE workspace_id = ${workspace} AND id = ANY (${changeIds}::uuid[]) AND state = 'held'
       RETURNING directory_user_id, kind, directory_version
     ), held AS (
       SELECT r.*, jsonb_build_object(
         'code', 'rejected', 'params', jsonb_build_object('kind', r.kind, 'heldAt', l.updated_at)) AS reason
       FROM rejected r JOIN sync_link l ON l.workspace_id = ${workspace} AND l.directory_user_id = r.directory_user_id
     )
     UPDATE sync_link l SET state = 'suppressed', suppressed_kind = r.kind, updated_at = ${now},
       directory_version = r.directory_version, held_at = l.updated_at, reason = r.reason
     FROM held r
     WHERE l.workspace_id = ${workspace} AND l.directory_user_id = r.directory_user_id AND l.state = 'held'
     RETURNING l.member_id`,
  );
  await settleSuspensions(
    db,
    context,
    rows.map(({ member_id }) => member_id),
  );
}

/** The members of people. */
export async function membersOf(
  db: Db,
  workspaceId: string,
  directoryUserIds: readonly string[],
): Promise<(string | null)[]> {
  const { rows } = await db.run(
    sql<{ member_id: string | null }>`
         SELECT member_id FROM sync_link WHERE workspace_id = ${workspaceId}
           AND directory_user_id = ANY (${directoryUserIds}::uuid[])`,
  );
  return rows.map(({ member_id }) => member_id);
}

/** The held changes of a run, locked together with it. */
export async function lockHeld(
  manager: EntityManager,
  workspaceId: string,
  runId: string,
  only: readonly string[] | undefined,
): Promise<HeldChange[]> {
  const run = await lockRun(dbOf(manager), workspaceId, runId);
  if (run.state !== 'awaiting_approval')
    throw new ConflictError('nothing-held', 'Nothing is held in this run.');
  const held = await readHeld(manager, workspaceId, runId, only);
  const found = held.map((change) => change.directory_user_id);
  refuseIdsNotIn('directoryUserIds', only ?? [], found, {
    code: 'nothing-held',
    message: 'Nothing is held for this person in this run.',
  });
  return held;
}

/** The held changes of a run whose row the caller has locked. */
export async function readHeld(
  manager: EntityManager,
  workspaceId: string,
  runId: string,
  only: readonly string[] | undefined,
): Promise<HeldChange[]> {
  const people = parameter(only ?? null);
  const { rows } = await dbOf(manager).run(sql<HeldChange>`SELECT id, directory_user_id FROM sync_change
     WHERE workspace_id = ${workspaceId} AND run_id = ${runId} AND state = 'held'
       AND (${people}::uuid[] IS NULL OR directory_user_id = ANY (${people}))
     ORDER BY directory_user_id FOR UPDATE`);
  return rows;
}

/** Keeps the change of a removal that could not be written, and makes the person a conflict. */
export async function noteRefused(
  manager: EntityManager,
  { workspaceId, runId, now }: Pick<WriteContext, 'workspaceId' | 'runId' | 'now'>,
  refused: { directoryUserId: string; basedOn: Basis; kept: KeptReason; conflict: ConflictReason },
): Promise<void> {
  const { directoryUserId, basedOn, kept, conflict } = refused;
  const workspace = parameter(workspaceId);
  const person = parameter(directoryUserId);
  await dbOf(manager).run(sql`WITH kept AS (
       UPDATE sync_change SET state = 'kept', kept_reason = ${JSON.stringify(kept)}
       WHERE workspace_id = ${workspace} AND run_id = ${runId} AND directory_user_id = ${person}
         AND state = 'held'
     )
     UPDATE sync_link
       SET state = 'conflict', reason = ${JSON.stringify(conflict)}::jsonb,
       directory_version = ${basedOn.version}, updated_at = ${now}
     WHERE workspace_id = ${workspace} AND directory_user_id = ${person}`);
}

/** Removals that were held and never carried out have one of these reasons; those that an undo left as they are have others. */
const neverCarriedOut: readonly KeptReason['code'][] = [...releaseCauses, 'approval-refused'];

/** The run's counts follow what became of its held changes. What it did stays counted when it is undone, as in every run. */
export async function recount(db: Db, workspaceId: string, runId: string): Promise<void> {
  const workspace = parameter(workspaceId);
  const run = parameter(runId);
  const carriedOut = sql`(state IN ('made', 'approved', 'undone')
    OR state = 'kept' AND kept_reason ->> 'code' <> ALL (${neverCarriedOut}::text[]))`;
  await db.run(sql`UPDATE sync_run r SET counts = r.counts || (
       SELECT jsonb_build_object(
         'held', count(*) FILTER (WHERE state = 'held') + coalesce((
           SELECT sum((n #>> '{params,count}')::int) FROM jsonb_array_elements(r.notes) n
           WHERE n ->> 'code' IN (${waitForSeatCode}, ${rolesWaitCode})), 0),
         'suppressed', (SELECT count(*) FROM sync_link WHERE workspace_id = ${workspace}
           AND state = 'suppressed'),
         'deactivate', count(*) FILTER (WHERE kind = 'deactivate' AND ${carriedOut}),
         'remove', count(*) FILTER (WHERE kind = 'remove' AND ${carriedOut}))
       FROM sync_change WHERE workspace_id = ${workspace} AND run_id = ${run})
     WHERE r.workspace_id = ${workspace} AND r.id = ${run}`);
}
