import type { Db } from '../database/db.ts';
import { nothing, parameter, Parameter, sql, type Sql } from '../database/sql.ts';
import type { EventRange } from './event-range.ts';
import type { EventType } from './event.ts';
import { type RangesSelect, readByWorkspace } from './ranges-by-workspace.ts';

/** An event that is read by itself. `json` is EVENT of the HTTP contract, put together by the database. */
export interface EventRow {
  workspaceId: string;
  sequence: string;
  at: Date;
  json: string;
}

/**
 * How many events of a page are one text. A text for each costs the driver more to read than the database to make; one
 * text for all, of a megabyte and more, is copied and collected as garbage at several times its size.
 */
export const eventsPerText = 50;

/** How far the events of a workspace have come, and what tells whether a place is one of its history. */
export interface WorkspaceHead {
  /** The newest event of the workspace, and the newest that is no longer kept. */
  newest: bigint;
  forgotten: bigint;
  /** When the event at the place happened; null when it is not kept. */
  placeAt: Date | null;
  /** Where the page ends, and when that event happened; null when it is not kept. */
  last: bigint;
  lastAt: Date | null;
}

/**
 * Reads where a page of the events of one workspace ends: their sequences have no gap.
 *
 * @param after the event that the page continues after; null: from the oldest that is kept
 * @param limit how many events the page has at most; null: as many as there are
 */
