import type { Db } from '../database/db.ts';
import { sql, type Sql } from '../database/sql.ts';
import { eventId, type EventType, type SubjectKind } from './event.ts';

/** An event as it is read: JSON parts as the texts that were written. */
export interface EventRow {
  workspaceId: string;
  workspaceExternalId: string | null;
  sequence: string;
  at: Date;
  type: EventType;
  subjectKind: SubjectKind;
  subjectId: string;
  subjectExternalId: string | null;
  subjectVersion: string;
  cause: string;
  changes: string;
  data: string;
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

export const eventColumns: Sql = sql`e.workspace_id AS "workspaceId", w.external_id AS "workspaceExternalId", e.sequence, e.at, e.type,
  e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.subject_external_id AS "subjectExternalId",
  e.subject_version AS "subjectVersion", e.cause::text AS cause, e.changes::text AS changes, e.data::text AS data`;

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
  const wanted = types === null ? null : [...types];
  const { rows } = await db.run(
    sql<EventRow>`SELECT ${eventColumns}
     FROM ROWS FROM (unnest(${ranges.map(({ workspaceId }) => workspaceId)}::uuid[]),
         unnest(${ranges.map(({ after }) => String(after))}::bigint[]), unnest(${ranges.map(({ upTo }) => String(upTo))}::bigint[]))
       WITH ORDINALITY AS r(workspace_id, after, up_to, ordinal)
     CROSS JOIN LATERAL (
       SELECT * FROM event WHERE workspace_id = r.workspace_id AND sequence > r.after AND sequence <= r.up_to OFFSET 0) e
     LEFT JOIN workspace w ON w.id = e.workspace_id
     WHERE ${wanted}::text[] IS NULL OR e.type = ANY (${wanted})
     ORDER BY r.ordinal, e.sequence`.prepared(),
  );
  return rows;
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

/** EVENT of the HTTP contract as JSON. What was written as JSON is not read and written again. */
export function eventJson(row: EventRow): string {
  const { workspaceId, sequence } = row;
  const subject = {
    kind: row.subjectKind,
    id: row.subjectId,
    externalId: row.subjectExternalId,
    version: Number(row.subjectVersion),
  };
  const head = {
    id: eventId(workspaceId, sequence),
    type: row.type,
    at: row.at.toISOString(),
    workspaceId,
    workspaceExternalId: row.workspaceExternalId,
    sequence: Number(sequence),
    subject,
  };
  return `${JSON.stringify(head).slice(0, -1)},"cause":${row.cause},"changes":${row.changes},"data":${row.data}}`;
}
