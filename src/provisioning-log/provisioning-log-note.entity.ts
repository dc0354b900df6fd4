import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What of one resource in a request was not read as it came. Few requests have any. */
@Entity('provisioning_log_note')
@Index('provisioning_log_note_resource', ['workspaceId', 'resourceId', 'at'])
export class ProvisioningLogNote {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  /** The id of the log's entry. */
  @PrimaryColumn('uuid', { name: 'entry_id' })
  entryId!: string;

  /** Which resource of the request: a bulk request has many. */
  @PrimaryColumn('integer')
  position!: number;

  @Column('text', { name: 'resource_id', nullable: true })
  resourceId!: string | null;

  @Column('timestamptz')
  at!: Date;

  /** `ReadingNote[]` */
  @Column('jsonb')
  notes!: unknown;
}
