import { bigint, integer, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { EventType } from '../../events/event.ts';
import type { SealedSecret } from '../signing/webhook-secrets.ts';

/** Why a webhook is sent nothing. */
export const disabledReasons = ['operator', 'gone', 'failing'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

export const webhookStates = ['active', 'disabled'] as const;
export type WebhookState = (typeof webhookStates)[number];

/** An address that events are sent to. */
export const webhook = table(
  'webhook',
  {
    id: uuid().key(),
    url: text(),
    /** Only these events; null: all. */
    types: text<EventType>().array().orNull(),
    /** Only events of these workspaces; null: of all. One that was erased since stays in the list. */
    workspaceIds: uuid().array().orNull(),
    /** The newest first. */
    secrets: jsonb<SealedSecret[]>(),
    state: text<WebhookState>(),
    disabledReason: text<DisabledReason>().orNull(),
    disabledAt: moment().orNull(),
    /** Since when no attempt has succeeded; null while they do. */
    failingSince: moment().orNull(),
    /** In how many workspaces it is still to be told that the service has disabled it; the last that was. */
    announcementsLeft: integer().default(0),
    announcedWorkspace: uuid().orNull(),
    /** Up to where in the feed deliveries were made; of the next position, up to this sequence. */
    position: bigint(),
    positionSequence: bigint().default(0),
    createdAt: moment(),
    updatedAt: moment(),
  },
  {
    checks: {
      webhook_state_check: `state IN ('active', 'disabled')`,
      webhook_disabled_reason_check: `disabled_reason IN ('operator', 'gone', 'failing')`,
    },
  },
);
