import { bigint, boolean, integer, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { EventType } from '../../events/event.ts';
import type { AttemptError } from '../sending/attempt-errors.ts';
import { webhook } from './webhook.table.ts';

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** An event on its way to a webhook, and what became of it. The event itself stays where it is. */
export const webhookDelivery = table(
  'webhook_delivery',
  {
    id: uuid().key(),
    webhookId: uuid(),
    workspaceId: uuid(),
    sequence: bigint(),
    type: text<EventType>(),
    /** Deliveries with the same value go out one after another: the member that the event is about. */
    orderedBy: uuid(),
    /** Somebody loses access, or waits behind an earlier event of the same person: it goes before the others. */
    urgent: boolean(),
    state: text<DeliveryState>(),
    /** How often it was sent. Each attempt has its number, so that one that was given up cannot write its end. */
    attempts: integer().default(0),
    /** How often it failed since it was made, or since somebody sent it again. */
    failures: integer().default(0),
    nextAttemptAt: moment().orNull(),
    /** Until then the attempt under way has it. */
    leasedUntil: moment().orNull(),
    /** What follows is the last attempt. */
    attemptedAt: moment().orNull(),
    status: integer().orNull(),
    error: text<AttemptError>().orNull(),
    latencyMs: integer().orNull(),
    answer: text().orNull(),
    createdAt: moment(),
  },
  {
    uniques: { webhook_delivery_event_key: ['workspaceId', 'sequence', 'webhookId'] },
    indexes: {
      webhook_delivery_due: {
        on: ['webhookId', 'urgent', 'nextAttemptAt', 'id'],
        where: `(state = 'pending'::text)`,
      },
      webhook_delivery_order: {
        on: ['webhookId', 'orderedBy', 'sequence'],
        where: `(state = 'pending'::text)`,
      },
      webhook_delivery_list: { on: ['webhookId', 'id'] },
      webhook_delivery_failed: { on: ['webhookId', 'id'], where: `(state = 'failed'::text)` },
      webhook_delivery_created_at: { on: ['createdAt'] },
    },
    checks: { webhook_delivery_state_check: `state IN ('pending', 'delivered', 'failed')` },
    references: {
      webhook_delivery_webhook_id_fkey: {
        from: ['webhookId'],
        to: webhook,
        columns: ['id'],
        onDelete: 'CASCADE',
      },
    },
  },
);
