import { moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/**
 * What a run did to a group and an admin took back: no run does it again until the group gets another name, or it is lifted.
 */
export const suppressedGroup = table(
  'suppressed_group',
  {
    workspaceId: uuid().key(),
    groupId: uuid().key(),
    kind: text<'create' | 'rename' | 'delete'>(),
    name: text(),
    runId: uuid(),
    createdAt: moment(),
  },
  {
    checks: {
      suppressed_group_kind_check: `kind IN ('create', 'rename', 'delete')`,
    },
  },
);
