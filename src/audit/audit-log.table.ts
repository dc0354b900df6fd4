import { bigint, bytes, jsonb, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { RedactablePart } from './chain.ts';

/**
 * One action of an admin, an operator, the host product or the service itself. Rows are only added, and retention deletes
 * old ones.
 */
export const auditLog = table(
  'audit_log',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    at: moment(),
    actorKind: text(),
    actorEmail: text().orNull(),
    actorKeyId: uuid().orNull(),
    actorKeyName: text().orNull(),
    action: text(),
    target: text().orNull(),
    details: jsonb<Record<string, unknown>>().default({}),
    /** 1, 2, 3 … in its workspace, without a gap; null: of a version that had no chain. */
    sequence: bigint().orNull(),
    previousHash: bytes().orNull(),
    /** See `hashOf`. */
    hash: bytes().orNull(),
    /** What the digests of `address`, `details` and the other redactable parts are salted with. */
    salt: bytes().orNull(),
    /** The digests of parts that were redacted since, so that the chain still holds. */
    redacted: jsonb<Partial<Record<RedactablePart, string>>>().orNull(),
    /** Of the admin. */
    sessionId: uuid().orNull(),
    /** Where the request came from; null: from the service itself. */
    address: text().orNull(),
    requestId: text().orNull(),
  },
  {
    indexes: {
      audit_log_sequence: {
        on: ['workspaceId', 'sequence'],
        unique: true,
        where: '(sequence IS NOT NULL)',
      },
    },
    checks: {
      audit_log_actor_kind_check: `actor_kind IN ('operator', 'product', 'admin', 'system')`,
    },
  },
);
