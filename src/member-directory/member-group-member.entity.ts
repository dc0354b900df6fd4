import { Entity, Index, PrimaryColumn } from 'typeorm';

/** One member of one member group. */
@Entity('member_group_member')
@Index('member_group_member_member', ['workspaceId', 'memberId'])
export class MemberGroupMemberEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'group_id' })
  groupId!: string;

  @PrimaryColumn('uuid', { name: 'member_id' })
  memberId!: string;
}
