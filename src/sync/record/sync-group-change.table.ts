import { integer, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { GroupChangeKind } from '../policy/chosen-groups.ts';
import type { GroupChangeState, RegroupedPerson } from './group-changes.ts';

/** What a run did to a group. */
export const syncGroupChange = table(
  'sync_group_change',
  {
    workspaceId: uuid().key(),
    runId: uuid().key(),
    groupId: uuid().key(),
    at: moment(),
    kind: text<GroupChangeKind>(),
    name: text(),
    nameBefore: text().orNull(),
    joinedCount: integer().default(0),
    leftCount: integer().default(0),
    /** Some of those who joined or left. */
    people: jsonb<RegroupedPerson[]>().default([]),
    /** Members that no change of their own took out of the group that was deleted. */
    leftBehind: uuid().array().default([]),
    state: text<GroupChangeState>().default('made'),
  },
  {
    indexes: {
      sync_group_change_group: { on: ['workspaceId', 'groupId', 'runId'] },
    },
    checks: {
      sync_group_change_kind_check: `kind IN ('create', 'rename', 'members', 'delete')`,
      sync_group_change_state_check: `state IN ('made', 'undone', 'kept')`,
    },
  },
);
