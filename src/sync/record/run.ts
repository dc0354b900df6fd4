import { type Parameter, sql } from '../../database/sql.ts';
import { type Pending, pendingOf } from '../decision/change.ts';
import type { RunNote } from '../decision/reason.ts';
import { worded } from '../wording/change-view.ts';
import type { ChosenPeople } from '../policy/chosen-people.ts';
import { groupChangeKinds } from '../policy/chosen-groups.ts';
import type { Language } from '../../errors/sentence.ts';
import { failureText } from './run-failure.ts';
import type { GroupCounts, RunState, RunTrigger } from './run-states.ts';
import type { RunResponse } from './sync.dto.ts';

/**
 * Whether an undo makes changes again: what it undoes is an undo, or the undo of the undo of one, and so on. Null where that
 * cannot be told: a run that ended long ago is deleted, and with it what it was.
 */
const redoes = (workspace: Parameter) => sql`CASE WHEN trigger = 'undo' THEN (
  WITH RECURSIVE up AS (
    SELECT r.undoes_run_id, r.trigger FROM sync_run r WHERE r.workspace_id = ${workspace}
      AND r.id = sync_run.undoes_run_id
    UNION ALL
    SELECT r.undoes_run_id, r.trigger FROM up JOIN sync_run r ON r.workspace_id = ${workspace}
      AND r.id = up.undoes_run_id WHERE up.trigger = 'undo'
  ) SELECT count(*) % 2 = 0 FROM up HAVING bool_or(up.trigger <> 'undo')) END`;

/** The columns of {@link RunRow}, of a run of this workspace. */
export const runColumns = (workspace: Parameter) =>
  sql`id, trigger, state, total, done, counts, requested_by, chosen, started_at, finished_at, error, notes,
  undoes_run_id, ${redoes(workspace)} AS redoes,
  (SELECT json_object_agg(kind, count) FROM (SELECT g.kind, count(*) FROM sync_group_change g
     WHERE g.workspace_id = ${workspace} AND g.run_id = sync_run.id GROUP BY g.kind) c) AS groups`;

export interface RunRow {
  id: string;
  trigger: RunTrigger;
  state: RunState;
  total: number;
  done: number;
  counts: Partial<Pending>;
  groups: Partial<GroupCounts> | null;
  requested_by: string;
  chosen: ChosenPeople | null;
  started_at: Date | null;
  finished_at: Date | null;
  error: string | null;
  notes: RunNote[];
  undoes_run_id: string | null;
  redoes: boolean | null;
}

const noGroups = Object.fromEntries(groupChangeKinds.map((kind) => [kind, 0])) as GroupCounts;

/** RUN for a row, in the asker's language. */
export function toRun(row: RunRow, language: Language): RunResponse {
  return {
    id: row.id,
    trigger: row.trigger,
    state: row.state,
    total: row.total,
    done: row.done,
    counts: pendingOf(row.counts),
    groups: { ...noGroups, ...row.groups },
    requestedBy: row.requested_by,
    chosen: row.chosen,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    error: failureText(row.error, language),
    notes: row.notes.map((note) => worded(note, language)),
    undoes:
      row.undoes_run_id === null || row.redoes === null
        ? null
        : { runId: row.undoes_run_id, redoes: row.redoes },
  };
}

/** Is the run over, so that nothing of it can be watched any more? */
export function isOver(run: Pick<RunResponse, 'state'>): boolean {
  return run.state !== 'queued' && run.state !== 'running';
}
