import type { DataSource } from 'typeorm';
import { rowsWithin, textBytes } from '../database/rows-within.ts';
import { type Parameter, parameter, raw, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { pageSizeMaxBytes } from '../scim-core/limits.ts';
import type { ReadingNote } from '../scim-core/reading-note.ts';
import { momentSql } from '../member-directory/events/member-data.ts';
import type { ExplainedChange } from '../sync/wording/shown-reason.ts';
import { storedStateJson } from '../sync/wording/stored-state.ts';
import type { UsedToken } from '../provisioning-log/provisioning-log.service.ts';
import { type CameOverScim, tokensOfEntries } from './tokens-of-entries.ts';
import { changesOfEvent } from '../scim/directory/event-changes.ts';

/** How many entries a timeline shows at most: the newest, and fewer where they are large. */
export const timelineEntriesMax = 500;

/** One thing that happened to a person: the identity provider sent it, a run did it, an admin, or the host product. */
export interface TimelineEntry {
  at: Date;
  by: 'identity_provider' | 'sync' | 'admin' | 'product';
  kind: string;
  /** Field-level changes, in the shape of their source. */
  changes: unknown;
  reason: ExplainedChange | null;
  runId: string | null;
  /** The address of the admin, the name of the product key. */
  actor: string | null;
  /** By which API token it came, as far as the provisioning log still knows. */
  token: UsedToken | null;
  /** What of a request about the person was not read as it came. */
  notes: readonly ReadingNote[];
}

/** Where an entry is kept; `resourceId` of what came over SCIM. */
interface StoredPlace {
  id: string;
  resourceId: string | null;
}

/** As an id: what events tell comes in their order, after the changes of the same moment, which caused them. */
const lastOfItsMoment = (sequence: string) => raw(`('ffffffff' || lpad(to_hex(${sequence}), 24, '0'))::uuid`);

/**
 * When access was suspended while the removal is held, and given back, for as long as events are kept. What an admin
 * suspends and lifts, the audit log tells.
 */
const accessEntries = (workspaceId: Parameter, memberId: Parameter) => sql`
  SELECT e.at, ${lastOfItsMoment('e.sequence')}, CASE WHEN e.cause ->> 'by' IN ('product', 'operator')
    THEN 'product'
           WHEN e.cause ->> 'by' = 'admin' THEN 'admin' ELSE 'sync' END,
         e.type, e.changes::jsonb, NULL, (e.cause ->> 'runId')::uuid, NULL, '[]', NULL
  FROM event e
  WHERE e.workspace_id = ${workspaceId} AND e.subject_id = ${memberId}
    AND e.type IN ('member.suspended', 'member.reactivated')
    AND coalesce(e.cause #>> '{reason,code}', '') NOT IN ('suspended-by-admin', 'suspension-lifted')
    AND 'suspended' IN (e.changes #>> '{0,before}', e.changes #>> '{0,after}')`;

/** What the host product says it did about events. */
const receiptEntries = (workspaceId: Parameter, memberId: Parameter) => sql`
  SELECT r.at, ${lastOfItsMoment('r.sequence')}, 'product', 'receipt', jsonb_build_object(
           'event', jsonb_build_object('type', e.type, 'at', ${raw(momentSql('e.at'))}, 'by', e.cause ->> 'by'),
           'sessionsEnded', r.sessions_ended, 'tokensRevoked', r.tokens_revoked),
         NULL, NULL, r.key_name, '[]', NULL
  FROM event_receipt r JOIN event e ON e.workspace_id = ${workspaceId} AND e.sequence = r.sequence
  WHERE r.workspace_id = ${workspaceId} AND r.member_id = ${memberId}`;

const entrySizeBytes = `${textBytes('changes')} + ${textBytes('reason')} + ${textBytes('notes')}`;

/** What the person's page need not say: most requests that leave `active` out mean nothing by it. */
const untoldNotes: ReadonlySet<string> = new Set(['active-kept']);

/**
 * Everything that is known of a member's history, oldest first: events of the directory users that were ever linked
 * to them, what of requests about these was not read (the same again and again is told once, when it was last so), the
 * changes of runs, when access was suspended and given back, the actions of admins and of the host product, and what the
 * product did about events.
 */
export async function timelineOf(
  dataSource: DataSource,
  workspaceId: string,
  memberId: string,
): Promise<TimelineEntry[]> {
  const workspace = parameter(workspaceId);
  const member = parameter(memberId);
  const { rows: entries } = await dbOf(dataSource).run(
    sql<Omit<TimelineEntry, 'token'> & StoredPlace>`WITH person AS (
       SELECT directory_user_id AS id FROM sync_link WHERE workspace_id = ${workspace} AND member_id = ${member}
       UNION SELECT directory_user_id FROM sync_change WHERE workspace_id = ${workspace}
         AND member_id = ${member}
     ), entry AS (
       SELECT e.at, e.id, 'identity_provider' AS by, e.kind, e.changes, NULL::jsonb AS reason,
         NULL::uuid AS run_id,
              NULL AS actor, '[]'::jsonb AS notes, e.resource_id::text
       FROM directory_event e JOIN person p ON e.resource_id = p.id
       WHERE e.workspace_id = ${workspace} AND e.resource_type = 'User'
       UNION ALL
       SELECT * FROM (
         SELECT DISTINCT ON (n.notes) n.at, n.entry_id, 'identity_provider', 'left_out', '[]'::jsonb,
           NULL::jsonb,
                NULL::uuid, NULL, n.notes, n.resource_id
         FROM provisioning_log_note n JOIN person p ON n.resource_id = p.id::text
         WHERE n.workspace_id = ${workspace} ORDER BY n.notes, n.at DESC
       ) left_out
       UNION ALL
       SELECT c.at, c.id, 'sync', CASE WHEN c.state = 'made' OR c.kind = 'conflict' THEN c.kind
         ELSE c.kind || '_' || c.state END,
              c.fields, jsonb_build_object('kind', c.kind, 'reason', c.reason) || ${storedStateJson('c')},
                c.run_id, NULL, '[]', NULL
       FROM sync_change c WHERE c.workspace_id = ${workspace} AND c.member_id = ${member}
       UNION ALL
       SELECT a.at, a.id, CASE a.actor_kind WHEN 'product' THEN 'product'
         ELSE 'admin' END, a.action, a.details, NULL,
              NULL, coalesce(a.actor_email, a.actor_key_name), '[]', NULL
       FROM audit_log a WHERE a.workspace_id = ${workspace} AND (a.target = ${member}::text OR a.id IN (
         SELECT t.audit_id FROM audit_log_target t
         WHERE t.workspace_id = ${workspace} AND (t.target = ${member}::text OR t.target IN (SELECT p.id::text FROM person p))))
       UNION ALL ${accessEntries(workspace, member)}
       UNION ALL ${receiptEntries(workspace, member)}
     ), newest AS MATERIALIZED (
       SELECT * FROM entry ORDER BY at DESC, id DESC LIMIT ${timelineEntriesMax}
     ), shown AS (${rowsWithin('newest', entrySizeBytes, pageSizeMaxBytes)})
     SELECT at, id, by, kind, changes, reason, run_id AS "runId", actor, notes, resource_id AS "resourceId"
       FROM shown ORDER BY at, id`,
  );
  const came = entries.filter((entry): entry is typeof entry & CameOverScim => entry.resourceId !== null);
  const tokens = await tokensOfEntries(dataSource, workspaceId, came);
  return entries.flatMap(({ id, resourceId: _resourceId, ...stored }) => {
    const entry = { ...stored, token: tokens.get(id) ?? null };
    if (entry.by !== 'identity_provider') return [entry];
    const notes = entry.notes.filter(({ code }) => !untoldNotes.has(code));
    if (entry.kind === 'left_out' && notes.length === 0) return [];
    return [{ ...entry, changes: changesOfEvent(entry.changes), notes }];
  });
}
