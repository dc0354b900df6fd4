import { raw } from '../database/sql.ts';
import type { SeatLimit, SeatsBeyond } from './seat-limit.ts';
import { mergeSettings, type SettingsChange, type WorkspaceSettings } from './settings.ts';

export type WorkspaceState = 'not_entitled' | 'inactive' | 'active';

export const automaticSyncStates = ['not_started', 'on', 'paused'] as const;

/**
 * Whether anything is synchronized by itself: at night, and when somebody leaves or comes back. Not before an admin has
 * synchronized for the first time or started it; an admin may pause it.
 */
export type AutomaticSync = (typeof automaticSyncStates)[number];

/** What the actions that switch user provisioning change, and what their `If-Match` is about. */
export function switchState({ state, automaticSync }: Record<string, unknown>): unknown {
  return { state, automaticSync };
}

/** One customer account: the tenant. */
export interface Workspace {
  id: string;
  name: string;
  slug: string;
  /** The vendor's own id. */
  externalId: string | null;
  entitled: boolean;
  /** For trying things out: invented people may be sent here. */
  sandbox: boolean;
  state: WorkspaceState;
  activatedAt: Date | null;
  /** The entitlement was lost: given back before then, everything goes on where it stopped. */
  suspendedUntil: Date | null;
  settings: WorkspaceSettings;
  /** Null: as many members may be active as there are. */
  seats: SeatLimit | null;
  automaticSync: AutomaticSync;
  /** Null while provisioning is not active, or nothing is synchronized by itself. */
  nextSyncAt: Date | null;
  /** The newest request of the identity provider, and what it was answered. */
  lastContact: { at: Date; status: number } | null;
  createdAt: Date;
}

/** The columns that `toWorkspace` reads. */
export const workspaceColumns =
  raw(`id, name, slug, external_id, entitled, sandbox, activated_at, suspended_until, settings,
  automatic_sync, next_sync_at, last_contact_at, last_contact_status, created_at,
  seat_limit, seats_beyond`);

export interface WorkspaceRow {
  id: string;
  name: string;
  slug: string;
  external_id: string | null;
  entitled: boolean;
  sandbox: boolean;
  activated_at: Date | null;
  suspended_until: Date | null;
  settings: SettingsChange;
  automatic_sync: AutomaticSync;
  next_sync_at: Date | null;
  last_contact_at: Date | null;
  last_contact_status: number | null;
  created_at: Date;
  seat_limit: number | null;
  seats_beyond: SeatsBeyond;
}

/** The workspace that a row of `workspaceColumns` stands for. */
export function toWorkspace(row: WorkspaceRow): Workspace {
  const state = stateOf(row);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    externalId: row.external_id,
    entitled: row.entitled,
    sandbox: row.sandbox,
    state,
    activatedAt: row.activated_at,
    suspendedUntil: row.suspended_until,
    settings: mergeSettings(row.settings),
    seats: row.seat_limit === null ? null : { limit: row.seat_limit, beyond: row.seats_beyond },
    // Activation begins with nothing happening by itself.
    automaticSync: state === 'inactive' ? 'not_started' : row.automatic_sync,
    nextSyncAt: state === 'active' ? row.next_sync_at : null,
    lastContact:
      row.last_contact_at === null || row.last_contact_status === null
        ? null
        : { at: row.last_contact_at, status: row.last_contact_status },
    createdAt: row.created_at,
  };
}

function stateOf(row: WorkspaceRow): WorkspaceState {
  if (!row.entitled) return 'not_entitled';
  return row.activated_at === null ? 'inactive' : 'active';
}
