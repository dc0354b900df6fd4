import type { Db } from '../../database/db.ts';
import { rowsWithin } from '../../database/rows-within.ts';
import { literal, raw, type Sql, sql, when } from '../../database/sql.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import type { DirectoryRecounts } from '../directory/directory-recounts.ts';
import { knownCount, recountTime } from '../directory/directory-counts.ts';
import type { Page, PageRequest, PageRow } from './page.ts';
import { isFar, orderOf, placeColumns, placesFromNearerEnd, placesOf } from './places.ts';

/** The connections that read a page: one for queries that an index answers at once, one for those that take longer. */
export interface PageReaders {
  quick: Db;
  db: Db;
  recounts: Pick<DirectoryRecounts, 'asked'>;
}

/** Up to this many matches are read at once. A query for one person or group finds one, rarely two. */
const fewMax = 10;

/** What is read of each row of a page. */
export interface RowShape {
  /** What to select from the table, `id` included. */
  columns: Sql;
  /** An expression over these columns: how many bytes of JSON the row becomes. */
  sizeBytes: string;
}

/** More than a lookup usually finds. These rows are read without asking for their size first. */
const lookupRowsMax = 2;

/**
 * Reads a page and how many rows match in all: one statement, so that the count belongs to the page. The page ends
 * before its rows would exceed `pageSizeMaxBytes`: PostgreSQL does not even build the rows after it.
 *
 * A lookup does without all that: rows that do not fill the page are all there are, and only for a full page the rest
 * is counted.
 */
export async function readPage<Row extends { id: string }>(
  { quick, db, recounts }: PageReaders,
  request: PageRequest,
  shape: RowShape,
): Promise<Page<Row>> {
  const few = request.isQuick ? await readFew<Row>(quick, request, shape.columns) : null;
  if (few !== null) return few;
  const found = request.isLookup ? await readLookup<Row>(db, request, shape) : null;
  if (found !== null) return found;
  const statement = pageStatement<Row>(request, shape);
  const { rows } = await db.run(request.offset === 0 ? statement.prepared() : statement);
  const [first] = rows;
  if (request.isEverybody) recounts.asked(String(request.workspaceId.value), first?.recountAt ?? null);
  const shown = rows.filter((row) => row.id !== null);
  return {
    total: Number(first?.total ?? 0),
    rows: shown,
    hasMore: Number(first?.places ?? 0) > shown.length,
  };
}

/** The page of a quick lookup; null when more rows match than may be read at once, which is found out cheaply. */
async function readFew<Row>(quick: Db, request: PageRequest, columns: Sql): Promise<Page<Row> | null> {
  const { rows } = await quick.run(fewStatement<Row>(request, columns).prepared());
  if (rows.length > fewMax) return null;
  return { total: rows.length, rows: rows.slice(0, request.limit), hasMore: false };
}

/** Null when more rows match than can be read without knowing their size. */
async function readLookup<Row>(db: Db, request: PageRequest, shape: RowShape): Promise<Page<Row> | null> {
  const limit = Math.min(request.limit, lookupRowsMax);
  const { rows } = await db.run(lookupStatement<Row>({ ...request, limit }, shape.columns).prepared());
  if (rows.length < limit) return { total: rows.length, rows, hasMore: false };
  if (limit < request.limit) return null;
  const counted = await db.run(countOf(request).prepared());
  return { total: Number(counted.rows[0]?.n), rows, hasMore: false };
}

/**
 * Keeps the order away from the planner: while a growing table has no statistics yet, the planner would walk the
 * workspace in that order instead of using the index that finds one row.
 */
function lookupStatement<Row>(request: PageRequest, columns: Sql): Sql<Row & PageRow> {
  const { alias, from } = request.listed;
  return sql`
    SELECT ${columns}, '0' AS "createdAtMicros", NULL AS "sortValue"
    FROM (SELECT * FROM ${raw(from)} WHERE ${request.where} OFFSET 0) ${raw(alias)}
    ORDER BY ${orderOf(request)} LIMIT ${raw(String(request.limit))}`;
}

