import type { CursorSeal, SealedCursors } from '../../database/cursor-seal.ts';
import { numbered, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { largeWork } from '../../http/bodies/large-work.ts';
import { printName } from '../../scim-core/attribute-name.ts';
import type { Filter } from '../../scim-core/filter/filter.ts';
import { requiredEqualities } from '../../scim-core/filter/sql-hash.ts';
import { printFilter } from '../../scim-core/filter/print.ts';
import { type BoundValue, filterToSql } from '../../scim-core/filter/sql.ts';
import type { ListRequest } from '../../scim-core/list-request.ts';
import { cursorListResponse, type JsonText, listResponse } from '../../scim-core/messages.ts';
import type { Counted } from '../directory/directory-counts.ts';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';
import { type DirectoryTarget, groupFilterTarget, userFilterTarget } from './filter-targets.ts';
import { isAfter, sortKeyOf, type SortKey } from './list-order.ts';

/** A table that can be listed: its resource type, its name and alias for FROM, and its attributes. */
export interface Listed {
  type: Position['type'];
  from: string;
  alias: string;
  target: DirectoryTarget;
  /** How many there are is kept under this name. */
  counted: Counted;
}

/** The users, by `directory_user u`. */
export const listedUsers: Listed = {
  type: 'User',
  from: 'directory_user u',
  alias: 'u',
  target: userFilterTarget,
  counted: 'users',
};

/** The groups, by `directory_group g`. */
export const listedGroups: Listed = {
  type: 'Group',
  from: 'directory_group g',
  alias: 'g',
  target: groupFilterTarget,
  counted: 'groups',
};

/** A list query in SQL: condition and order, and where the page lies (RFC 7644 §3.4.2.4, RFC 9865). */
export interface PageRequest {
  listed: Listed;
  workspaceId: Parameter;
  /** What matches in all. */
  where: Sql;
  /** Whether everybody does: then it is known how many there are. */
  isEverybody: boolean;
  /** What matches from this page on. */
  pageWhere: Sql;
  key: SortKey;
  offset: number;
  limit: number;
  /** Whether it asks, from the start and by index, for resources with a given value: rarely more than one. */
  isLookup: boolean;
  /** Whether that is all it asks, and an index finds them: then the cost depends only on how many there are. */
  isQuick: boolean;
}

/**
 * The rows of a page, and how many rows match in all. `hasMore`: rows were left out because of their size, or one more
 * than asked for was found.
 */
export interface Page<Row> {
  total: number;
  rows: (Row & PageRow)[];
  hasMore: boolean;
}

/** What every row of a page says about its place. */
export type PageRow = Pick<Position, 'id' | 'createdAtMicros' | 'sortValue'>;

/**
 * Puts a list request into SQL for one workspace. The order is always total: by sort value, if any, then by creation.
 * So pages neither overlap nor leave anybody out: index pages as long as nobody is deleted, cursor pages in any case,
 * except for resources whose sort value changes in between.
 *
 * @throws ScimError `invalidFilter` for a filter that cannot be put into SQL, `invalidPath`, `invalidCursor`
 */
export function pageRequest(
  seal: CursorSeal,
  workspaceId: string,
  request: ListRequest,
  listed: Listed,
): PageRequest {
  const workspace = parameter(workspaceId);
  const where = conditionOf(request.filter, listed, workspace);
  const key = sortKeyOf(request.sort, listed.target);
  const position = positionOf(seal, workspaceId, request, listed.type);
  const rest = position && isAfter(position, key, listed.alias, listed.type);
  return {
    listed,
    workspaceId: workspace,
    where,
    isEverybody: request.filter === null,
    pageWhere: rest === null ? where : sql`${where} AND ${rest}`,
    key,
    ...extentOf(request),
    ...lookupOf(request, listed),
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

/** Which rows of a workspace match. */
export function conditionOf(filter: Filter | null, { alias, target }: Listed, workspaceId: Parameter): Sql {
  const inWorkspace = sql`${raw(alias)}.workspace_id = ${workspaceId}`;
  if (filter === null) return inWorkspace;
  const values: BoundValue[] = [];
  return sql`${inWorkspace} AND (${numbered(filterToSql(filter, target, values), values)})`;
}

/** How many rows to skip and to read. By cursor, one more than asked for shows whether there is a next page. */
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
export function positionOf(
  seal: CursorSeal,
  workspaceId: string,
  request: ListRequest,
  scope: string,
): Position | null {
  return request.cursor ? decodeCursor(cursorsOf(seal, workspaceId, request, scope), request.cursor) : null;
}

/**
 * The answer to a list request, by index or by cursor, whichever was asked for.
 *
 * @param scope the types that are listed
 * @param represent makes a row's JSON
 */
export async function pageAnswer<Row extends PageRow & { type?: Position['type'] }>(
  seal: CursorSeal,
  workspaceId: string,
  request: ListRequest,
  scope: Position['type'] | 'all',
  { total, rows, hasMore }: { total: number; rows: Row[]; hasMore: boolean },
  represent: (row: Row) => string,
): Promise<JsonText> {
  if (request.cursor === null) {
    const resources = await representAll(workspaceId, rows, represent);
    return listResponse(resources, total, request.startIndex);
  }
  const shown = rows.slice(0, request.count);
  const last = hasMore || rows.length > shown.length ? shown.at(-1) : undefined;
  const type = last?.type ?? (scope === 'Group' ? 'Group' : 'User');
  const nextCursor = last && encodeCursor(cursorsOf(seal, workspaceId, request, scope), { ...last, type });
  return cursorListResponse(await representAll(workspaceId, shown, represent), total, nextCursor);
}

/** From this many characters of JSON on, the rest of a page waits for its turn: about 2 ms of work. */
const pieceChars = 256 * 1024;

/** The JSON of the rows, in order. A large page lets other requests run in between. */
async function representAll<Row>(
  workspaceId: string,
  rows: readonly Row[],
  represent: (row: Row) => string,
): Promise<string[]> {
  const resources: string[] = [];
  let chars = 0;
  for (const row of rows) {
    if (chars >= pieceChars) {
      await largeWork.turn(workspaceId, chars);
      chars = 0;
    }
    const json = represent(row);
    resources.push(json);
    chars += json.length;
  }
  return resources;
}

/** What a cursor belongs to. Two spellings of one filter are the same query. */
function cursorsOf(
  seal: CursorSeal,
  workspaceId: string,
  { filter, sort }: ListRequest,
  scope: string,
): SealedCursors {
  const sorted = sort === null ? '' : `${sort.order} ${printName(sort.path)}`;
  return seal.of('scim', workspaceId, scope, sorted, filter === null ? '' : printFilter(filter));
}
