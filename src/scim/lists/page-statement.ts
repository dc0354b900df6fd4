import { LRUCache } from 'lru-cache';
import { prepared } from '../../database/prepared-statements.ts';
import type { Queryable } from '../../database/queryable.ts';
import { rowsWithin } from '../../database/rows-within.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { directionOf } from './list-order.ts';
import type { Page, PageRequest, PageRow } from './page.ts';

/** The connections that read a page: one for queries that an index answers at once, one for those that take longer. */
export interface PageReaders {
  quick: Queryable;
  db: Queryable;
}

/** Up to this many matches are read at once. A query for one person or group finds one, rarely two. */
const fewMax = 10;

/** What is read of each row of a page. */
export interface RowShape {
  /** What to select from the table, `id` included. */
  columns: string;
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
  { quick, db }: PageReaders,
  request: PageRequest,
  shape: RowShape,
): Promise<Page<Row>> {
  const few = request.isQuick ? await readFew<Row>(quick, request, shape.columns) : null;
  if (few !== null) return few;
  const found = request.isLookup ? await readLookup<Row>(db, request, shape) : null;
  if (found !== null) return found;
  const text = pageSql(request, shape);
  const sql = request.offset === 0 ? prepared(text) : text;
  const rows = await db.query<(Row & PageRow & { total: string; places: string })[]>(sql, request.parameters);
  const [first] = rows;
  const shown = rows.filter((row) => row.id !== null);
  return {
    total: Number(first?.total ?? 0),
    rows: shown,
    hasMore: Number(first?.places ?? 0) > shown.length,
  };
}

/** The page of a quick lookup; null when more rows match than may be read at once, which is found out cheaply. */
async function readFew<Row>(
  quick: Queryable,
  request: PageRequest,
  columns: string,
): Promise<Page<Row> | null> {
  const sql = rememberedText(columns, request.where, () => fewSql(request, columns));
  const rows = await quick.query<(Row & PageRow)[]>(sql, request.parameters);
  if (rows.length > fewMax) return null;
  return { total: rows.length, rows: rows.slice(0, request.limit), hasMore: false };
}

/** Null when more rows match than can be read without knowing their size. */
async function readLookup<Row>(
  db: Queryable,
  request: PageRequest,
  shape: RowShape,
): Promise<Page<Row> | null> {
  const { parameters } = request;
  const limit = Math.min(request.limit, lookupRowsMax);
  const sql = rememberedText(shape.columns, `${limit} ${request.where}`, () =>
    lookupSql({ ...request, limit }, shape.columns),
  );
  const rows = await db.query<(Row & PageRow)[]>(sql, parameters);
  if (rows.length < limit) return { total: rows.length, rows, hasMore: false };
  if (limit < request.limit) return null;
  const [count] = await db.query<{ n: string }[]>(prepared(countOf(request)), parameters);
  return { total: Number(count?.n), rows, hasMore: false };
}

/** The texts of earlier lookups, by the columns they select and then by what else they depend on. */
const lookups = new Map<string, LRUCache<string, string>>();
const lookupsMax = 100;

/** The text of a lookup is longer than its answer and nearly always the same, so it is built only once. */
function rememberedText(columns: string, key: string, make: () => string): string {
  let known = lookups.get(columns);
  if (known === undefined) {
    known = new LRUCache({ max: lookupsMax });
    lookups.set(columns, known);
  }
  const before = known.get(key);
  if (before !== undefined) return before;
  const sql = prepared(make());
  known.set(key, sql);
  return sql;
}

/**
 * Keeps the order away from the planner: while a growing table has no statistics yet, the planner would walk the
 * workspace in that order instead of using the index that finds one row.
 */
function lookupSql(request: PageRequest, columns: string): string {
  const { alias, from } = request.listed;
  return `
    SELECT ${columns}, '0' AS "createdAtMicros", NULL AS "sortValue"
    FROM (SELECT * FROM ${from} WHERE ${request.where} OFFSET 0) ${alias}
    ORDER BY ${orderOf(request)} LIMIT ${request.limit}`;
}

/**
 * Reads only as many of the matches as it takes to see that there are too many: a materialized WITH query is read only
 * as far as it is asked for, although it is planned as if all of it were read.
 */
function fewSql(request: PageRequest, columns: string): string {
  const { alias, from } = request.listed;
  return `
    WITH found AS MATERIALIZED (SELECT * FROM ${from} WHERE ${request.where})
    SELECT ${columns}, '0' AS "createdAtMicros", NULL AS "sortValue"
    FROM (SELECT * FROM found LIMIT ${fewMax + 1}) ${alias}
    ORDER BY ${orderOf(request)}`;
}

/**
 * Finds the places before it reads the rows: a skipped row costs only its entry in the index, and a row that is only
 * compared is not read. In an unsorted list, the rows up to the end of the page need not be counted again, either.
 */
function pageSql(request: PageRequest, shape: RowShape): string {
  const { alias, from } = request.listed;
  const row = `SELECT ${shape.columns} FROM ${from} WHERE ${alias}.workspace_id = $1 AND ${alias}.id = place.id OFFSET 0`;
  const isCountedFromPlaces = request.offset > 0 && request.key.sql === null;
  return `
    WITH place AS MATERIALIZED (${placesOf(request)}),
    page AS MATERIALIZED (
      SELECT one.*, ${placeColumns('place', 'place.sort_key')} FROM place CROSS JOIN LATERAL (${row}) one
    )
    SELECT total.n AS total, places.n AS places, shown.*
    FROM (${isCountedFromPlaces ? countBehind(request) : countOf(request)}) total
    CROSS JOIN (SELECT count(*) AS n FROM place) places
    LEFT JOIN LATERAL (${rowsWithin('page', shape.sizeBytes, pageSizeMaxBytes)}) shown ON true`;
}

function countOf({ listed: { from }, where }: PageRequest): string {
  return `SELECT count(*) AS n FROM ${from} WHERE ${where}`;
}

/** Rows skipped, rows on the page and rows after it. Beyond the end there is no page to count from. */
function countBehind(request: PageRequest): string {
  const { alias, from } = request.listed;
  const behind = `(${alias}.created_at, ${alias}.id) > (last.created_at, last.id)`;
  return `
    SELECT coalesce((
      SELECT ${request.offset} + (SELECT count(*) FROM place)
        + (SELECT count(*) FROM ${from} WHERE ${request.where} AND ${behind})
      FROM (SELECT created_at, id FROM place ORDER BY created_at DESC, id DESC LIMIT 1) last
    ), (${countOf(request)})) AS n`;
}

/** A statement for the places of a page, in their order: `id`, `created_at` and `sort_key`. */
export function placesOf(request: PageRequest): string {
  const { listed, pageWhere, key, offset, limit } = request;
  return `
    SELECT ${listed.alias}.id, ${listed.alias}.created_at, ${key.sql ?? 'NULL'} AS sort_key
    FROM ${listed.from} WHERE ${pageWhere}
    ORDER BY ${orderOf(request)} OFFSET ${offset} LIMIT ${limit}`;
}

/** What a cursor needs from a row with `created_at` and the given sort key. */
export function placeColumns(row: string, sortKey: string): string {
  return `
    (extract(epoch FROM ${row}.created_at) * 1000000)::bigint::text AS "createdAtMicros",
    (${sortKey})::text AS "sortValue"`;
}

function orderOf({ listed: { alias }, key }: PageRequest): string {
  const sorted = key.sql === null ? '' : `${key.sql} ${directionOf(key)}, `;
  return `${sorted}${alias}.created_at, ${alias}.id`;
}
