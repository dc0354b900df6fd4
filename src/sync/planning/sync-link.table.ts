import { bigint, boolean, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { ChangeKind } from '../decision/change.ts';
import type { LinkStateName } from '../decision/person.ts';
import type { Reason } from '../decision/reason.ts';

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
    /** Which kind of change an admin undid or rejected. */
    suppressedKind: text<ChangeKind>().orNull(),
    /** The version of the directory user that a conflict, hold or suppression is based on. */
    directoryVersion: bigint().orNull(),
    /** A stamp of the person's groups, where a suppression is about them. */
    directoryGroups: text().orNull(),
    /** The run that was undone, or that brought everybody back. */
    suppressedBy: uuid().orNull(),
    /** When a removal that was rejected had been held. */
    heldAt: moment().orNull(),
    /** An admin made the link, and the next run lets provisioning adopt the member. */
    awaitsAdoption: boolean().default(false),
    /** The folded address that a conflict is about. */
    disputedEmailKey: text().orNull(),
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
      sync_link_state_check: `state IN ('linked', 'conflict', 'held', 'excluded', 'suppressed', 'waiting')`,
    },
  },
);
