import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one real change did to a directory user or group, field by field. Append-only. */
@Entity('directory_event')
@Index('directory_event_resource', ['workspaceId', 'resourceId', 'id'])
export class DirectoryEvent {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  at!: Date;

  @Column({ type: 'text', name: 'resource_type' })
  resourceType!: 'User' | 'Group';

  @Column({ type: 'uuid', name: 'resource_id' })
  resourceId!: string;

  @Column('text')
  kind!: 'created' | 'updated' | 'deleted' | 'restored';

  @Column('jsonb')
  changes!: unknown;
}
