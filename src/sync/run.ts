import type { Language } from '../errors/language.ts';
import { type Pending, pendingOf } from './change.ts';
import { type RunErrorCode, runErrorText, storedRunError } from './run-errors.ts';

export const runTriggers = ['manual', 'nightly', 'leaver', 'undo'] as const;
export type RunTrigger = (typeof runTriggers)[number];

export const runStates = [
  'queued',
  'running',
  'awaiting_approval',
  'succeeded',
  'failed',
  'undone',
  'partially_undone',
] as const;
export type RunState = (typeof runStates)[number];

/** `held` waits for approval; `kept` is what an undo could not take back, or a hold that settled itself. */
export type ChangeState = 'made' | 'held' | 'approved' | 'rejected' | 'undone' | 'kept';

/** RUN of the HTTP contract; times are ISO 8601 in UTC. */
export interface Run {
  id: string;
  trigger: RunTrigger;
  state: RunState;
  total: number;
  done: number;
  counts: Pending;
  requestedBy: string;
  startedAt: string | null;
  finishedAt: string | null;
  error: RunErrorCode | null;
}

/** RUN as an admin reads it: `error` in words of their language, `errorCode` for machines. */
export type RunView = Omit<Run, 'error'> & { error: string | null; errorCode: RunErrorCode | null };

/** RUN in the asker's language. */
export function toRunView(run: Run, language: Language): RunView {
  const { error: errorCode } = run;
  return { ...run, error: errorCode && runErrorText(errorCode, language), errorCode };
}

/** The columns of {@link RunRow}. */
export const runColumns = `id, trigger, state, total, done, counts, requested_by, started_at, finished_at, error`;

export interface RunRow {
  id: string;
  trigger: RunTrigger;
  state: RunState;
  total: number;
  done: number;
  counts: Partial<Pending>;
  requested_by: string;
  started_at: Date | null;
  finished_at: Date | null;
  error: string | null;
}

/** RUN for a row. */
export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    trigger: row.trigger,
    state: row.state,
    total: row.total,
    done: row.done,
    counts: pendingOf(row.counts),
    requestedBy: row.requested_by,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    error: storedRunError(row.error),
  };
}

/** Is the run over, so that nothing of it can be watched any more? */
export function isOver(run: Pick<Run, 'state'>): boolean {
  return run.state !== 'queued' && run.state !== 'running';
}
