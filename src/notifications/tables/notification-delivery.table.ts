import { uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import { deliveryColumns } from '../../webhooks/tables/delivery-columns.ts';
import type { SendError } from '../sending/send-errors.ts';
import { notificationChannel } from './notification-channel.table.ts';
import { notification } from './notification.table.ts';

/** A message on its way to one channel, and what became of it. */
export const notificationDelivery = table(
  'notification_delivery',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    notificationId: uuid(),
    channelId: uuid(),
    ...deliveryColumns<SendError>(),
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
