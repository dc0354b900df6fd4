/** The kinds of events, as the HTTP contract names them. */
export const eventTypes = [
  'member.created',
  'member.updated',
  'member.suspended',
  'member.deactivated',
  'member.reactivated',
  'member.removed',
  'group.created',
  'group.updated',
  'group.deleted',
  'group.member_added',
  'group.member_removed',
  'run.finished',
  'run.awaiting_approval',
  'run.failed',
  'workspace.activated',
  'workspace.deactivated',
  'workspace.entitled',
  'workspace.lapsed',
  'seats.exhausted',
  'seats.freed',
  'token.expiring',
  'token.revoked',
  'webhook.disabled',
] as const;
export type EventType = (typeof eventTypes)[number];

/** What an event is about. */
export type SubjectKind = 'member' | 'group' | 'run' | 'workspace' | 'token';

/** Who or what made a change. */
export const causers = ['run', 'leaver', 'undo', 'admin', 'product', 'operator'] as const;
export type Causer = (typeof causers)[number];

/**
 * Why something happened.
 *
 * @property runId the run that did it; null: none
 * @property reason the reason as the screen shows it, by its code and parameters; null: it was asked for
 */
export interface EventCause {
  by: Causer;
  runId: string | null;
  reason: { code: string; params: Record<string, unknown> } | null;
  /** The trace of the request behind it (W3C Trace Context); absent when it had none. */
  traceparent?: string;
}

/** A value that changed. */
export interface EventChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** An event that is about to be appended; its sequence is given when it is. */
export interface NewEvent {
  type: EventType;
  subject: { kind: SubjectKind; id: string; externalId: string | null; version: string | null };
  cause: EventCause;
  changes: EventChange[];
  /** The subject after the change; of a removed one, its last state. */
  data: Record<string, unknown>;
}

/**
 * The id of an event: its workspace and sequence, which nothing else has. Webhooks and receipts name events by it.
 *
 * @param sequence a decimal number
 */
export function eventId(workspaceId: string, sequence: string): string {
  return `evt_${workspaceId.replaceAll('-', '')}_${sequence}`;
}

/** The workspace and sequence that an id of an event names; null for any other text. */
export function readEventId(id: string): { workspaceId: string; sequence: string } | null {
  const match =
    /^evt_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([1-9]\d{0,17})$/u.exec(id);
  if (match === null) return null;
  const [, a, b, c, d, e, sequence = ''] = match;
  return { workspaceId: [a, b, c, d, e].join('-'), sequence };
}
