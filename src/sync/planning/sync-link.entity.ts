import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Reason } from '../decision/change.ts';
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

  /** Which kind of change an admin took back or rejected. */
  @Column({ type: 'text', name: 'suppressed_kind', nullable: true })
  suppressedKind!: string | null;

  @Column({ type: 'text', default: '' })
  name!: string;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}
