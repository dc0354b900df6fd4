import { text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** One member of a group. `userId` is null until a user arrives that `value` can mean: a pending reference. */
export const directoryGroupMember = table(
  'directory_group_member',
  {
    workspaceId: uuid().key(),
    groupId: uuid().key(),
    value: text().key().bytewise(),
    userId: uuid().orNull(),
    type: text().orNull(),
    display: text().orNull(),
  },
  {
    indexes: {
      directory_group_member_user: { on: ['workspaceId', 'userId'], where: '(user_id IS NOT NULL)' },
      directory_group_member_pending: { on: ['workspaceId', 'value'], where: '(user_id IS NULL)' },
    },
  },
);
