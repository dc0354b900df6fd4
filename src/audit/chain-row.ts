import { sql } from '../database/sql.ts';
import { type AuditRow, recordColumns } from './audit-row.ts';
import type { ChainedRecord, RedactablePart } from './chain.ts';

/** A record of the audit log with all that its hash is made of. */
export interface ChainRow extends Omit<AuditRow, 'redacted'> {
  workspace_id: string;
  previous_hash: Buffer | null;
  hash: Buffer | null;
  salt: Buffer | null;
  redacted: Partial<Record<RedactablePart, string>> | null;
}

/** The columns of {@link ChainRow}. */
export const chainColumns = sql`workspace_id, ${recordColumns}, previous_hash, hash, salt`;

/** A stored record as it is chained; one of before the chain counts as its beginning. */
export function toChained(row: ChainRow): ChainedRecord {
  return {
    workspaceId: row.workspace_id,
    sequence: BigInt(row.sequence ?? 0),
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorEmail: row.actor_email,
    actorKeyId: row.actor_key_id,
    actorKeyName: row.actor_key_name,
    action: row.action,
    target: row.target,
    details: row.details,
    sessionId: row.session_id,
    address: row.address,
    requestId: row.request_id,
    salt: row.salt ?? Buffer.alloc(0),
    redacted: row.redacted,
  };
}
