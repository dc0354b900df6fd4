import { bigint, integer, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** What the host product says it did about an event. One for each event at most; it goes with the event. */
export const eventReceipt = table(
  'event_receipt',
  {
    workspaceId: uuid().key(),
    sequence: bigint().key(),
    /** The member that the event is about; null where it is about no member. */
    memberId: uuid().orNull(),
    /** When the product did it. */
    at: moment(),
    sessionsEnded: integer().orNull(),
    tokensRevoked: integer().orNull(),
    /** The product key that it came with, by the name it had then; null: the operator token. */
    keyName: text().orNull(),
  },
  {
    indexes: {
      event_receipt_member: { on: ['workspaceId', 'memberId'], where: '(member_id IS NOT NULL)' },
    },
  },
);
