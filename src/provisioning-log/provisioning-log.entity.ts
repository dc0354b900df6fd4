import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One SCIM request of a workspace: who asked for what and how it ended. Its bodies stand in `ProvisioningLogBody`. */
@Entity('provisioning_log')
@Index('provisioning_log_resource', ['workspaceId', 'resourceId', 'id'], {
  where: '(resource_id IS NOT NULL)',
})
@Index('provisioning_log_token', ['workspaceId', 'tokenId', 'id'])
export class ProvisioningLogEntry {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { name: 'request_id' })
  requestId!: string;

  @Column('uuid', { name: 'token_id', nullable: true })
  tokenId!: string | null;

  @Column('text')
  method!: string;

  @Column('text')
  path!: string;

  @Column('integer')
  status!: number;

  @Column('text', { name: 'scim_type', nullable: true })
  scimType!: string | null;

  @Column('text', { nullable: true })
  detail!: string | null;

  @Column('text', { name: 'resource_type', nullable: true })
  resourceType!: string | null;

  @Column('text', { name: 'resource_id', nullable: true })
  resourceId!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column('integer', { name: 'duration_ms' })
  durationMs!: number;

  @Column('integer', { nullable: true })
  found!: number | null;

  @Column('uuid', { name: 'event_ids', array: true, nullable: true })
  eventIds!: string[] | null;
}
