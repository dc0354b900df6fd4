import type { Db } from '../database/db.ts';
import { type ArrayColumn, type ArrayColumns, rowsFrom } from '../database/row-arrays.ts';
import { namesOf } from '../database/table/table-sql.ts';
import { type NodeSteps, nothing, parameter, raw, type Sql, sql, when } from '../database/sql.ts';
import { days as inDays } from '../errors/duration.ts';
import type { ResourceNotes } from '../http/request/request-state.ts';
import type { LogEntry } from './log-entry.ts';
import { searchTextOfEntry, subjectOf } from './log-search.ts';
import { keptText } from './redact.ts';

/** How much of the log a workspace has filled on a day. */
export interface LogDay {
  workspaceId: string;
  /** As `2026-11-24`, in UTC. */
  day: string;
  bytes: number;
}

/**
 * Writes a batch: entries and bodies. Entries of a workspace that has been erased in the meantime are dropped.
 *
 * @returns how much their workspaces have now filled on the days of the entries
 */
export async function writeEntries(db: Db, batch: readonly LogEntry[]): Promise<LogDay[]> {
  const bodies = batch.filter(hasBody).map(bodyRow);
  const days = daysOf(batch, bodies);
  const statement = sql<FilledDay>`WITH body AS (
       ${insertBodies(bodies)} WHERE ${workspaceIsThere}
     ), note AS (
       ${insertNotes(batch)} WHERE ${workspaceIsThere}
     ), entry AS (
       ${insertEntries(batch)} WHERE ${workspaceIsThere}
     )
     ${insertDays(days, sql`WHERE ${workspaceIsThere}`)}
     RETURNING workspace_id AS "workspaceId", day::text AS day, bytes`;
  const [first] = batch;
  const isOfOne = first !== undefined && batch.every(({ workspaceId }) => workspaceId === first.workspaceId);
  const { rows } = await db.run(
    isOfOne
      ? statement.onOneNode(first.workspaceId, filledDay, () =>
          stepsOf(first.workspaceId, batch, bodies, days),
        )
      : statement,
  );
  return rows.map(({ bytes, ...day }) => ({ ...day, bytes: Number(bytes) }));
}

interface FilledDay {
  workspaceId: string;
  day: string;
  bytes: string;
}

const filledDay = { workspaceId: 'uuid', day: 'text', bytes: 'bigint' };

/** The same for one workspace, in steps. */
function stepsOf(
  workspaceId: string,
  batch: readonly LogEntry[],
  bodies: readonly BodyRow[],
  days: readonly LogDay[],
): NodeSteps {
  return {
    guard: sql`SELECT id, NULL::text, NULL::bigint FROM workspace WHERE id = ${workspaceId}`,
    goesOn: 'with rows',
    steps: [
      ...(bodies.length > 0 ? [insertBodies(bodies)] : []),
      ...(batch.some(({ notes }) => notes.length > 0) ? [insertNotes(batch)] : []),
      insertEntries(batch),
      insertDays(days, nothing),
    ],
    answer: sql`SELECT workspace_id, day::text, bytes FROM provisioning_log_day
      WHERE workspace_id = ${workspaceId} AND day = ANY (${days.map(({ day }) => day)}::date[])`,
  };
}

function insertBodies(bodies: readonly BodyRow[]): Sql {
  return sql`INSERT INTO provisioning_log_body (${namesOf(bodyColumns)})
       SELECT ${namesOf(bodyColumns, 'x')} FROM ${rowsFrom(bodyColumns, bodies)}`;
}

function insertNotes(batch: readonly LogEntry[]): Sql {
  return sql`INSERT INTO provisioning_log_note (${namesOf(noteColumns)})
       SELECT ${namesOf(noteColumns, 'x')} FROM ${rowsFrom(noteColumns, batch.flatMap(noteRows))}`;
}

function insertEntries(batch: readonly LogEntry[]): Sql {
  return sql`INSERT INTO provisioning_log (${namesOf(entryColumns)}, event_ids)
       SELECT ${namesOf(entryColumns, 'x')}, NULLIF(x.event_ids, '{}')::uuid[]
       FROM ${rowsFrom({ ...entryColumns, event_ids: eventIdsColumn }, batch)}`;
}

/** @param condition a WHERE, or nothing */
function insertDays(days: readonly LogDay[], condition: Sql): Sql {
  return sql`INSERT INTO provisioning_log_day AS d (workspace_id, day, bytes)
     SELECT x.workspace_id, x.day::date, x.bytes FROM ${rowsFrom(dayColumns, days)}
     ${condition} ORDER BY x.workspace_id, x.day
     ON CONFLICT (workspace_id, day) DO UPDATE SET bytes = d.bytes + excluded.bytes`;
}

/** What an entry takes beside its bodies, with its place in the indexes. */
const entryBytes = 600;

