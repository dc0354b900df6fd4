import { printName } from '../scim-core/attribute-name.ts';
import type { Filter } from '../scim-core/filter/filter.ts';
import { requiredEqualities } from '../scim-core/filter/sql-hash.ts';
import { printFilter } from '../scim-core/filter/print.ts';
import { filterToSql } from '../scim-core/filter/sql.ts';
import type { ListRequest } from '../scim-core/list-request.ts';
import { cursorListResponse, type JsonText, listResponse } from '../scim-core/messages.ts';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';
import { type DirectoryTarget, groupFilterTarget, userFilterTarget } from './filter-targets.ts';
import { isAfter, sortKeyOf, type SortKey } from './list-order.ts';

/** A table that can be listed: what it holds, its name in FROM with its alias, and its attributes. */
export interface Listed {
  type: Position['type'];
  from: string;
  alias: string;
  target: DirectoryTarget;
}

/** The users, by `directory_user u`. */
export const listedUsers: Listed = {
  type: 'User',
  from: 'directory_user u',
  alias: 'u',
  target: userFilterTarget,
};

/** The groups, by `directory_group g`. */
export const listedGroups: Listed = {
  type: 'Group',
  from: 'directory_group g',
  alias: 'g',
  target: groupFilterTarget,
};

/** A list query in SQL: condition and order, and where the page lies (RFC 7644 §3.4.2.4, RFC 9865). */
export interface PageRequest {
  listed: Listed;
  /** What matches in all. */
  where: string;
  /** What matches from this page on. */
  pageWhere: string;
  key: SortKey;
  offset: number;
  limit: number;
  /** Whether it asks, from the start and by index, for those of whom something equals a value: rarely more than one. */
  isLookup: boolean;
  /** Whether it asks for nothing else, and an index finds them: then only how many there are decides what it costs. */
  isQuick: boolean;
  parameters: unknown[];
}

/** The rows of a page, and how many rows match in all. */
export interface Page<Row> {
  total: number;
  rows: (Row & PageRow)[];
}

/** What every row of a page tells of its place. */
export type PageRow = Pick<Position, 'id' | 'createdAtMicros' | 'sortValue'>;

/**
 * Puts a list request into SQL for one workspace. The order is always total: by sort value, if any, then by creation.
 * So pages neither overlap nor leave anyone out: index pages while nobody is deleted, cursor pages whatever happens,
 * but for those whose sort value changes meanwhile.
 *
 * @throws ScimError `invalidFilter` for a filter that cannot be put into SQL, `invalidPath`, `invalidCursor`
 */
export function pageRequest(workspaceId: string, request: ListRequest, listed: Listed): PageRequest {
  const parameters: unknown[] = [workspaceId];
  const where = conditionOf(request.filter, listed, parameters);
  const key = sortKeyOf(request.sort, listed.target);
  const position = positionOf(workspaceId, request, listed.type);
  const rest = position && isAfter(position, key, listed.alias, listed.type, parameters);
  return {
    listed,
    where,
    pageWhere: rest === null ? where : `${where} AND ${rest}`,
    key,
    ...extentOf(request),
    ...lookupOf(request, listed),
    parameters,
  };
}

function lookupOf(
  { filter, cursor, startIndex }: ListRequest,
  { target }: Listed,
): Pick<PageRequest, 'isLookup' | 'isQuick'> {
  if (filter === null || cursor !== null || startIndex !== 1) return { isLookup: false, isQuick: false };
  return {
    isLookup: requiredEqualities(filter).length > 0,
    isQuick:
      filter.kind === 'compare' && filter.operator === 'eq' && target.indexed.has(printName(filter.path)),
  };
}

/** Which rows of a workspace match; its id is the first parameter. */
export function conditionOf(filter: Filter | null, listed: Listed, parameters: unknown[]): string {
  const inWorkspace = `${listed.alias}.workspace_id = $1`;
  if (filter === null) return inWorkspace;
  return `${inWorkspace} AND (${filterToSql(filter, listed.target, parameters)})`;
}

/** How many rows to pass over and to read: by cursor one more than asked for tells whether there is a next page. */
export function extentOf(request: ListRequest): { offset: number; limit: number } {
  const { cursor, startIndex, count } = request;
  return { offset: startIndex - 1, limit: cursor === null ? count : count + 1 };
}

/**
 * Where the last page ended; null for the first page, and by index.
 *
 * @param scope the types that are listed
 * @throws ScimError `invalidCursor`
 */
export function positionOf(workspaceId: string, request: ListRequest, scope: string): Position | null {
  return request.cursor ? decodeCursor(queryOf(workspaceId, request, scope), request.cursor) : null;
}

/**
 * The answer to a list request, by index or by cursor, whichever was asked for.
 *
 * @param scope the types that are listed
 * @param represent makes a row's JSON
 */
export function pageAnswer<Row extends PageRow & { type?: Position['type'] }>(
  workspaceId: string,
  request: ListRequest,
  scope: Position['type'] | 'all',
  { total, rows }: { total: number; rows: Row[] },
  represent: (row: Row) => string,
): JsonText {
  if (request.cursor === null) return listResponse(rows.map(represent), total, request.startIndex);
  const shown = rows.slice(0, request.count);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  const type = last?.type ?? (scope === 'Group' ? 'Group' : 'User');
  const nextCursor = last && encodeCursor(queryOf(workspaceId, request, scope), { ...last, type });
  return cursorListResponse(shown.map(represent), total, nextCursor);
}

/** What a cursor belongs to; two spellings of one filter are one query. */
function queryOf(workspaceId: string, { filter, sort }: ListRequest, scope: string): string {
  const sorted = sort === null ? '' : `${sort.order} ${printName(sort.path)}`;
  return `${workspaceId} ${scope} ${sorted} ${filter === null ? '' : printFilter(filter)}`;
}
