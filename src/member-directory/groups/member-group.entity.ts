import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A group of members in the product; `directoryGroupId` says which directory group it follows. */
@Entity('member_group')
@Unique('member_group_directory_group_key', ['workspaceId', 'directoryGroupId'])
export class MemberGroupEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('uuid', { name: 'directory_group_id', nullable: true })
  directoryGroupId!: string | null;

  /** The version of the directory group that this one was last brought in line with. */
  @Column('bigint', { name: 'directory_group_version', nullable: true })
  directoryGroupVersion!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
