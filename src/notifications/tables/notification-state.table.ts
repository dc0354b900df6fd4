import { bigint, boolean, moment, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** How far the search for causes has come in a workspace that somebody wants to hear of. */
export const notificationState = table(
  'notification_state',
  {
    workspaceId: uuid().key(),
    /** Whether messages may name people. */
    names: boolean().default(false),
    lookedAt: moment().orNull(),
    /** When it is looked at even if nothing happens; null: nobody wants to hear of it. */
    nextLookAt: moment().orNull(),
    nextDigestAt: moment().orNull(),
    /** Its newest event, and the newest contact of its identity provider, at the last look. */
    seenSequence: bigint().default(0),
    seenContactAt: moment().orNull(),
    /** When the silence since that contact is worth a message. */
    silentAt: moment().orNull(),
    /** Whether that was reckoned by the habit of the identity provider, or only when to reckon it. */
    silenceIsKnown: boolean().default(false),
  },
  {
    indexes: {
      notification_state_next_look_at: { on: ['nextLookAt'], where: '(next_look_at IS NOT NULL)' },
    },
  },
);
