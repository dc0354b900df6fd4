import { newId } from '../../database/ids.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { Language } from '../../errors/sentence.ts';
import { currentTraceparent } from '../../tracing/trace-context.ts';
import { type ChosenPeople, idsOfNamed, type PeopleNamed } from '../policy/chosen-people.ts';
import { runColumns, type RunRow, toRun } from './run.ts';
import type { RunTrigger } from './run-states.ts';
import type { RunResponse } from './sync.dto.ts';

/** Who asked for a run that nobody asked for. */
export const requestedBySystem = 'system';

/** A run that is to be queued. */
export interface NewRun {
  workspaceId: string;
  trigger: RunTrigger;
  requestedBy: string;
  now: Date;
  undoesRunId?: string;
  /** The people it is about alone; see `choosePeople`. */
  chosen?: ChosenPeople;
}

/**
 * Queues a run. Only one manual or nightly run of a workspace, or one that gives away seats, may be queued or running: the
 * index decides.
 *
 * @returns its id, or null when there is another one
 */
export async function queueRun(db: Db, run: NewRun): Promise<string | null> {
  const { rows } = await db.run(sql<{ id: string }>`
         INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, undoes_run_id, chosen, traceparent, created_at)
     VALUES (${run.workspaceId}, ${newId()}, ${run.trigger}, 'queued', ${run.requestedBy},
       ${run.undoesRunId ?? null}, ${run.chosen === undefined ? null : JSON.stringify(run.chosen)}, ${currentTraceparent()},
       ${run.now}) ON CONFLICT DO NOTHING RETURNING id`);
  return rows[0]?.id ?? null;
}

/** Notes the people a run is about. Belongs in the transaction that queues it: who comes into a group later is not meant. */
export async function choosePeople(
  db: Db,
  workspaceId: string,
  runId: string,
  named: PeopleNamed,
): Promise<void> {
  await db.run(sql`INSERT INTO sync_run_person (workspace_id, run_id, directory_user_id)
    SELECT ${workspaceId}, ${runId}, id FROM (${idsOfNamed(workspaceId, named)}) named ORDER BY id`);
}

/** Forgets the people of runs that are over; how many they were, and which groups, stays noted with each. */
export async function forgetChosen(db: Db, workspaceId: string): Promise<void> {
  const workspace = parameter(workspaceId);
  await db.run(sql`DELETE FROM sync_run_person p WHERE p.workspace_id = ${workspace} AND NOT EXISTS (
    SELECT FROM sync_run r WHERE r.workspace_id = ${workspace} AND r.id = p.run_id
      AND r.state IN ('queued', 'running'))`);
}

/** Reads a run. @throws NotFoundError */
export async function readRun(
  db: Db,
  workspaceId: string,
  id: string,
  language: Language,
): Promise<RunResponse> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<RunRow>`SELECT ${runColumns(workspace)} FROM sync_run WHERE workspace_id = ${workspace} AND id = ${id}`,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('sync run');
  return toRun(row, language);
}

/** Reads a run and locks it until the transaction ends. @throws NotFoundError */
export async function lockRun(db: Db, workspaceId: string, id: string): Promise<RunResponse> {
  await db.run(sql`SELECT FROM sync_run WHERE workspace_id = ${workspaceId} AND id = ${id} FOR UPDATE`);
  return readRun(db, workspaceId, id, 'en');
}
