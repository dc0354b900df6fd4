import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ChangeKind } from '../decision/change.ts';
import type { Reason } from '../decision/reason.ts';
import type { LinkStateName } from '../decision/person.ts';

/** What is known between a directory user and a member. */
@Entity('sync_link')
@Check('sync_link_state_check', `state IN ('linked', 'conflict', 'held', 'excluded', 'suppressed')`)
@Unique('sync_link_member_key', ['workspaceId', 'memberId'])
@Index('sync_link_state', ['workspaceId', 'state'], { where: `(state <> 'linked'::text)` })
@Index('sync_link_external_id', ['workspaceId', 'externalId'], { where: '(external_id IS NOT NULL)' })
export class SyncLinkEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'directory_user_id' })
  directoryUserId!: string;

  @Column({ type: 'uuid', name: 'member_id', nullable: true })
  memberId!: string | null;

  @Column({ type: 'text', name: 'external_id', nullable: true, collation: 'C' })
  externalId!: string | null;

  @Column('text')
  state!: LinkStateName;

  @Column({ type: 'jsonb', nullable: true })
  reason!: Reason | null;

  /** Which kind of change an admin undid or rejected. */
  @Column({ type: 'text', name: 'suppressed_kind', nullable: true })
  suppressedKind!: ChangeKind | null;

  /** The version of the directory user that a conflict, hold or suppression is based on. */
  @Column({ type: 'bigint', name: 'directory_version', nullable: true })
  directoryVersion!: string | null;

  /** A stamp of the person's groups, where a suppression is about them. */
  @Column({ type: 'text', name: 'directory_groups', nullable: true })
  directoryGroups!: string | null;

  /** The run that was undone, or that brought everybody back. */
  @Column({ type: 'uuid', name: 'suppressed_by', nullable: true })
  suppressedBy!: string | null;

  /** When a removal that was rejected had been held. */
  @Column({ type: 'timestamptz', name: 'held_at', nullable: true })
  heldAt!: Date | null;

  /** An admin made the link, and the next run lets provisioning adopt the member. */
  @Column({ type: 'boolean', name: 'awaits_adoption', default: false })
  awaitsAdoption!: boolean;

  /** The folded address that a conflict is about. */
  @Column({ type: 'text', name: 'disputed_email_key', nullable: true })
  disputedEmailKey!: string | null;

  @Column({ type: 'text', default: '' })
  name!: string;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}
