import type { Db } from '../database/db.ts';
import { nothing, parameter, sql, type Sql } from '../database/sql.ts';
import type { EventType } from './event.ts';

/** An event that is read by itself. `json` is EVENT of the HTTP contract, put together by the database. */
export interface EventRow {
  workspaceId: string;
  sequence: string;
  at: Date;
  json: string;
}

/** Which events to read: those of one workspace after a sequence, up to another. */
export interface EventRange {
  workspaceId: string;
  after: bigint;
  upTo: bigint;
}

/** Events in order, as the text of a JSON array without its brackets. Nothing is parsed on the way to the reader. */
export interface EventsText {
  /** Null: there are none. */
  json: string | null;
  count: number;
}

/** A page of the events of one workspace, and what tells whether the place that it was read from is one of its history. */
export interface WorkspacePageRow extends EventsText {
  /** The newest event of the workspace, and the newest that is no longer kept. */
  sequence: string;
  forgotten: string;
  /** When the event happened that the page was read after; null when it is not kept. */
  placeAt: Date | null;
  /** The last event that was looked at, whether its type is wanted or not; it has passed everything before. */
  last: string;
  /** When that happened; null when it is not kept. */
  lastAt: Date | null;
}

/**
 * Reads a page of the events of one workspace by one statement: the head, the place and the events are of one moment.
 *
 * @param after the event that the page continues after; null: from the oldest that is kept
 * @param types only these; null: all
 */
