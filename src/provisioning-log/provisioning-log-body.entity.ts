import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What was sent and answered in one request of the log, without secrets and cut to a limit. Many requests have none.
 */
@Entity('provisioning_log_body')
export class ProvisioningLogBody {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  /** The id of the log's entry. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('json', { nullable: true })
  request!: unknown;

  @Column('json', { nullable: true })
  answer!: unknown;
}
