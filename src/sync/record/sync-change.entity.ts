import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { ChangeKind, ChangeState, Origin, Regrouping, Unlinked, WaitsFor } from '../decision/change.ts';
import type { KeptReason, Reason } from '../decision/reason.ts';

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
  where: '(waits_for IS NOT NULL)',
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

  /** The version of the directory user that it is based on. */
  @Column({ type: 'bigint', name: 'directory_version', nullable: true })
  directoryVersion!: string | null;

  /** A stamp of the person's groups, where it is about them. */
  @Column({ type: 'text', name: 'directory_groups', nullable: true })
  directoryGroups!: string | null;

  /** The people without a member yet that it refers to. */
  @Column({ type: 'jsonb', name: 'waits_for', nullable: true })
  waitsFor!: WaitsFor | null;

  /** The groups that the member joins and leaves. */
  @Column({ type: 'jsonb', nullable: true })
  groups!: Regrouping | null;

  /** How the person and the member found each other, or what else caused it. */
  @Column({ type: 'text', default: 'stored-link' })
  origin!: Origin;

  /** Of an undo: what was done at first. */
  @Column({ type: 'text', name: 'original_kind', nullable: true })
  originalKind!: ChangeKind | null;

  /** Of an undo that lets a member go: what the member had from provisioning. */
  @Column({ type: 'jsonb', nullable: true })
  unlinked!: Unlinked | null;

  /** Why it stays as it is, or why the hold was released. */
  @Column({ type: 'jsonb', name: 'kept_reason', nullable: true })
  keptReason!: KeptReason | null;

  /** The undo run that rejected it. */
  @Column({ type: 'uuid', name: 'rejected_by', nullable: true })
  rejectedBy!: string | null;

  /** An admin had approved it before it was undone. */
  @Column({ type: 'boolean', name: 'was_approved', default: false })
  wasApproved!: boolean;
}
