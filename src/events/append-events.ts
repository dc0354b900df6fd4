import type { TransactionDb } from '../database/commit-notes.ts';
import { type ArrayColumns, rowsFrom } from '../database/row-arrays.ts';
import { parameter, type Parameter, type Sql, sql } from '../database/sql.ts';
import type { NewEvent } from './event.ts';

/** The topic under which a committed transaction says that it has appended events. */
export const eventsTopic = 'events';

/**
 * Appends events to those of a workspace, in the transaction of what they tell. They get the next sequences: whoever
 * appends holds the head of the workspace until the commit, so that the sequences have no gap, and none appears after a
 * later one.
 *
 * Call it at the end of the transaction, after the last row is locked: others that append wait for the commit, and two
 * that each hold what the other wants would deadlock.
 *
 * @param now the time from the injected clock
 */
export async function appendEvents(
  db: TransactionDb,
  workspaceId: string,
  now: Date,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = sql`SELECT x.ordinal, x.type, x.subject_kind, x.subject_id, x.subject_external_id, x.subject_version, x.cause,
       x.changes, x.data
     FROM ${rowsFrom(eventColumns, events.map((given, at) => ({ ...given, ordinal: at + 1 })))}`;
  await appendRows(db, workspaceId, now, events.length, rows);
}

const eventColumns: ArrayColumns<NewEvent & { ordinal: number }> = {
  ordinal: { type: 'bigint', of: ({ ordinal }) => String(ordinal) },
  type: { type: 'text', of: ({ type }) => type },
  subject_kind: { type: 'text', of: ({ subject }) => subject.kind },
  subject_id: { type: 'uuid', of: ({ subject }) => subject.id },
  subject_external_id: { type: 'text', of: ({ subject }) => subject.externalId },
  subject_version: { type: 'bigint', of: ({ subject }) => subject.version },
  cause: { type: 'json', of: ({ cause }) => JSON.stringify(cause) },
  changes: { type: 'json', of: ({ changes }) => JSON.stringify(changes) },
  data: { type: 'json', of: ({ data }) => JSON.stringify(data) },
};

/**
 * {@link appendEvents} for events that the database puts together.
 *
 * @param count how many rows there are
 * @param rows a SELECT of `ordinal` (1, 2, 3 …), `type`, `subject_kind`, `subject_id`, `subject_external_id`,
 * `subject_version`, `cause`, `changes` and `data`; a subject that counts no versions of its own (null) has the sequence
 * of its newest event as its version
 */
export async function appendRows(
  db: TransactionDb,
  workspaceId: string,
  now: Date,
  count: number,
  rows: Sql,
): Promise<void> {
  const workspace = parameter(workspaceId);
  const { count: appended } = await db.run(appending(workspace, now, sql`SELECT ${count}::bigint AS count`, rows));
  if (appended !== count) throw new Error(`${count} events were to be appended, and ${appended} were`);
  db.tellAtCommit({ topic: eventsTopic, workspaceId });
}

/**
 * The statement that appends rows.
 *
 * @param count a SELECT of one row: how many rows there are, as `count`
 */
export function appending(workspaceId: Parameter, now: Date, count: Sql, rows: Sql): Sql {
  return sql`WITH counted AS (${count}), head AS (
       INSERT INTO event_head AS h (workspace_id, sequence) SELECT ${workspaceId}, count FROM counted WHERE count > 0
       ON CONFLICT (workspace_id) DO UPDATE SET sequence = h.sequence + excluded.sequence
       RETURNING sequence
     )
     INSERT INTO event (workspace_id, sequence, at, type, subject_kind, subject_id, subject_external_id, subject_version,
       cause, changes, data)
     SELECT ${workspaceId}, head.sequence - counted.count + r.ordinal, ${now}, r.type, r.subject_kind, r.subject_id,
       r.subject_external_id, coalesce(r.subject_version, head.sequence - counted.count + r.ordinal), r.cause, r.changes, r.data
     FROM head, counted, (${rows}) AS r`;
}
