import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ScimResource } from '../scim-core/resource.ts';

/** A person as the identity provider sent him: the whole SCIM resource, and the columns that are looked up by. */
@Entity('directory_user')
@Unique('directory_user_user_name_key', ['workspaceId', 'userNameKey'])
@Index('directory_user_external_id', ['workspaceId', 'externalId'])
@Index('directory_user_order', ['workspaceId', 'createdAt', 'id'])
@Index('directory_user_manager', ['workspaceId', 'managerValue'], { where: '(manager_value IS NOT NULL)' })
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

  /** The reference to the manager as it was sent; computed by PostgreSQL from `resource`. */
  @Column({
    type: 'text',
    name: 'manager_value',
    nullable: true,
    collation: 'C',
    generatedType: 'STORED',
    asExpression: `resource #>> '{urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,manager,value}'`,
  })
  managerValue!: string | null;

  @Column('jsonb')
  resource!: ScimResource;

  @Column({ type: 'bigint', default: '1' })
  version!: string;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'modified_at' })
  modifiedAt!: Date;
}
