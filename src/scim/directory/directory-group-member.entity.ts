import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One member of a group. `userId` is null as long as nobody has arrived that `value` could mean: a pending reference.
 */
@Entity('directory_group_member')
@Index('directory_group_member_user', ['workspaceId', 'userId'], { where: '(user_id IS NOT NULL)' })
@Index('directory_group_member_pending', ['workspaceId', 'value'], { where: '(user_id IS NULL)' })
export class DirectoryGroupMember {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn({ type: 'uuid', name: 'group_id' })
  groupId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  value!: string;

  @Column({ type: 'uuid', name: 'user_id', nullable: true })
  userId!: string | null;

  @Column({ type: 'text', nullable: true })
  type!: string | null;

  @Column({ type: 'text', nullable: true })
  display!: string | null;
}
