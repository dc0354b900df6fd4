import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MemberSource, MemberStatus } from './member-row.ts';
import type { PropertyValue } from '../properties/property-types/property-type.ts';

/** A person in the product. */
@Entity('member')
@Check('member_status_check', `status IN ('active', 'deactivated', 'removed')`)
@Check('member_source_check', `source IN ('manual', 'import', 'provisioning')`)
@Index('member_email_key', ['workspaceId', 'emailKey'], {
  unique: true,
  where: `(status <> 'removed'::text)`,
})
@Index('member_external_id', ['workspaceId', 'externalId'], { where: '(external_id IS NOT NULL)' })
@Index('member_manager', ['workspaceId', 'managerId'], { where: '(manager_id IS NOT NULL)' })
@Index('member_removal_due', ['removalDueAt'], { where: '(removal_due_at IS NOT NULL)' })
export class MemberEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  email!: string;

  /** `email` folded (NFC, lower case): what uniqueness compares. */
  @Column({ type: 'text', name: 'email_key', collation: 'C' })
  emailKey!: string;

  @Column('text', { name: 'first_name', nullable: true })
  firstName!: string | null;

  @Column('text', { name: 'last_name', nullable: true })
  lastName!: string | null;

  @Column('text', { name: 'display_name', nullable: true })
  displayName!: string | null;

  @Column('text', { name: 'job_title', nullable: true })
  jobTitle!: string | null;

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('text')
  status!: MemberStatus;

  @Column('text')
  source!: MemberSource;

  @Column({ type: 'text', name: 'external_id', nullable: true, collation: 'C' })
  externalId!: string | null;

  /** What provisioning owns: member fields, `managerId`, `properties.<key>`. */
  @Column({ name: 'provisioned_fields', type: 'text', array: true, default: '{}' })
  provisionedFields!: string[];

  @Column({ type: 'jsonb', default: {} })
  properties!: Record<string, PropertyValue>;

  @Column('uuid', { name: 'manager_id', nullable: true })
  managerId!: string | null;

  @Column('timestamptz', { name: 'deactivated_at', nullable: true })
  deactivatedAt!: Date | null;

  @Column('timestamptz', { name: 'removal_due_at', nullable: true })
  removalDueAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
