import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Pending } from '../decision/change.ts';
import type { RunNote } from '../decision/reason.ts';
import type { RunState, RunTrigger } from './run.ts';

/** One synchronization. It owns its state: lease and fencing token included. */
@Entity('sync_run')
@Check(
  'sync_run_trigger_check',
  `trigger IN ('manual', 'nightly', 'leaver', 'returner', 'undo', 'bring_back')`,
)
@Check(
  'sync_run_state_check',
  `state IN ('queued', 'running', 'awaiting_approval', 'succeeded', 'failed', 'undone', 'partially_undone')`,
)
@Index('sync_run_one_at_a_time', ['workspaceId'], {
  unique: true,
  where: `((state = ANY (ARRAY['queued'::text, 'running'::text])) AND (trigger = ANY (ARRAY['manual'::text, 'nightly'::text])))`,
})
@Index('sync_run_undoes', ['workspaceId', 'undoesRunId'], { where: '(undoes_run_id IS NOT NULL)' })
@Index('sync_run_open', ['leaseUntil'], { where: `(state = ANY (ARRAY['queued'::text, 'running'::text]))` })
export class SyncRunEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  trigger!: RunTrigger;

  @Column('text')
  state!: RunState;

  @Column('integer', { default: 0 })
  total!: number;

  @Column('integer', { default: 0 })
  done!: number;

  @Column('jsonb', { default: {} })
  counts!: Partial<Pending>;

  @Column('jsonb', { default: [] })
  notes!: RunNote[];

  @Column('text', { name: 'requested_by' })
  requestedBy!: string;

  @Column('uuid', { name: 'undoes_run_id', nullable: true })
  undoesRunId!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** Grows with every claim: a process that holds an older number has lost the run. */
  @Column('bigint', { default: 0 })
  fence!: string;

  @Column('uuid', { name: 'lease_owner', nullable: true })
  leaseOwner!: string | null;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
