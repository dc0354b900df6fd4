import type { Db } from '../database/db.ts';
import { nothing, parameter, sql, type Sql } from '../database/sql.ts';
import type { EventType } from './event.ts';

/** An event as it is read. `json` is EVENT of the HTTP contract, put together by the database: nothing is parsed on the way. */
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

/**
 * Reads events in order.
 *
 * @param types only these; null: all
 */
export async function readEvents(
  db: Db,
  { workspaceId, after, upTo }: EventRange,
  types: readonly EventType[] | null,
  limit: number,
): Promise<EventRow[]> {
  const wanted = types === null ? null : [...types];
  const { rows } = await db.run(
    sql<EventRow>`SELECT ${eventColumns} FROM event e
     LEFT JOIN workspace w ON w.id = e.workspace_id
     WHERE e.workspace_id = ${workspaceId} AND e.sequence > ${after} AND e.sequence <= ${upTo}
       AND (${wanted}::text[] IS NULL OR e.type = ANY (${wanted}))
     ORDER BY e.sequence LIMIT ${limit}`.prepared(),
  );
  return rows;
}

/** EVENT of the HTTP contract as JSON; the statement calls the event `e` and its workspace `w`. */
const eventJson: Sql = sql`concat('{"id":"evt_', replace(e.workspace_id::text, '-', ''), '_', e.sequence, '","type":"', e.type,
  '","at":"', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '","workspaceId":"', e.workspace_id,
  '","workspaceExternalId":', coalesce(to_json(w.external_id)::text, 'null'), ',"sequence":', e.sequence,
  ',"subject":{"kind":"', e.subject_kind, '","id":"', e.subject_id,
  '","externalId":', coalesce(to_json(e.subject_external_id)::text, 'null'), ',"version":', e.subject_version,
  '},"cause":', e.cause, ',"changes":', e.changes, ',"data":', e.data, '}')`;

/** The columns of {@link EventRow}. */
export const eventColumns: Sql = sql`e.workspace_id AS "workspaceId", e.sequence, e.at, ${eventJson} AS json`;

/**
 * Reads events of several workspaces, in the order of the ranges.
 *
 * @param types only these; null: all
 */
export async function readRanges(
  db: Db,
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
): Promise<EventRow[]> {
  if (ranges.length === 0) return [];
  const ofWorkspace = sql`LEFT JOIN workspace w ON w.id = e.workspace_id`;
  const { rows } = await db.run(
    sql<EventRow>`SELECT ${eventColumns} ${fromRanges(ranges, types, ofWorkspace)}`.prepared(),
  );
  return rows;
}

/**
 * What stands after the columns of a SELECT over events of several workspaces, which it calls `e`: in the order of the
 * ranges, each by an index.
 *
 * @param types only these; null: all
 * @param joined what is joined to each event
 */
export function fromRanges(
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
  joined: Sql = nothing,
): Sql {
  const wanted = parameter(types === null ? null : [...types]);
  return sql`FROM ROWS FROM (unnest(${ranges.map(({ workspaceId }) => workspaceId)}::uuid[]),
         unnest(${ranges.map(({ after }) => String(after))}::bigint[]), unnest(${ranges.map(({ upTo }) => String(upTo))}::bigint[]))
       WITH ORDINALITY AS r(workspace_id, after, up_to, ordinal)
     CROSS JOIN LATERAL (
       SELECT * FROM event WHERE workspace_id = r.workspace_id AND sequence > r.after AND sequence <= r.up_to OFFSET 0) e
     ${joined}
     WHERE ${wanted}::text[] IS NULL OR e.type = ANY (${wanted})
     ORDER BY r.ordinal, e.sequence`;
}

/** When an event happened; null for one that is not kept. */
export async function readEventAt(db: Db, workspaceId: string, sequence: bigint): Promise<Date | null> {
  const { rows } = await db.run(
    sql<{
      at: Date;
    }>`SELECT at FROM event WHERE workspace_id = ${workspaceId} AND sequence = ${sequence}`.prepared(),
  );
  return rows[0]?.at ?? null;
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