export async function readWorkspaceHead(
  db: Db,
  workspaceId: string,
  after: bigint | null,
  limit: number | null,
): Promise<WorkspaceHead> {
  const workspace = parameter(workspaceId);
  const place = parameter(after);
  const atOf = (sequence: Sql | Parameter) =>
    sql`(SELECT at FROM event WHERE workspace_id = ${workspace} AND sequence = ${sequence})`;
  const { rows } = await db.run(
    sql<WorkspaceHeadRow>`SELECT newest, forgotten, last, ${atOf(sql`${place}::bigint`)} AS "placeAt",
       ${atOf(sql`h.last`)} AS "lastAt"
     FROM (SELECT newest, forgotten, least(newest, coalesce(${place}::bigint, forgotten) + ${limit}::bigint) AS last FROM (
       SELECT coalesce(max(sequence), 0) AS newest, coalesce(max(forgotten), 0) AS forgotten
       FROM event_head WHERE workspace_id = ${workspace}) found) h`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A SELECT over an aggregate answered with no row');
  const { placeAt, lastAt } = row;
  return {
    newest: BigInt(row.newest),
    forgotten: BigInt(row.forgotten),
    placeAt,
    last: BigInt(row.last),
    lastAt,
  };
}

interface WorkspaceHeadRow {
  newest: string;
  forgotten: string;
  last: string;
  placeAt: Date | null;
  lastAt: Date | null;
}

/** The text of the events of a workspace after a sequence, up to another; null: there are none. */
function textOf(workspace: Parameter | Sql, after: Sql, upTo: Sql): Sql {
  return sql`(SELECT string_agg(json, ',' ORDER BY sequence) FROM (
       SELECT e.sequence, ${eventJson} AS json FROM event e
       WHERE e.workspace_id = ${workspace} AND e.sequence > ${after} AND e.sequence <= ${upTo} ORDER BY e.sequence) x)`;
}

function textsOf(rows: readonly { json: string | null }[]): string[] {
  return rows.flatMap(({ json }) => json ?? []);
}

/** What the events of a workspace have in common in their JSON, made once for all of them. */
function constantsOf(workspace: Parameter | Sql): Sql {
  const one = workspace instanceof Parameter ? workspace : sql`o.id`;
  return sql`LATERAL (SELECT concat('{"id":"evt_', replace(o.id::text, '-', ''), '_') AS id_text,
       concat('","workspaceId":"', o.id, '","workspaceExternalId":',
         coalesce((SELECT to_json(external_id)::text FROM workspace WHERE id = ${one}), 'null'), ',"sequence":') AS workspace_text
     FROM (SELECT ${workspace}::uuid AS id) o OFFSET 0)`;
}

/** EVENT of the HTTP contract as JSON; the statement calls the event `e`, and its {@link constantsOf} `c`. */
const eventJson: Sql = sql`concat(c.id_text, e.sequence, '","type":"', e.type,
  '","at":"', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), c.workspace_text, e.sequence,
  ',"subject":{"kind":"', e.subject_kind, '","id":"', e.subject_id,
  '","externalId":', coalesce(to_json(e.subject_external_id)::text, 'null'), ',"version":', e.subject_version,
  '},"cause":', e.cause, ',"changes":', e.changes, ',"data":', ${dataText()}, '}')`;

/**
 * The data of an event. Of a member as an earlier release told of them, what was added since. The texts that are looked for
 * first, of this release and of the one before, stand nowhere else: the quotes of a value are written \", and the properties
 * have a space behind their colons and none before. Data that were written again, without somebody who was erased, may have
 * none of these texts, and are read.
 */
function dataText(): Sql {
  const lacksRole = sql`e.subject_kind = 'member' AND strpos(e.data::text, '"role":null') = 0
    AND strpos(e.data::text, '"role":"') = 0 AND strpos(e.data::text, '"role" : ') = 0 AND e.data -> 'role' IS NULL`;
  return sql`CASE WHEN ${lacksRole} THEN regexp_replace(e.data::text, '\\s*\\}\\s*$', ', "role" : null, "roleBecause" : []}')
    ELSE e.data::text END`;
}

/**
 * The columns of {@link EventRow}; the statement calls the event `e`.
 *
 * @param workspace that of all events; without it, each has its own
 */
export function eventColumns(workspace: Parameter | Sql = sql`e.workspace_id`): Sql<EventRow> {
  return sql<EventRow>`e.workspace_id AS "workspaceId", e.sequence, e.at, (SELECT ${eventJson} FROM ${constantsOf(workspace)} c) AS json`;
}

/** Events of several workspaces. */
export interface RangesPage {
  /** Events in order, as parts of JSON: with commas between them they are an array. Nothing is parsed on the way. */
  texts: string[];
  /** Whether none of the events that were asked for has been deleted. */
  isKept: boolean;
  /**
   * The last event, where there may be more of the types that were asked for: in which range, and its sequence; null: all
   * were read.
   */
  stop: { range: number; sequence: bigint; at: Date | null } | null;
}

/**
 * Reads events of several workspaces, in the order of the ranges.
 *
 * @param types only these; null: all
 * @param limit the most events, where only some types are wanted
 * @param distributed whether each workspace has its events on one node of several
 */
export async function readRanges(
  db: Db,
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
  { limit, distributed }: { limit: number; distributed: boolean },
): Promise<RangesPage> {
  if (ranges.length === 0) return { texts: [], isKept: true, stop: null };
  const select: RangesSelect<RangeTextRow> = (parts, workspace) =>
    types === null ? allOfRanges(parts, workspace) : someOfRanges(parts, types, limit, workspace);
  const parts = types === null ? ranges.flatMap(inTexts) : ranges;
  const read = distributed ? await readByWorkspace(db, parts, select) : (await db.run(select(parts))).rows;
  const rows = types === null ? read : read.slice(0, limit);
  const last = types === null || rows.length < limit ? undefined : rows.at(-1);
  const stop =
    last === undefined
      ? null
      : { range: Number(last.ordinal) - 1, sequence: BigInt(last.sequence ?? 0), at: last.at };
  return { texts: textsOf(rows), isKept: rows.every(({ isKept }) => isKept), stop };
}

interface RangeTextRow {
  ordinal: string;
  json: string | null;
  sequence: string | null;
  at: Date | null;
  isKept: boolean;
}

/** What was deleted of a workspace that is gone was not deleted for its age. */
const isKept = (workspace: Parameter | Sql) =>
  sql`coalesce(r.after >= (SELECT forgotten FROM event_head WHERE workspace_id = ${workspace}), true)`;

/** @param parts see `inTexts` */
function allOfRanges(parts: readonly EventRange[], workspace: Parameter | Sql = ofRange): Sql<RangeTextRow> {
  return sql<RangeTextRow>`SELECT r.ordinal, NULL::bigint AS sequence, NULL::timestamptz AS at, ${isKept(workspace)} AS "isKept",
       ${textOf(workspace, sql`r.after`, sql`r.up_to`)} AS json
     FROM ${unnested(parts)} CROSS JOIN ${constantsOf(workspace)} c ORDER BY r.ordinal`.prepared();
}

function someOfRanges(
  ranges: readonly EventRange[],
  types: readonly EventType[],
  limit: number,
  workspace: Parameter | Sql = ofRange,
): Sql<RangeTextRow> {
  const constants = sql`CROSS JOIN ${constantsOf(workspace)} c`;
  return sql<RangeTextRow>`SELECT r.ordinal, e.sequence, e.at, ${isKept(workspace)} AS "isKept", ${eventJson} AS json
     ${fromRanges(ranges, types, constants, workspace)} LIMIT ${limit}`.prepared();
}

/** A range in parts that are a text each. */
function inTexts({ workspaceId, after, upTo }: EventRange): EventRange[] {
  const step = BigInt(eventsPerText);
  const parts: EventRange[] = [];
  for (let at = after; at < upTo; at += step) {
    parts.push({ workspaceId, after: at, upTo: at + step < upTo ? at + step : upTo });
  }
  return parts;
}

/** The workspace of a range `r`. */
const ofRange: Sql = sql`r.workspace_id`;

/** Ranges as rows `r`. */
function unnested(ranges: readonly EventRange[]): Sql {
  return sql`ROWS FROM (unnest(${ranges.map(({ workspaceId }) => workspaceId)}::uuid[]),
         unnest(${ranges.map(({ after }) => String(after))}::bigint[]), unnest(${ranges.map(({ upTo }) => String(upTo))}::bigint[]))
       WITH ORDINALITY AS r(workspace_id, after, up_to, ordinal)`;
}

/**
 * What stands after the columns of a SELECT over events of several workspaces, which it calls `e`: in the order of the
 * ranges, each by an index.
 *
 * @param types only these; null: all
 * @param joined what is joined to each range `r`, and so made once for all of its events
 * @param workspace the one that all ranges are of; by default, each has its own
 */
export function fromRanges(
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
  joined: Sql = nothing,
  workspace: Parameter | Sql = ofRange,
): Sql {
  const wanted = parameter(types === null ? null : [...types]);
  return sql`FROM ${unnested(ranges)}
     ${joined}
     CROSS JOIN LATERAL (
       SELECT * FROM event WHERE workspace_id = ${workspace} AND sequence > r.after AND sequence <= r.up_to
         AND (${wanted}::text[] IS NULL OR type = ANY (${wanted})) OFFSET 0) e
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
