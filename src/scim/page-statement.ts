import { prepared } from '../database/prepared-statements.ts';
import type { Queryable } from '../database/queryable.ts';
import { directionOf } from './list-order.ts';
import type { Page, PageRequest, PageRow } from './page.ts';

/** What reads a page: a connection for what an index answers at once, and one for what takes longer. */
export interface PageReaders {
  quick: Queryable;
  db: Queryable;
}

/** As many may be found and still be read at once; who asks for one person or group finds one, seldom two. */
const fewMax = 10;

/**
 * Reads a page and how many rows match in all: one statement, so that the count belongs to the page. Only a lookup does
 * without: who does not fill the page is all there is, and a page that he fills is counted behind it.
 *
 * @param columns what to select of each row, `id` among it
 */
export async function readPage<Row extends { id: string }>(
  { quick, db }: PageReaders,
  request: PageRequest,
  columns: string,
): Promise<Page<Row>> {
  const few = request.isQuick ? await readFew<Row>(quick, request, columns) : null;
  if (few !== null) return few;
  if (request.isLookup) return readLookup<Row>(db, request, columns);
  const sql =
    request.offset === 0 ? prepared(pageAtStart(request, columns)) : pageFurtherOn(request, columns);
  const rows = await db.query<(Row & PageRow & { total: string })[]>(sql, request.parameters);
  return { total: Number(rows[0]?.total ?? 0), rows: rows.filter((row) => row.id !== null) };
}

/** The page of a quick lookup; null when more are found than may be read at once, which is all it then cost to see. */
async function readFew<Row>(
  quick: Queryable,
  request: PageRequest,
  columns: string,
): Promise<Page<Row> | null> {
  const sql = kept(columns, request.where, () => fewSql(request, columns));
  const rows = await quick.query<(Row & PageRow)[]>(sql, request.parameters);
  return rows.length > fewMax ? null : { total: rows.length, rows: rows.slice(0, request.limit) };
}

async function readLookup<Row>(db: Queryable, request: PageRequest, columns: string): Promise<Page<Row>> {
  const { limit, parameters } = request;
  const sql = kept(columns, `${limit} ${request.where}`, () => lookupSql(request, columns));
  const rows = await db.query<(Row & PageRow)[]>(sql, parameters);
  if (rows.length < limit) return { total: rows.length, rows };
  const [count] = await db.query<{ n: string }[]>(prepared(countOf(request)), parameters);
  return { total: Number(count?.n), rows };
}

/** Lookups that were put together before, by what they select, and then by what else they depend on. */
const lookups = new Map<string, Map<string, string>>();
const lookupsMax = 100;

/** A lookup's text is longer than its answer, and nearly always the same: it is put together once. */
function kept(columns: string, key: string, make: () => string): string {
  const known = lookups.get(columns) ?? new Map<string, string>();
  const sql = known.get(key) ?? prepared(make());
  if (known.size < lookupsMax) known.set(key, sql);
  lookups.set(columns, known);
  return sql;
}

/**
 * The order is none of the planner's business: while a table that grows has no statistics yet, it would rather walk the
 * workspace in that order than look into the index that finds one row.
 */
function lookupSql(request: PageRequest, columns: string): string {
  const { alias, from } = request.listed;
  return `
    SELECT ${columns}, '0' AS "createdAtMicros", NULL AS "sortValue"
    FROM (SELECT * FROM ${from} WHERE ${request.where} OFFSET 0) ${alias}
    ORDER BY ${orderOf(request)} LIMIT ${request.limit}`;
}

/**
 * Of what the index finds it reads no more than is needed to see that there are too many: a WITH query that is kept
 * apart is read as far as it is asked for, while it is planned as if all of it were.
 */
function fewSql(request: PageRequest, columns: string): string {
  const { alias, from } = request.listed;
  return `
    WITH found AS MATERIALIZED (SELECT * FROM ${from} WHERE ${request.where})
    SELECT ${columns}, '0' AS "createdAtMicros", NULL AS "sortValue"
    FROM (SELECT * FROM found LIMIT ${fewMax + 1}) ${alias}
    ORDER BY ${orderOf(request)}`;
}

function pageAtStart(request: PageRequest, columns: string): string {
  const { alias, from } = request.listed;
  return `
    SELECT total.n AS total, page.*
    FROM (${countOf(request)}) total
    LEFT JOIN LATERAL (
      SELECT ${columns}, ${placeColumns(alias, request.key.sql ?? 'NULL')}
      FROM ${from} WHERE ${request.pageWhere}
      ORDER BY ${orderOf(request)} LIMIT ${request.limit}
    ) page ON true`;
}

/**
 * Finds the places before it reads the rows: what a page passes over costs no more than its entry in the index. In an
 * unsorted list the rows up to the page's end need no counting again, either.
 */
function pageFurtherOn(request: PageRequest, columns: string): string {
  const { alias, from } = request.listed;
  return `
    WITH place AS (${placesOf(request)})
    SELECT total.n AS total, page.*
    FROM (${request.key.sql === null ? countBehind(request) : countOf(request)}) total
    LEFT JOIN LATERAL (
      SELECT ${columns}, ${placeColumns('place', 'place.sort_key')}
      FROM place JOIN ${from} ON ${alias}.workspace_id = $1 AND ${alias}.id = place.id
      ORDER BY place.sort_key ${directionOf(request.key)}, place.created_at, place.id
    ) page ON true`;
}

function countOf({ listed: { from }, where }: PageRequest): string {
  return `SELECT count(*) AS n FROM ${from} WHERE ${where}`;
}

/** Those passed over, those on the page and those behind it; beyond the end there is no page to count from. */
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

/** What a cursor needs of a row, of which `created_at` and the sort key are given. */
export function placeColumns(row: string, sortKey: string): string {
  return `
    (extract(epoch FROM ${row}.created_at) * 1000000)::bigint::text AS "createdAtMicros",
    (${sortKey})::text AS "sortValue"`;
}

function orderOf({ listed: { alias }, key }: PageRequest): string {
  const sorted = key.sql === null ? '' : `${key.sql} ${directionOf(key)}, `;
  return `${sorted}${alias}.created_at, ${alias}.id`;
}
