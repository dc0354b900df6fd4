import { boolean, integer, jsonb, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { SeatsBeyond } from './seat-limit.ts';
import type { AutomaticSync } from './workspace.ts';
import type { Retention } from './retention.ts';

/** One customer account: the tenant. */
export const workspace = table(
  'workspace',
  {
    id: uuid().key(),
    name: text(),
    slug: text(),
    /** The vendor's own id. */
    externalId: text().bytewise().orNull(),
    entitled: boolean().default(false),
    /** For trying things out: invented people may be sent here. */
    sandbox: boolean().default(false),
    activatedAt: moment().orNull(),
    /** Set while the entitlement that was lost may be given back without a loss. */
    suspendedUntil: moment().orNull(),
    settings: jsonb<Record<string, unknown>>(),
    /** How long what is past is kept; see `readRetention`. */
    retention: jsonb<Partial<Retention>>().default({}),
    /** `next_sync_at` is null unless it is on. */
    automaticSync: text<AutomaticSync>().default('not_started'),
    nextSyncAt: moment().orNull(),
    /** How many members may be active; null: no limit. */
    seatLimit: integer().orNull(),
    /** What becomes of people beyond the limit. */
    seatsBeyond: text<SeatsBeyond>().default('hold'),
    /** All seats are taken, or people wait for one: an event has told so. */
    seatsExhausted: boolean().default(false),
    /** Rules of roles read attributes: who changes may have lost one. */
    readsRoleAttributes: boolean().default(false),
    /** Since when another installation answers for it, and the address of that, where it is known. */
    movedAt: moment().orNull(),
    movedTo: text().orNull(),
    lastContactAt: moment().orNull(),
    lastContactStatus: integer().orNull(),
    createdAt: moment(),
    updatedAt: moment(),
  },
  {
    uniques: { workspace_slug_key: ['slug'], workspace_external_id_key: ['externalId'] },
    indexes: {
      workspace_next_sync_at: { on: ['nextSyncAt'], where: 'entitled AND activated_at IS NOT NULL' },
      workspace_hourly_sync: {
        on: ['nextSyncAt'],
        where: `((settings #>> '{schedule,which}'::text[]) = 'hours'::text)`,
      },
      workspace_seats: { on: ['id'], where: '((seat_limit IS NOT NULL) OR seats_exhausted)' },
      workspace_suspended_until: { on: ['suspendedUntil'], where: '(suspended_until IS NOT NULL)' },
    },
    checks: {
      workspace_seat_limit_check: '(seat_limit >= 0)',
      workspace_seats_beyond_check: `seats_beyond IN ('hold', 'allow')`,
      workspace_automatic_sync_check: `automatic_sync IN ('not_started', 'on', 'paused')`,
    },
  },
);
