import { Entity, PrimaryColumn } from 'typeorm';

/** Somebody whose property names a person who has no member yet. */
@Entity('sync_pending_reference')
export class SyncPendingReference {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  reference!: string;

  @PrimaryColumn('uuid', { name: 'directory_user_id' })
  directoryUserId!: string;
}
