import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { AutomaticSync } from './workspace.ts';

/** One customer account: the tenant. */
@Entity('workspace')
@Unique('workspace_slug_key', ['slug'])
@Check('workspace_automatic_sync_check', `automatic_sync IN ('not_started', 'on', 'paused')`)
@Index('workspace_next_sync_at', ['nextSyncAt'], { where: 'entitled AND activated_at IS NOT NULL' })
@Index('workspace_suspended_until', ['suspendedUntil'], { where: '(suspended_until IS NOT NULL)' })
export class WorkspaceEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  slug!: string;

  @Column({ type: 'boolean', default: false })
  entitled!: boolean;

  /** For trying things out: invented people may be sent here. */
  @Column({ type: 'boolean', default: false })
  sandbox!: boolean;

  @Column({ name: 'activated_at', type: 'timestamptz', nullable: true })
  activatedAt!: Date | null;

  /** Set while the entitlement that was lost may be given back without a loss. */
  @Column({ name: 'suspended_until', type: 'timestamptz', nullable: true })
  suspendedUntil!: Date | null;

  @Column({ type: 'jsonb' })
  settings!: Record<string, unknown>;

  /** `next_sync_at` is null unless it is on. */
  @Column({ name: 'automatic_sync', type: 'text', default: 'not_started' })
  automaticSync!: AutomaticSync;

  @Column({ name: 'next_sync_at', type: 'timestamptz', nullable: true })
  nextSyncAt!: Date | null;

  @Column({ name: 'last_contact_at', type: 'timestamptz', nullable: true })
  lastContactAt!: Date | null;

  @Column({ name: 'last_contact_status', type: 'integer', nullable: true })
  lastContactStatus!: number | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
