import { bigint, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** A group of members in the product; `directoryGroupId` says which directory group it follows. */
export const memberGroup = table(
  'member_group',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    name: text(),
    directoryGroupId: uuid().orNull(),
    /** The version of the directory group that this one was last brought in line with. */
    directoryGroupVersion: bigint().orNull(),
    createdAt: moment(),
    updatedAt: moment(),
  },
  {
    uniques: { member_group_directory_group_key: ['workspaceId', 'directoryGroupId'] },
  },
);
