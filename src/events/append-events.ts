import type { TransactionDb } from '../database/commit-notes.ts';
import type { Db } from '../database/db.ts';
import { type ArrayColumns, numberedRowsFrom } from '../database/row-arrays.ts';
import { parameter, type Parameter, raw, type Sql, sql } from '../database/sql.ts';
import { inSpan } from '../tracing/spans.ts';
import { currentTraceparent, inTrace } from '../tracing/trace-context.ts';
import type { NewEvent } from './event.ts';

/** The topic under which a committed transaction says that it has appended events. */
export const eventsTopic = 'events';

/**
 * Appends events to those of a workspace, in the transaction of what they tell. They get the next sequences: a
 * transaction that appends holds the head of the workspace until the commit, so that the sequences have no gap, and none
 * appears after a later one. That happens right before the commit: others that append wait, and the head is locked after
 * everything else, so that nobody who holds it waits for anything.
 *
 * @param now the time from the injected clock
 */
export function appendEvents(
  db: TransactionDb,
  workspaceId: string,
  now: Date,
  events: readonly NewEvent[],
): void {
  if (events.length === 0) return;
  const rows =
    () => sql`SELECT x.ordinal, x.type, x.subject_kind, x.subject_id, x.subject_external_id, x.subject_version, x.cause,
       x.changes, x.data
     FROM ${numberedRowsFrom(eventColumns, events)}`;
  appendRows(db, workspaceId, now, events.length, rows);
}

const eventColumns: ArrayColumns<NewEvent> = {
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
 * @param rows makes a SELECT of `ordinal` (1, 2, 3 …), `type`, `subject_kind`, `subject_id`, `subject_external_id`,
 * `subject_version`, `cause`, `changes` and `data`; a subject that counts no versions of its own (null) has the sequence
 * of its newest event as its version. What it reads lies with the events: of tables that do not, it asks `last` before
 */
export function appendRows(
  db: TransactionDb,
  workspaceId: string,
  now: Date,
  count: number,
  rows: (last: Db) => Sql | Promise<Sql>,
): void {
  const traceparent = currentTraceparent();
  const attributes = { 'provisioning.events': count };
  db.beforeCommit(async (last) => {
    const { count: appended } = await inTrace(traceparent, () =>
      inSpan({ name: 'append events', attributes }, async () =>
        last.run(appending(parameter(workspaceId), now, count, await rows(last)).onOneNode(workspaceId, {})),
      ),
    );
    if (appended !== count) throw new Error(`${count} events were to be appended, and ${appended} were`);
  });
  db.tellAtCommit({ topic: eventsTopic, workspaceId });
}

function appending(workspaceId: Parameter, now: Date, count: number, rows: Sql): Sql {
  const total = parameter(count);
  return sql`WITH head AS (
       INSERT INTO event_head AS h (workspace_id, sequence) VALUES (${workspaceId}, ${total}::bigint)
       ON CONFLICT (workspace_id) DO UPDATE SET sequence = h.sequence + excluded.sequence
       RETURNING sequence - ${total}::bigint AS before
     )
     INSERT INTO event (workspace_id, sequence, at, type, subject_kind, subject_id, subject_external_id, subject_version,
       cause, changes, data)
     SELECT ${workspaceId}, head.before + r.ordinal, ${now}, r.type, r.subject_kind, r.subject_id, r.subject_external_id,
       coalesce(r.subject_version, head.before + r.ordinal), ${causeInTrace()}, r.changes, r.data
     FROM head, (${rows}) AS r`.prepared();
}

/** The cause, and the trace of the request behind it, if it has one. */
function causeInTrace(): Sql {
  const traceparent = currentTraceparent();
  if (traceparent === null) return raw('r.cause');
  return sql`(r.cause::jsonb || ${JSON.stringify({ traceparent })}::jsonb)::json`;
}
