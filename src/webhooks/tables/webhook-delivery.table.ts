import { bigint, boolean, integer, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { EventType } from '../../events/event.ts';
import type { AttemptError } from '../sending/attempt-errors.ts';
import { deliveryColumns } from './delivery-columns.ts';
import { webhook } from './webhook.table.ts';

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
    ...deliveryColumns<AttemptError>(),
    latencyMs: integer().orNull(),
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
