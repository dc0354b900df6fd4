import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one real change did to a directory user or group, field by field. Append-only. */
@Entity('directory_event')
export class DirectoryEvent {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn({ type: 'uuid', name: 'resource_id' })
  resourceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  at!: Date;

  @Column({ type: 'text', name: 'resource_type' })
  resourceType!: 'User' | 'Group';

  @Column('text')
  kind!: 'created' | 'updated' | 'deleted' | 'restored';

  /** See `changesOfEvent`. */
  @Column('jsonb')
  changes!: unknown;
}
