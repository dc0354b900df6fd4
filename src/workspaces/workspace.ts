import { mergeSettings, type SettingsChange, type WorkspaceSettings } from './settings.ts';

export type WorkspaceState = 'not_entitled' | 'inactive' | 'active';

/** One customer account: the tenant. */
export interface Workspace {
  id: string;
  name: string;
  slug: string;
  entitled: boolean;
  /** For trying things out: invented people may be sent here. */
  sandbox: boolean;
  state: WorkspaceState;
  activatedAt: Date | null;
  /** The entitlement was lost: given back before then, everything goes on where it stopped. */
  suspendedUntil: Date | null;
  settings: WorkspaceSettings;
  /** Null while provisioning is not active. */
  nextSyncAt: Date | null;
  /** The newest request of the identity provider, and what it was answered. */
  lastContact: { at: Date; status: number } | null;
  createdAt: Date;
}

/** The columns that `toWorkspace` reads. */
export const workspaceColumns = `id, name, slug, entitled, sandbox, activated_at, suspended_until, settings,
  next_sync_at, last_contact_at, last_contact_status, created_at`;

export interface WorkspaceRow {
  id: string;
  name: string;
  slug: string;
  entitled: boolean;
  sandbox: boolean;
  activated_at: Date | null;
  suspended_until: Date | null;
  settings: SettingsChange;
  next_sync_at: Date | null;
  last_contact_at: Date | null;
  last_contact_status: number | null;
  created_at: Date;
}

/** The workspace that a row of `workspaceColumns` stands for. */
export function toWorkspace(row: WorkspaceRow): Workspace {
  const state = stateOf(row);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    entitled: row.entitled,
    sandbox: row.sandbox,
    state,
    activatedAt: row.activated_at,
    suspendedUntil: row.suspended_until,
    settings: mergeSettings(row.settings),
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
