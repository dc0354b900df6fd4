import { raw } from '../database/sql.ts';
import type { Actor, AuditRecord } from './audit-record.ts';

/** What is read of a record to show it. */
export interface AuditRow {
  id: string;
  at: Date;
  actor_kind: string;
  actor_email: string | null;
  actor_key_id: string | null;
  actor_key_name: string | null;
  action: string;
  target: string | null;
  details: Record<string, unknown>;
  session_id: string | null;
  address: string | null;
  request_id: string | null;
  sequence: string | null;
  redacted: object | null;
}

/** The columns of {@link AuditRow}. */
export const recordColumns =
  raw(`id, at, actor_kind, actor_email, actor_key_id, actor_key_name, action, target, details,
  session_id, address, request_id, sequence, redacted`);

/** A record as the API shows it. */
export function toRecord(row: AuditRow): AuditRecord {
  return {
    id: row.id,
    at: row.at,
    actor: {
      kind: row.actor_kind as Actor['kind'],
      email: row.actor_email,
      keyId: row.actor_key_id,
      name: row.actor_key_name,
    },
    action: row.action,
    target: row.target,
    details: row.details,
    sessionId: row.session_id,
    address: row.address,
    requestId: row.request_id,
    sequence: row.sequence === null ? null : Number(row.sequence),
    isRedacted: row.redacted !== null,
  };
}
