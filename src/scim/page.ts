import type { Queryable } from '../database/queryable.ts';
import { printFilter } from '../scim-core/filter/print.ts';
import type { FilterTarget } from '../scim-core/filter/sql.ts';
import { filterToSql, sortToSql } from '../scim-core/filter/sql.ts';
import type { ListRequest } from '../scim-core/list-request.ts';
import { cursorListResponse, listResponse, type ListResponse } from '../scim-core/messages.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** A list query in SQL: condition and order, and where the page lies (RFC 7644 §3.4.2.4, RFC 9865). */
export interface PageRequest {
  /** What matches in all. */
  where: string;
  /** What matches from this page on. */
  pageWhere: string;
  /** The row's creation in microseconds since 1970, an expression of type text. */
  createdAtMicros: string;
  orderBy: string;
  offset: number;
  limit: number;
  parameters: unknown[];
}

/** The rows of a page, and how many rows match in all. */
export interface Page<Row> {
  total: number;
  rows: (Row & PageRow)[];
}

/** What every row of a page tells of its place. */
export interface PageRow {
  id: string;
  createdAtMicros: string;
}

/**
 * Puts a list request into SQL for one workspace. Without `sortBy` the order is that of creation, always total, so
 * that pages neither overlap nor leave anyone out: index pages while nobody is deleted, cursor pages whatever happens,
 * because nobody's place in that order ever changes.
 *
 * @param alias the table's alias in the statement
 * @throws ScimError `invalidFilter` for a filter that cannot be put into SQL, `invalidCursor`
 */
export function pageRequest(
  workspaceId: string,
  request: ListRequest,
  alias: string,
  target: FilterTarget,
): PageRequest {
  const parameters: unknown[] = [workspaceId];
  const conditions = [`${alias}.workspace_id = $1`];
  if (request.filter !== null) conditions.push(`(${filterToSql(request.filter, target, parameters)})`);
  const where = conditions.join(' AND ');
  const order = [`${alias}.created_at`, `${alias}.id`];
  if (request.sort !== null)
    order.unshift(sortToSql(request.sort.path, request.sort.order, target, parameters));
  if (request.cursor) {
    const position = decodeCursor(queryOf(workspaceId, request, alias), request.cursor);
    parameters.push(position.createdAtMicros, position.id);
    const after = `'epoch'::timestamptz + $${parameters.length - 1}::bigint * interval '1 microsecond'`;
    conditions.push(`(${alias}.created_at, ${alias}.id) > (${after}, $${parameters.length}::uuid)`);
  }
  return {
    where,
    pageWhere: conditions.join(' AND '),
    createdAtMicros: `(extract(epoch FROM ${alias}.created_at) * 1000000)::bigint::text`,
    orderBy: order.join(', '),
    offset: request.startIndex - 1,
    // One more than asked for tells whether there is a next page.
    limit: request.cursor === null ? request.count : request.count + 1,
    parameters,
  };
}

/**
 * The answer to a list request, by index or by cursor, whichever was asked for.
 *
 * @param alias the one that `pageRequest` got
 * @param represent makes a row ready to send
 */
export function pageAnswer<Row>(
  workspaceId: string,
  request: ListRequest,
  alias: string,
  { total, rows }: Page<Row>,
  represent: (row: Row) => unknown,
): ListResponse {
  if (request.cursor === null) return listResponse(rows.map(represent), total, request.startIndex);
  const shown = rows.slice(0, request.count);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  const nextCursor = last && encodeCursor(queryOf(workspaceId, request, alias), last);
  return cursorListResponse(shown.map(represent), total, nextCursor);
}

/** What a cursor belongs to; two spellings of one filter are one query. */
function queryOf(workspaceId: string, request: ListRequest, alias: string): string {
  return `${workspaceId} ${alias} ${request.filter === null ? '' : printFilter(request.filter)}`;
}

/**
 * Reads a page and how many rows match in all: one statement, so that the count belongs to the page.
 *
 * @param from the table with the alias that the request was made for
 * @param columns what to select of each row, `id` among it
 */
export async function readPage<Row extends { id: string }>(
  db: Queryable,
  request: PageRequest,
  from: string,
  columns: string,
): Promise<Page<Row>> {
  const rows = await db.query<(Row & PageRow & { total: string })[]>(
    `SELECT total.n AS total, page.*
     FROM (SELECT count(*) AS n FROM ${from} WHERE ${request.where}) total
     LEFT JOIN LATERAL (
       SELECT ${columns}, ${request.createdAtMicros} AS "createdAtMicros"
       FROM ${from} WHERE ${request.pageWhere}
       ORDER BY ${request.orderBy} OFFSET ${request.offset} LIMIT ${request.limit}
     ) page ON true`,
    request.parameters,
  );
  return { total: Number(rows[0]?.total ?? 0), rows: rows.filter((row) => row.id !== null) };
}