export async function readWorkspacePage(
  db: Db,
  workspaceId: string,
  after: bigint | null,
  types: readonly EventType[] | null,
  limit: number,
): Promise<WorkspacePageRow> {
  const workspace = parameter(workspaceId);
  const place = parameter(after);
  const most = parameter(limit);
  const { rows } = await db.run(
    sql<WorkspacePageRow>`SELECT h.sequence, h.forgotten, p.json, p.count, l.last,
       (SELECT at FROM event WHERE workspace_id = ${workspace} AND sequence = ${place}::bigint) AS "placeAt",
       (SELECT at FROM event WHERE workspace_id = ${workspace} AND sequence = l.last) AS "lastAt"
     FROM (SELECT coalesce(max(sequence), 0) AS sequence, coalesce(max(forgotten), 0) AS forgotten
       FROM event_head WHERE workspace_id = ${workspace}) h
     CROSS JOIN LATERAL (
       SELECT string_agg(json, ',' ORDER BY sequence) AS json, count(*)::int AS count, max(sequence) AS last FROM (
         SELECT e.sequence, ${eventJson} AS json
         FROM (SELECT ${constantColumns} FROM (SELECT ${workspace}::uuid AS id) r
           LEFT JOIN workspace w ON w.id = r.id OFFSET 0) c
         CROSS JOIN LATERAL (
           SELECT * FROM event WHERE workspace_id = ${workspace} AND sequence > coalesce(${place}::bigint, h.forgotten)
             AND sequence <= h.sequence AND ${isWanted(types)}
           ORDER BY sequence LIMIT ${most}) e
         ORDER BY e.sequence) x) p
     CROSS JOIN LATERAL (
       SELECT CASE WHEN p.count = ${most} THEN p.last ELSE h.sequence END AS last) l`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A SELECT over an aggregate answered with no row');
  return row;
}

/** What all events of a workspace have in common in their JSON, made once for all of them: `r.id` is the workspace, `w` its row. */
const constantColumns: Sql = sql`concat('{"id":"evt_', replace(r.id::text, '-', ''), '_') AS id_text,
  concat('","workspaceId":"', r.id, '","workspaceExternalId":', coalesce(to_json(w.external_id)::text, 'null'),
    ',"sequence":') AS workspace_text`;

/** EVENT of the HTTP contract as JSON; the statement calls the event `e`, and what {@link constantColumns} names `c`. */
const eventJson: Sql = sql`concat(c.id_text, e.sequence, '","type":"', e.type,
  '","at":"', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), c.workspace_text, e.sequence,
  ',"subject":{"kind":"', e.subject_kind, '","id":"', e.subject_id,
  '","externalId":', coalesce(to_json(e.subject_external_id)::text, 'null'), ',"version":', e.subject_version,
  '},"cause":', e.cause, ',"changes":', e.changes, ',"data":', e.data, '}')`;

/** The columns of {@link EventRow}; the statement calls the event `e` and its workspace `w`. */
export const eventColumns: Sql = sql`e.workspace_id AS "workspaceId", e.sequence, e.at,
  (SELECT ${eventJson} FROM (SELECT ${constantColumns} FROM (SELECT e.workspace_id AS id) r) c) AS json`;

function isWanted(types: readonly EventType[] | null): Sql {
  const wanted = parameter(types === null ? null : [...types]);
  return sql`(${wanted}::text[] IS NULL OR type = ANY (${wanted}))`;
}

/** A page of events of several workspaces. */
export interface RangesPageRow extends EventsText {
  /** Where its last event stands: in which range, from 1, and its sequence; null: there are none. */
  lastOrdinal: number | null;
  last: string | null;
}

/**
 * Reads events of several workspaces, in the order of the ranges.
 *
 * @param types only these; null: all
 */
export async function readRanges(
  db: Db,
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
  limit: number,
): Promise<RangesPageRow> {
  const none = { json: null, count: 0, lastOrdinal: null, last: null };
  if (ranges.length === 0) return none;
  const { rows } = await db.run(
    sql<RangesPageRow>`SELECT string_agg(json, ',' ORDER BY ordinal, sequence) AS json, count(*)::int AS count,
       max(ordinal)::int AS "lastOrdinal",
       (array_agg(sequence ORDER BY ordinal, sequence))[count(*)] AS last FROM (
       SELECT r.ordinal, e.sequence, ${eventJson} AS json ${fromRanges(ranges, types, constantsOfRanges)}
       LIMIT ${limit}) x`.prepared(),
  );
  return rows[0] ?? none;
}

const constantsOfRanges = sql`CROSS JOIN LATERAL (SELECT ${constantColumns} FROM (SELECT r.workspace_id AS id) r
  LEFT JOIN workspace w ON w.id = r.id OFFSET 0) c`;

/**
 * What stands after the columns of a SELECT over events of several workspaces, which it calls `e`: in the order of the
 * ranges, each by an index.
 *
 * @param types only these; null: all
 * @param joined what is joined to each range `r`, and so made once for all of its events
 */
export function fromRanges(
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
  joined: Sql = nothing,
): Sql {
  return sql`FROM ROWS FROM (unnest(${ranges.map(({ workspaceId }) => workspaceId)}::uuid[]),
         unnest(${ranges.map(({ after }) => String(after))}::bigint[]), unnest(${ranges.map(({ upTo }) => String(upTo))}::bigint[]))
       WITH ORDINALITY AS r(workspace_id, after, up_to, ordinal)
     ${joined}
     CROSS JOIN LATERAL (
       SELECT * FROM event WHERE workspace_id = r.workspace_id AND sequence > r.after AND sequence <= r.up_to
         AND ${isWanted(types)} OFFSET 0) e
     ORDER BY r.ordinal, e.sequence`;
}

/** How far the events of a workspace have come, and the newest that is no longer kept. */
export async function readHead(
  db: Db,
  workspaceId: string,
): Promise<{ sequence: bigint; forgotten: bigint }> {
  const { rows } = await db.run(
    sql<{ sequence: string; forgotten: string }>`SELECT sequence, forgotten FROM event_head
     WHERE workspace_id = ${workspaceId}`.prepared(),
  );
  const [row] = rows;
  return { sequence: BigInt(row?.sequence ?? 0), forgotten: BigInt(row?.forgotten ?? 0) };
}

/** The newest event of a workspace, and when it happened; 0 and null before the first, or when it is not kept. */
export async function readNewestEvent(
  db: Db,
  workspaceId: string,
): Promise<{ sequence: bigint; at: Date | null }> {
  const { rows } = await db.run(
    sql<{ sequence: string; at: Date | null }>`SELECT h.sequence, e.at FROM event_head h
     LEFT JOIN event e ON e.workspace_id = h.workspace_id AND e.sequence = h.sequence
     WHERE h.workspace_id = ${workspaceId}`.prepared(),
  );
  return { sequence: BigInt(rows[0]?.sequence ?? 0), at: rows[0]?.at ?? null };
}
