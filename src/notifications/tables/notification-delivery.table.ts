import { integer, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { SendError } from '../sending/send-errors.ts';
import { notificationChannel } from './notification-channel.table.ts';
import { notification } from './notification.table.ts';

export const sendStates = ['pending', 'delivered', 'failed'] as const;
export type SendState = (typeof sendStates)[number];

/** A message on its way to one channel, and what became of it. */
export const notificationDelivery = table(
  'notification_delivery',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    notificationId: uuid(),
    channelId: uuid(),
    state: text<SendState>(),
    /** How often it was sent. Each attempt has its number, so that one that was given up cannot write its end. */
    attempts: integer().default(0),
    failures: integer().default(0),
    nextAttemptAt: moment().orNull(),
    /** Until then the attempt under way has it. */
    leasedUntil: moment().orNull(),
    /** What follows is the last attempt. */
    attemptedAt: moment().orNull(),
    status: integer().orNull(),
    error: text<SendError>().orNull(),
    /** What the mail server said. */
    answer: text().orNull(),
    createdAt: moment(),
  },
  {
    indexes: {
      notification_delivery_due: { on: ['nextAttemptAt'], where: `(state = 'pending'::text)` },
      notification_delivery_recent: { on: ['workspaceId', 'createdAt'] },
      notification_delivery_notification: { on: ['workspaceId', 'notificationId'] },
      notification_delivery_channel: { on: ['workspaceId', 'channelId'] },
    },
    checks: { notification_delivery_state_check: `state IN ('pending', 'delivered', 'failed')` },
    references: {
      notification_delivery_notification_fkey: {
        from: ['workspaceId', 'notificationId'],
        to: notification,
        columns: ['workspaceId', 'id'],
        onDelete: 'CASCADE',
      },
      notification_delivery_channel_fkey: {
        from: ['workspaceId', 'channelId'],
        to: notificationChannel,
        columns: ['workspaceId', 'id'],
        onDelete: 'CASCADE',
      },
    },
  },
);
