import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who must be looked at by the next run. `version` is a fresh random stamp at each cause. */
@Entity('sync_queue')
@Index('sync_queue_lane', ['workspaceId', 'reason', 'dueAt'], {
  where: `(reason = ANY (ARRAY['leaver'::text, 'returner'::text]))`,
})
export class SyncQueueEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'directory_user_id' })
  directoryUserId!: string;

  @Column('uuid')
  version!: string;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  /** When the person joined or left a group last, as far as no run has looked since. */
  @Column('timestamptz', { name: 'regrouped_at', nullable: true })
  regroupedAt!: Date | null;
}
