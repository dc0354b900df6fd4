import type { Db } from '../database/db.ts';
import { type Parameter, sql } from '../database/sql.ts';
import type { AuditAction } from './audit-actions.ts';
import { type ChainedRecord, digestOf, leftDigestOf, type RedactablePart, redactableParts } from './chain.ts';
import { type ChainRow, chainColumns, toChained } from './chain-row.ts';

/** How many records one statement reads to take a person out of them. */
export const redactedAtOnceMax = 500;

/** What the records that name redacted ones say was done. */
export const namingAction = 'records.redacted' satisfies AuditAction;
/** What the record of an erasure says was done. */
export const erasingAction = 'person.erased' satisfies AuditAction;

/** Makes another value of a part of a record; the same one where there is nothing to take out. */
export type Redact = (part: RedactablePart, value: unknown) => unknown;

/** A record as a redaction leaves it: its sequence, and the digest of what stays, see `leftDigestOf`. */
export type LeftRecord = readonly [sequence: number, digest: string];

/** How many redacted records one record names at most: some 8 KB, so that a page of such records is not too large. */
export const namedAtOnceMax = 100;

/**
 * Takes somebody out of the records of a workspace, in the transaction of the caller. The chain holds digests of the parts
 * that may name people: those of redacted parts are kept, so that the chain still shows that nothing else has changed.
 *
 * @param candidates a pattern of PostgreSQL that a record must match to be looked at
 * @returns what stays of the records that have changed; `namingRecords` puts that into the chain
 */
export async function redactRecords(
  db: Db,
  workspace: Parameter,
  candidates: string,
  redact: Redact,
): Promise<LeftRecord[]> {
  const left: LeftRecord[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await db.run(sql<ChainRow>`SELECT ${chainColumns} FROM audit_log
      WHERE workspace_id = ${workspace} AND id > ${after}::uuid
        AND concat_ws(' ', actor_email, actor_key_name, target, details::text, address, request_id) ~* ${candidates}
      ORDER BY id LIMIT ${redactedAtOnceMax} FOR UPDATE`);
    for (const row of rows) {
      const made = redacted(toChained(row), redact);
      if (made === null) continue;
      await write(db, made);
      left.push([Number(made.sequence), leftDigestOf(made)]);
    }
    if (rows.length < redactedAtOnceMax) return left;
    after = rows.at(-1)?.id ?? after;
  }
}

/**
 * The details of the records that name what an erasure has redacted: to be recorded in the same transaction.
 *
 * @param erasureId as the record of the erasure itself says
 */
export function namingRecords(erasureId: string, left: readonly LeftRecord[]): Record<string, unknown>[] {
  // A record of before there was a chain has no place that could be named.
  const chained = left.filter(([sequence]) => sequence > 0);
  return Array.from({ length: Math.ceil(chained.length / namedAtOnceMax) }, (_, at) => {
    const records = chained.slice(at * namedAtOnceMax, (at + 1) * namedAtOnceMax);
    return { erasureId, count: records.length, records };
  });
}

/** @returns the record without what is taken out; null when it has nothing of it */
function redacted(record: ChainedRecord, redact: Redact): ChainedRecord | null {
  const changed = redactableParts.filter(
    (part) => record[part] !== null && !isProof(record, part) && redact(part, record[part]) !== record[part],
  );
  if (changed.length === 0) return null;
  const digests = Object.fromEntries(
    changed.map((part) => [part, record.redacted?.[part] ?? digestOf(record, part)]),
  );
  return {
    ...record,
    ...Object.fromEntries(changed.map((part) => [part, redact(part, record[part])])),
    redacted: { ...record.redacted, ...digests },
  };
}

/** Nothing but numbers and digests, which prove other redactions. */
function isProof({ action }: ChainedRecord, part: RedactablePart): boolean {
  return action === namingAction && part === 'details';
}

async function write(db: Db, made: ChainedRecord): Promise<void> {
  await db.run(sql`UPDATE audit_log SET actor_email = ${made.actorEmail}, actor_key_name = ${made.actorKeyName},
      target = ${made.target}, details = ${JSON.stringify(made.details ?? {})}, address = ${made.address},
      request_id = ${made.requestId}, redacted = ${JSON.stringify(made.redacted)}
    WHERE workspace_id = ${made.workspaceId} AND id = ${made.id}`);
}
