import { bigint, integer, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { Pending } from '../decision/change.ts';
import type { ChosenPeople } from '../policy/chosen-people.ts';
import type { RunNote } from '../decision/reason.ts';
import type { RunState, RunTrigger } from './run-states.ts';

/** One synchronization. It owns its state: lease and fencing token included. */
export const syncRun = table(
  'sync_run',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    trigger: text<RunTrigger>(),
    state: text<RunState>(),
    total: integer().default(0),
    done: integer().default(0),
    counts: jsonb<Partial<Pending>>().default({}),
    notes: jsonb<RunNote[]>().default([]),
    requestedBy: text(),
    undoesRunId: uuid().orNull(),
    /** Null: about everybody who is due. */
    chosen: jsonb<ChosenPeople>().orNull(),
    /** Of the request that asked for it; null: of none. */
    traceparent: text().orNull(),
    error: text().orNull(),
    attempts: integer().default(0),
    /** Grows with every claim: a process with an older number has lost the run. */
    fence: bigint().default(0),
    leaseOwner: uuid().orNull(),
    leaseUntil: moment().orNull(),
    createdAt: moment(),
    startedAt: moment().orNull(),
    finishedAt: moment().orNull(),
  },
  {
    indexes: {
      sync_run_one_at_a_time: {
        on: ['workspaceId'],
        unique: true,
        where: `((state = ANY (ARRAY['queued'::text, 'running'::text])) AND (trigger = ANY (ARRAY['manual'::text, 'nightly'::text, 'seat'::text])))`,
      },
      sync_run_undoes: { on: ['workspaceId', 'undoesRunId'], where: '(undoes_run_id IS NOT NULL)' },
      sync_run_open: { on: ['leaseUntil'], where: `(state = ANY (ARRAY['queued'::text, 'running'::text]))` },
    },
    checks: {
      sync_run_trigger_check: `trigger IN ('manual', 'nightly', 'leaver', 'returner', 'role', 'undo', 'bring_back', 'seat')`,
      sync_run_state_check: `state IN ('queued', 'running', 'awaiting_approval', 'succeeded', 'failed', 'undone', 'partially_undone')`,
    },
  },
);
