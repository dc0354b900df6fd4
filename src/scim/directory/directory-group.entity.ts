import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ScimResource } from '../../scim-core/resource.ts';

/** A group as the identity provider sent it, without its members: those are rows of `directory_group_member`. */
@Entity('directory_group')
@Index('directory_group_external_id', ['workspaceId', 'externalId'])
@Index('directory_group_order', ['workspaceId', 'createdAt', 'id'])
@Index('directory_group_display_name', ['workspaceId', 'displayNameKey'])
export class DirectoryGroup {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column({ type: 'text', name: 'external_id', nullable: true, collation: 'C' })
  externalId!: string | null;

  @Column({ type: 'text', name: 'display_name' })
  displayName!: string;

  @Column({ type: 'text', name: 'display_name_key', collation: 'C' })
  displayNameKey!: string;

  @Column('jsonb')
  resource!: ScimResource;

  @Column({ type: 'bigint', default: '1' })
  version!: string;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'modified_at' })
  modifiedAt!: Date;
}
