import { newId } from '../../database/ids.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { Db } from '../../database/db.ts';
import { raw, sql } from '../../database/sql.ts';
import type { Language } from '../../errors/sentence.ts';
import { type Run, runColumns, type RunRow, type RunTrigger, toRun } from './run.ts';

/** Who asked for a run that nobody asked for. */
export const requestedBySystem = 'system';

/** A run that is to be queued. */
export interface NewRun {
  workspaceId: string;
  trigger: RunTrigger;
  requestedBy: string;
  now: Date;
  undoesRunId?: string;
}

/**
 * Queues a run. Only one manual or nightly run of a workspace may be queued or running: the index decides.
 *
 * @returns its id, or null when there is another one
 */
export async function queueRun(db: Db, run: NewRun): Promise<string | null> {
  const { rows } = await db.run(sql<{ id: string }>`
         INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, undoes_run_id, created_at)
     VALUES (${run.workspaceId}, ${newId()}, ${run.trigger}, 'queued', ${run.requestedBy},
       ${run.undoesRunId ?? null}, ${run.now}) ON CONFLICT DO NOTHING RETURNING id`);
  return rows[0]?.id ?? null;
}

/** Reads a run. @throws NotFoundError */
export async function readRun(db: Db, workspaceId: string, id: string, language: Language): Promise<Run> {
  return runOf(db, workspaceId, id, language, '');
}

/** Reads a run and locks it until the transaction ends. @throws NotFoundError */
export async function lockRun(db: Db, workspaceId: string, id: string): Promise<Run> {
  return runOf(db, workspaceId, id, 'en', 'FOR UPDATE');
}

async function runOf(
  db: Db,
  workspaceId: string,
  id: string,
  language: Language,
  lock: string,
): Promise<Run> {
  const { rows } = await db.run(
    sql<RunRow>`
         SELECT ${runColumns} FROM sync_run WHERE workspace_id = ${workspaceId} AND id = ${id} ${raw(lock)}`,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('sync run');
  return toRun(row, language);
}
