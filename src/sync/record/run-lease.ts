import type { EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import type { Db } from '../../database/db.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import { list, type Parameter, parameter, raw, sql, when } from '../../database/sql.ts';
import type { Pending } from '../decision/change.ts';
import type { RunFailureReason } from '../decision/reason.ts';
import type { RunNotes } from './run-notes.ts';
import type { RunTrigger } from './run-states.ts';

/** How long a process may be silent before another one takes its run over. */
export const leaseLengthMs = 15_000;

/** How often a run is tried without getting any further, failing or dying, before it has failed for good. */
export const attemptsMax = 5;

/** A run that this process works on. `fence` is the number under which it may write. */
export interface LeasedRun {
  workspaceId: string;
  id: string;
  trigger: RunTrigger;
  undoesRunId: string | null;
  /** It is about chosen people alone: those of `sync_run_person`. */
  ofChosen: boolean;
  fence: string;
  attempts: number;
  createdAt: Date;
  counts: Partial<Pending>;
  notes: RunNotes;
  /** The trace of the request that asked for it. */
  traceparent: string | null;
}

/** Another process has taken the run over, or it may not go on: what this one was about to write must not be written. */
export class LeaseLostError extends Error {
  constructor() {
    super('This run is not for this process to go on with.');
  }
}

/** Which run is taken first: one that somebody has asked for, before those of the night, or simply the oldest. */
export type RunOrder = 'asked-for' | 'oldest';

/**
 * Takes the oldest run that nobody works on: one that is queued, or whose process has been silent for too long. Each
 * time counts as an attempt until the run gets further, so that one which kills its process does not go on for ever.
 * Runs of a workspace that is suspended wait.
 *
 * @param owner a random id of this process
 * @param order what goes first; of several, the oldest
 * @param among of this workspace alone; null: of all
 * @returns null when there is none
 */
export async function claimRun(
  db: Db,
  owner: string,
  at: Date,
  order: RunOrder = 'oldest',
  among: string | null = null,
): Promise<LeasedRun | null> {
  const { rows } = await db.run(
    sql<WaitingRow>`SELECT workspace_id, id FROM sync_run
     WHERE ${isFree(parameter(at))} ${when(among !== null, sql`AND workspace_id = ${among}`)} AND NOT EXISTS (
       SELECT 1 FROM workspace w WHERE w.id = sync_run.workspace_id AND w.suspended_until IS NOT NULL)
     ORDER BY ${when(order === 'asked-for', raw(`trigger = 'nightly',`))} created_at LIMIT ${candidatesMax}`,
  );
  for (const waiting of rows) {
    const claimed = await claim(db, waiting, owner, at);
    if (claimed !== null) return claimed;
  }
  return null;
}

/** Of so many runs one is tried after the other, as long as other processes are faster. */
const candidatesMax = 10;

/** Nobody works on the run. */
const isFree = (now: Parameter) =>
  sql`state IN ('queued', 'running') AND (lease_until IS NULL OR lease_until <= ${now})`;

type WaitingRow = Pick<ClaimedRow, 'workspace_id' | 'id'>;

/** @returns null when another process was faster */
async function claim(db: Db, waiting: WaitingRow, owner: string, at: Date): Promise<LeasedRun | null> {
  const now = parameter(at);
  const workspace = parameter(waiting.workspace_id);
  const { rows } = await db.run(
    sql<ClaimedRow>`UPDATE sync_run r SET state = 'running', lease_owner = ${owner},
       lease_until = ${new Date(at.getTime() + leaseLengthMs)}, fence = fence + 1,
       attempts = attempts + 1, started_at = coalesce(started_at, ${now})
     FROM (SELECT id FROM sync_run WHERE workspace_id = ${workspace} AND id = ${waiting.id} AND ${isFree(now)}
           FOR UPDATE SKIP LOCKED) next
     WHERE r.workspace_id = ${workspace} AND r.id = next.id
     RETURNING r.workspace_id, r.id, r.trigger, r.undoes_run_id, r.fence, r.attempts, r.created_at, r.counts,
       r.notes, r.traceparent, r.chosen IS NOT NULL AS of_chosen`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    trigger: row.trigger,
    undoesRunId: row.undoes_run_id,
    ofChosen: row.of_chosen,
    fence: row.fence,
    attempts: row.attempts,
    createdAt: row.created_at,
    counts: row.counts,
    notes: row.notes,
    traceparent: row.traceparent,
  };
}

interface ClaimedRow {
  workspace_id: string;
  id: string;
  trigger: RunTrigger;
  undoes_run_id: string | null;
  of_chosen: boolean;
  fence: string;
  attempts: number;
  created_at: Date;
  counts: Partial<Pending>;
  notes: RunNotes;
  traceparent: string | null;
}

/**
 * Makes sure that the run still is this process's, and keeps it so until the transaction ends: the row stays locked,
 * so that nobody can take the run over between here and the commit. A workspace that was suspended meanwhile ends that too.
 *
 * @throws LeaseLostError
 */
export async function holdLease(db: StatementPipeline, run: LeasedRun, now: Date): Promise<void> {
  const { workspaceId } = run;
  const until = new Date(now.getTime() + leaseLengthMs);
  // By themselves: a statement on the node of a workspace reads no table that every node has.
  const [{ rows: suspended }, { count }] = await Promise.all([
    db.run(sql`SELECT 1 AS one FROM workspace WHERE id = ${workspaceId} AND suspended_until IS NOT NULL`),
    db.run(
      sql`UPDATE sync_run SET lease_until = ${until} WHERE workspace_id = ${workspaceId} AND id = ${run.id}
        AND fence = ${run.fence} AND state = 'running'`.onOneNode(workspaceId, {}),
    ),
  ]);
  if (count === 0 || suspended.length > 0) throw new LeaseLostError();
}

/** Notes how many people there are to handle, once at the start: a resumed run keeps its number. */
export async function noteTotal(db: Db, run: LeasedRun): Promise<void> {
  const workspace = parameter(run.workspaceId);
  const isChosen = sql`AND directory_user_id IN (SELECT directory_user_id FROM sync_run_person
    WHERE workspace_id = ${workspace} AND run_id = ${run.id})`;
  await db.run(
    sql`
     UPDATE sync_run SET total = (SELECT count(*) FROM sync_queue WHERE workspace_id = ${workspace}
       AND due_at <= ${run.createdAt} ${when(run.ofChosen, isChosen)})
     WHERE workspace_id = ${workspace} AND id = ${run.id} AND total = 0 AND done = 0`.onOneNode(
      run.workspaceId,
      {},
    ),
  );
}

/** Adds to the progress of a run and resets its attempts. Belongs in the transaction that made the progress. */
export async function addProgress(
  db: Db,
  run: LeasedRun,
  done: number,
  counts: Pending,
  notes: RunNotes,
): Promise<void> {
  await db.run(
    sql`
     UPDATE sync_run
       SET done = least(total, done + ${done}), counts = ${JSON.stringify(counts)},
       notes = ${JSON.stringify(notes)}, attempts = 1
     WHERE workspace_id = ${run.workspaceId} AND id = ${run.id}`.onOneNode(run.workspaceId, {}),
  );
}

/** Gives a run back, so that any process may continue it from `from` on. */
export async function releaseRun(db: Db, run: LeasedRun, from: Date): Promise<void> {
  await db.run(sql`UPDATE sync_run SET lease_until = ${from}, attempts = attempts - 1
     WHERE workspace_id = ${run.workspaceId} AND id = ${run.id} AND fence = ${run.fence} AND state = 'running'`);
}

/**
 * Notes that a run failed: it is retried with growing pauses, and after the last attempt it has failed for good. What it
 * has done so far stays.
 *
 * @returns whether it has failed for good
 */
export async function noteFailure(
  transaction: EntityManager,
  run: LeasedRun,
  reason: RunFailureReason,
  at: Date,
): Promise<boolean> {
  const now = sql`${parameter(at)}::timestamptz`;
  const most = parameter(attemptsMax);
  // Each moment is given: where the table is distributed, a row's columns must not go into a sum of times.
  const pauses = Array.from({ length: attemptsMax }, (_none, index) => {
    const until = new Date(at.getTime() + backoffFirstMs * 4 ** index);
    return sql`WHEN attempts ${raw(index + 1 < attemptsMax ? '<=' : '>=')} ${index + 1} THEN ${until}::timestamptz`;
  });
  // The run may have got further since it was claimed, so the attempts are counted where it stands.
  const { rows } = await dbOf(transaction).run(
    sql<{ failed: boolean }>`UPDATE sync_run SET error = ${JSON.stringify(reason)},
       lease_until = CASE ${list(pauses, ' ')} END,
       state = CASE WHEN attempts >= ${most} THEN 'failed' ELSE state END,
       finished_at = CASE WHEN attempts >= ${most} THEN ${now} END
     WHERE workspace_id = ${run.workspaceId} AND id = ${run.id} AND fence = ${run.fence} AND state = 'running'
     RETURNING state = 'failed' AS failed`,
  );
  return rows[0]?.failed ?? false;
}

/**
 * Ends a run for good whose process died at every attempt, so that none could note the failure.
 *
 * @returns whether it was still to be ended
 */
export async function giveUp(transaction: EntityManager, run: LeasedRun, now: Date): Promise<boolean> {
  const reason: RunFailureReason = { code: 'run-given-up', params: { attempts: attemptsMax } };
  const { count } = await dbOf(transaction).run(
    sql`
     UPDATE sync_run
       SET state = 'failed', finished_at = ${now}, lease_until = NULL, error = ${JSON.stringify(reason)}
     WHERE workspace_id = ${run.workspaceId} AND id = ${run.id} AND fence = ${run.fence} AND state = 'running'`,
  );
  return count > 0;
}

const backoffFirstMs = 1000;