/** The day of a moment in UTC: `2026-11-24`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function daysOf(batch: readonly LogEntry[], bodies: readonly BodyRow[]): LogDay[] {
  const days = new Map<string, LogDay>();
  const sizes = new Map(bodies.map(({ id, request, answer }) => [id, bytesIn(request) + bytesIn(answer)]));
  for (const { id, workspaceId, at } of batch) {
    const key = `${workspaceId} ${Math.floor(at.getTime() / inDays(1))}`;
    const known = days.get(key) ?? { workspaceId, day: dayOf(at), bytes: 0 };
    known.bytes += entryBytes + (sizes.get(id) ?? 0);
    days.set(key, known);
  }
  return [...days.values()];
}

function bytesIn(text: string | null): number {
  return text === null ? 0 : Buffer.byteLength(text);
}

const dayColumns: ArrayColumns<LogDay> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  day: { type: 'text', of: ({ day }) => day },
  bytes: { type: 'bigint', of: ({ bytes }) => bytes },
};

const workspaceIsThere = sql`EXISTS (SELECT 1 FROM workspace w WHERE w.id = x.workspace_id)`;

/**
 * Deletes a bounded number of entries older than the given time, with their bodies. Several processes may do this at
 * once.
 *
 * @param workspaceId only in this workspace; null: in all
 * @returns how many were deleted
 */
export async function deleteEntriesBefore(
  db: Db,
  time: Date,
  entriesMax: number,
  workspaceId: string | null = null,
): Promise<number> {
  const workspace = parameter(workspaceId);
  const within = (table: string) =>
    when(workspaceId !== null, sql` AND ${raw(table)}.workspace_id = ${workspace}`);
  const { rows } = await db.run(sql<{ count: number }>`WITH old AS (
       SELECT o.workspace_id, o.id FROM provisioning_log o
       WHERE o.at < ${time}${within('o')}
         LIMIT ${entriesMax} FOR UPDATE SKIP LOCKED
     ), body AS (
       DELETE FROM provisioning_log_body b USING old WHERE (b.workspace_id, b.id) = (old.workspace_id, old.id)${within('b')}
     ), note AS (
       DELETE FROM provisioning_log_note n USING old
       WHERE (n.workspace_id, n.entry_id) = (old.workspace_id, old.id)${within('n')}
     ), entry AS (
       DELETE FROM provisioning_log l USING old WHERE (l.workspace_id, l.id) = (old.workspace_id, old.id)${within('l')}
       RETURNING 1
     )
     SELECT count(*)::integer AS count FROM entry`);
  const [row] = rows;
  return row?.count ?? 0;
}

const entryColumns: ArrayColumns<LogEntry> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  id: { type: 'uuid', of: ({ id }) => id },
  token_id: { type: 'uuid', of: ({ tokenId }) => tokenId },
  at: { type: 'timestamptz', of: ({ at }) => at.toISOString() },
  request_id: { type: 'text', of: ({ requestId }) => requestId },
  method: { type: 'text', of: ({ method }) => method },
  path: { type: 'text', of: ({ path }) => path },
  status: { type: 'integer', of: ({ status }) => status },
  scim_type: { type: 'text', of: ({ scimType }) => scimType },
  detail: { type: 'text', of: ({ detail }) => detail },
  resource_type: { type: 'text', of: ({ resourceType }) => resourceType },
  resource_id: { type: 'text', of: ({ resourceId }) => resourceId },
  user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  duration_ms: { type: 'integer', of: ({ durationMs }) => durationMs },
  found: { type: 'integer', of: ({ found }) => found },
  search_text: { type: 'text', of: searchTextOfEntry },
  subject: { type: 'text', of: subjectOf },
};

const eventIdsColumn: ArrayColumn<LogEntry> = { type: 'text[]', of: ({ eventIds }) => eventIds };

interface BodyRow {
  workspaceId: string;
  id: string;
  request: string | null;
  answer: string | null;
}

const bodyColumns: ArrayColumns<BodyRow> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  id: { type: 'uuid', of: ({ id }) => id },
  request: { type: 'json', of: ({ request }) => request },
  answer: { type: 'json', of: ({ answer }) => answer },
};

interface NoteRow extends ResourceNotes {
  workspaceId: string;
  entryId: string;
  position: number;
  at: Date;
}

const noteColumns: ArrayColumns<NoteRow> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  entry_id: { type: 'uuid', of: ({ entryId }) => entryId },
  position: { type: 'integer', of: ({ position }) => position },
  resource_id: { type: 'text', of: ({ resourceId }) => resourceId },
  at: { type: 'timestamptz', of: ({ at }) => at.toISOString() },
  notes: { type: 'jsonb', of: ({ notes }) => notes },
};

function noteRows({ workspaceId, id, at, notes }: LogEntry): NoteRow[] {
  return notes.map((noted, position) => ({ ...noted, workspaceId, entryId: id, position, at }));
}

function hasBody({ body, answer }: LogEntry): boolean {
  return body !== undefined || answer !== undefined;
}

function bodyRow({ workspaceId, id, body, answer }: LogEntry): BodyRow {
  return { workspaceId, id, request: textOf(body), answer: textOf(answer) };
}

function textOf(body: unknown): string | null {
  return body === undefined ? null : keptText(body).text;
}
