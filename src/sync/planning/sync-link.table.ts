import { jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { Reason } from '../decision/change.ts';
import type { LinkStateName } from '../decision/person.ts';

/** What is known between a directory user and a member. */
export const syncLink = table(
  'sync_link',
  {
    workspaceId: uuid().key(),
    directoryUserId: uuid().key(),
    memberId: uuid().orNull(),
    externalId: text().bytewise().orNull(),
    state: text<LinkStateName>(),
    reason: jsonb<Reason>().orNull(),
    /** Which kind of change an admin took back or rejected. */
    suppressedKind: text().orNull(),
    name: text().default(''),
    updatedAt: moment(),
  },
  {
    uniques: { sync_link_member_key: ['workspaceId', 'memberId'] },
    indexes: {
      sync_link_state: { on: ['workspaceId', 'state'], where: `(state <> 'linked'::text)` },
      sync_link_external_id: { on: ['workspaceId', 'externalId'], where: '(external_id IS NOT NULL)' },
    },
    checks: {
      sync_link_state_check: `state IN ('linked', 'conflict', 'held', 'excluded', 'suppressed')`,
    },
  },
);
