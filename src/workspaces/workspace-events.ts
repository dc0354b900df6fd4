import type { Actor } from '../audit/audit.service.ts';
import type { TransactionDb } from '../database/commit-notes.ts';
import { type Sql, sql } from '../database/sql.ts';
import { appendRows } from '../events/append-events.ts';
import type { Causer, EventCause, EventType } from '../events/event.ts';

const causers: Readonly<Record<Actor['kind'], Causer>> = {
  admin: 'admin',
  operator: 'operator',
  product: 'product',
  // What happens by itself follows from what the operator did.
  system: 'operator',
};

/** The cause of what an actor does. */
export function causeOfActor({ kind }: Actor): EventCause {
  return { by: causers[kind], runId: null, reason: null };
}

/** Appends an event about a workspace, with its state at the end of the transaction. */
export function appendWorkspaceEvent(
  db: TransactionDb,
  workspaceId: string,
  type: Extract<EventType, `workspace.${string}`>,
  actor: Actor,
  now: Date,
): void {
  const data = sql`json_build_object('id', w.id, 'externalId', w.external_id, 'name', w.name, 'entitled', w.entitled, 'state',
           CASE WHEN NOT w.entitled THEN 'not_entitled' WHEN w.activated_at IS NULL THEN 'inactive' ELSE 'active' END,
           'suspendedUntil', w.suspended_until)`;
  appendEventOfWorkspace(db, workspaceId, { type, actor, data }, now);
}

/**
 * Appends an event whose subject is a workspace.
 *
 * @param event its data by the columns of the workspace, which the statement calls `w`
 */
export function appendEventOfWorkspace(
  db: TransactionDb,
  workspaceId: string,
  { type, actor, data }: { type: EventType; actor: Actor; data: Sql },
  now: Date,
): void {
  appendRows(
    db,
    workspaceId,
    now,
    1,
    () => sql`SELECT 1 AS ordinal, ${type} AS type, 'workspace' AS subject_kind, w.id AS subject_id,
         w.external_id AS subject_external_id, NULL::bigint AS subject_version,
         ${JSON.stringify(causeOfActor(actor))}::json AS cause, '[]'::json AS changes, ${data} AS data
       FROM workspace w WHERE w.id = ${workspaceId}`,
  );
}
