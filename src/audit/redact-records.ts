import type { Db } from '../database/db.ts';
import { type Parameter, sql } from '../database/sql.ts';
import { type ChainedRecord, digestOf, type RedactablePart, redactableParts } from './chain.ts';
import { type ChainRow, chainColumns, toChained } from './chain-row.ts';

/** How many records one statement reads to take a person out of them. */
export const redactedAtOnceMax = 500;

/** Makes another value of a part of a record; the same one where there is nothing to take out. */
export type Redact = (part: RedactablePart, value: unknown) => unknown;

/**
 * Takes somebody out of the records of a workspace, in the transaction of the caller. The chain holds digests of the parts
 * that may name people: those of redacted parts are kept, so that the chain still shows that nothing else has changed.
 *
 * @param candidates a pattern of PostgreSQL that a record must match to be looked at
 * @returns how many records have changed
 */
export async function redactRecords(
  db: Db,
  workspace: Parameter,
  candidates: string,
  redact: Redact,
): Promise<number> {
  let count = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await db.run(sql<ChainRow>`SELECT ${chainColumns} FROM audit_log
      WHERE workspace_id = ${workspace} AND id > ${after}::uuid
        AND concat_ws(' ', actor_email, actor_key_name, target, details::text, address, request_id) ~* ${candidates}
      ORDER BY id LIMIT ${redactedAtOnceMax} FOR UPDATE`);
    for (const row of rows) if (await redactRecord(db, toChained(row), redact)) count += 1;
    if (rows.length < redactedAtOnceMax) return count;
    after = rows.at(-1)?.id ?? after;
  }
}

async function redactRecord(db: Db, record: ChainedRecord, redact: Redact): Promise<boolean> {
  const changed = redactableParts.filter(
    (part) => record[part] !== null && redact(part, record[part]) !== record[part],
  );
  if (changed.length === 0) return false;
  const digests = Object.fromEntries(
    changed.map((part) => [part, record.redacted?.[part] ?? digestOf(record, part)]),
  );
  const made: ChainedRecord = {
    ...record,
    ...Object.fromEntries(changed.map((part) => [part, redact(part, record[part])])),
  };
  await db.run(sql`UPDATE audit_log SET actor_email = ${made.actorEmail}, actor_key_name = ${made.actorKeyName},
      target = ${made.target}, details = ${JSON.stringify(made.details ?? {})}, address = ${made.address},
      request_id = ${made.requestId}, redacted = ${JSON.stringify({ ...record.redacted, ...digests })}
    WHERE workspace_id = ${record.workspaceId} AND id = ${record.id}`);
  return true;
}