/**
 * Reads only as many of the matches as it takes to see that there are too many: a materialized WITH query is read only
 * as far as it is asked for, although it is planned as if all of it were read.
 */
function fewStatement<Row>(request: PageRequest, columns: Sql): Sql<Row & PageRow> {
  const { alias, from } = request.listed;
  return sql`
    WITH found AS MATERIALIZED (SELECT * FROM ${raw(from)} WHERE ${request.where})
    SELECT ${columns}, '0' AS "createdAtMicros", NULL AS "sortValue"
    FROM (SELECT * FROM found LIMIT ${raw(String(fewMax + 1))}) ${raw(alias)}
    ORDER BY ${orderOf(request)}`;
}

/**
 * Finds the places before it reads the rows: a skipped row costs only its entry in the index, and a row that is only
 * compared is not read. How many there are in all is known for a list of everybody. Else, in an unsorted list, at least
 * the rows up to the end of the page need not be counted again.
 */
function pageStatement<Row>(
  request: PageRequest,
  shape: RowShape,
): Sql<Row & PageRow & { total: string; places: string; recountAt?: Date | null }> {
  const { alias, from } = request.listed;
  const table = raw(alias);
  const row = sql`SELECT ${shape.columns} FROM ${raw(from)}
    WHERE ${table}.workspace_id = ${request.workspaceId} AND ${table}.id = place.id OFFSET 0`;
  const isCountedFromPlaces = request.offset > 0 && request.key.sql === null;
  const counted = isCountedFromPlaces ? countBehind(request) : countOf(request);
  const { isEverybody } = request;
  const places = isEverybody && isFar(request) ? nearerPlaces(request) : placesOf(request);
  return sql`
    WITH ${when(isEverybody, knownOf(request))}place AS MATERIALIZED (${places}),
    page AS MATERIALIZED (
      SELECT one.*, ${placeColumns('place', 'place.sort_key')} FROM place CROSS JOIN LATERAL (${row}) one
    )
    SELECT total.n AS total, ${when(isEverybody, recounted)}places.n AS places, shown.*
    FROM (${isEverybody ? sql`SELECT coalesce(${known}, (${counted})) AS n` : counted}) total
    CROSS JOIN (SELECT count(*) AS n FROM place) places
    LEFT JOIN LATERAL (${rowsWithin('page', shape.sizeBytes, pageSizeMaxBytes)}) shown ON true`;
}

const known = raw('(SELECT n FROM known)');
/** For the select list of a statement with a part `known`: when the directory is to be counted again. */
export const recounted = raw('(SELECT recount_at FROM known) AS "recountAt", ');

/** The part of the statement that knows how many there are, without looking at each. */
function knownOf({ listed, workspaceId }: PageRequest): Sql {
  return sql`known AS MATERIALIZED (
      SELECT ${knownCount(listed.counted, workspaceId)} AS n, ${recountTime(workspaceId)} AS recount_at
    ), `;
}

function nearerPlaces({ listed, pageWhere, offset, limit }: PageRequest): Sql {
  return placesFromNearerEnd(listed, pageWhere, known, { offset: literal(offset), limit: literal(limit) });
}

/** How many rows match. */
export function countOf({
  listed: { from },
  where,
}: Pick<PageRequest, 'listed' | 'where'>): Sql<{ n: string }> {
  return sql`SELECT count(*) AS n FROM ${raw(from)} WHERE ${where}`;
}

/** Rows skipped, rows on the page and rows after it. Beyond the end there is no page to count from. */
function countBehind(request: PageRequest): Sql {
  const { alias, from } = request.listed;
  const behind = raw(`(${alias}.created_at, ${alias}.id) > (last.created_at, last.id)`);
  return sql`
    SELECT coalesce((
      SELECT ${literal(request.offset)} + (SELECT count(*) FROM place)
        + (SELECT count(*) FROM ${raw(from)} WHERE ${request.where} AND ${behind})
      FROM (SELECT created_at, id FROM place ORDER BY created_at DESC, id DESC LIMIT 1) last
    ), (${countOf(request)})) AS n`;
}
