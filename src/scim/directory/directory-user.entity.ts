import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ScimResource } from '../../scim-core/resource.ts';

/** A person as the identity provider sent them: the whole SCIM resource, and the columns for lookups. */
@Entity('directory_user')
@Unique('directory_user_user_name_key', ['workspaceId', 'userNameKey'])
@Index('directory_user_external_id', ['workspaceId', 'externalId'])
@Index('directory_user_order', ['workspaceId', 'createdAt', 'id'])
@Index('directory_user_manager', ['workspaceId', 'managerValue'], { where: '(manager_value IS NOT NULL)' })
@Index('directory_user_display_name', ['workspaceId', 'displayNameHash'], {
  where: '(display_name_hash IS NOT NULL)',
})
@Index('directory_user_employee_number', ['workspaceId', 'employeeNumberHash'], {
  where: '(employee_number_hash IS NOT NULL)',
})
@Index('directory_user_email', ['emailHashes'], { type: 'gin' })
export class DirectoryUser {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column({ type: 'text', name: 'external_id', nullable: true, collation: 'C' })
  externalId!: string | null;

  @Column({ type: 'text', name: 'user_name' })
  userName!: string;

  /** `userName` folded (NFC, lower case): what uniqueness and filters compare. */
  @Column({ type: 'text', name: 'user_name_key', collation: 'C' })
  userNameKey!: string;

  @Column('boolean')
  active!: boolean;

  /** The reference to the manager, as sent. */
  @Column({ type: 'text', name: 'manager_value', nullable: true, collation: 'C' })
  managerValue!: string | null;

  /** For lookups by `displayName eq`, as the next two are for theirs; see `lookupTexts`. */
  @Column({ type: 'bigint', name: 'display_name_hash', nullable: true })
  displayNameHash!: string | null;

  @Column({ type: 'bigint', name: 'employee_number_hash', nullable: true })
  employeeNumberHash!: string | null;

  /** One for each `value` of `emails`. */
  @Column({ type: 'bigint', array: true, name: 'email_hashes', default: () => "'{}'" })
  emailHashes!: string[];

  @Column('jsonb')
  resource!: ScimResource;

  @Column({ type: 'bigint', default: '1' })
  version!: string;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'modified_at' })
  modifiedAt!: Date;
}
