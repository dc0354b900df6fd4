import { uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import { memberGroup } from './member-group.table.ts';
import { member } from '../members/member.table.ts';

/** One member of one member group. */
export const memberGroupMember = table(
  'member_group_member',
  {
    workspaceId: uuid().key(),
    groupId: uuid().key(),
    memberId: uuid().key(),
  },
  {
    indexes: {
      member_group_member_member: { on: ['workspaceId', 'memberId'] },
    },
    references: {
      member_group_member_workspace_id_group_id_fkey: {
        from: ['workspaceId', 'groupId'],
        to: memberGroup,
        columns: ['workspaceId', 'id'],
        onDelete: 'CASCADE',
      },
      member_group_member_workspace_id_member_id_fkey: {
        from: ['workspaceId', 'memberId'],
        to: member,
        columns: ['workspaceId', 'id'],
        onDelete: 'CASCADE',
      },
    },
  },
);
