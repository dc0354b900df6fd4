import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { MemberGroupEntity } from './member-group.entity.ts';
import { MemberEntity } from '../members/member.entity.ts';

/** One member of one member group. */
@Entity('member_group_member')
@Index('member_group_member_member', ['workspaceId', 'memberId'])
@ForeignKey(() => MemberGroupEntity, ['workspaceId', 'groupId'], ['workspaceId', 'id'], {
  name: 'member_group_member_workspace_id_group_id_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => MemberEntity, ['workspaceId', 'memberId'], ['workspaceId', 'id'], {
  name: 'member_group_member_workspace_id_member_id_fkey',
  onDelete: 'CASCADE',
})
export class MemberGroupMemberEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'group_id' })
  groupId!: string;

  @PrimaryColumn('uuid', { name: 'member_id' })
  memberId!: string;
}
