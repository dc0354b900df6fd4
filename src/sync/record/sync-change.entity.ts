import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ChangeKind, FieldChange, Reason } from '../decision/change.ts';
import type { ChangeState } from './run.ts';

/** A change that a run made, or holds: before and after of each field, and why. */
@Entity('sync_change')
@Check('sync_change_state_check', `state IN ('made', 'held', 'approved', 'rejected', 'undone', 'kept')`)
@Unique('sync_change_once_key', ['workspaceId', 'runId', 'directoryUserId'])
@Index('sync_change_person', ['workspaceId', 'directoryUserId', 'id'])
@Index('sync_change_member', ['workspaceId', 'memberId', 'id'], { where: '(member_id IS NOT NULL)' })
@Index('sync_change_removals', ['workspaceId', 'at'], {
  where: `((kind = ANY (ARRAY['deactivate'::text, 'remove'::text])) AND (state = ANY (ARRAY['made'::text, 'approved'::text])))`,
})
@Index('sync_change_held', ['workspaceId', 'runId'], { where: `(state = 'held'::text)` })
@Index('sync_change_waiting', ['workspaceId', 'runId'], {
  where: `(((reason #> '{params,managerPending}'::text[]) IS NOT NULL) OR ((reason #> '{params,referencesPending}'::text[]) IS NOT NULL))`,
})
export class SyncChangeEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'run_id' })
  runId!: string;

  @Column('timestamptz')
  at!: Date;

  /** What is done to the member, also while it is held. */
  @Column('text')
  kind!: ChangeKind;

  @Column('uuid', { name: 'directory_user_id' })
  directoryUserId!: string;

  @Column('uuid', { name: 'member_id', nullable: true })
  memberId!: string | null;

  @Column('text')
  name!: string;

  @Column('jsonb')
  fields!: FieldChange[];

  @Column('jsonb')
  reason!: Reason;

  @Column('text')
  state!: ChangeState;
}
