import type { CursorSeal } from '../../database/cursor-seal.ts';
import type { Queryable } from '../../database/queryable.ts';
import {
  groupAmongAll,
  isLacking,
  narrowFilter,
  type TypeAmongAll,
  userAmongAll,
} from '../../scim-core/across-resource-types.ts';
import type { ListRequest } from '../../scim-core/list-request.ts';
import type { Position } from '../lists/cursor.ts';
import { directionOf, isAfter, sortKeyOf, type SortKey } from '../lists/list-order.ts';
import {
  conditionOf,
  extentOf,
  listedGroups,
  listedUsers,
  type Listed,
  type PageRow,
  positionOf,
} from '../lists/page.ts';
import { placeColumns, placesOf } from '../lists/page-statement.ts';

/** The place of a user or group in a list over both types. */
export type RootPlace = PageRow & Pick<Position, 'type'>;

/** What one table contributes: a statement for its places, and one for their number. */
interface Part {
  places: string;
  count: string;
}

/**
 * The places of a page of users and groups, and how many match in all: one statement. Each table contributes at most as
 * many places as the page could need, and the page is made from those.
 *
 * @param request the query as users and as groups see it
 * @throws ScimError `invalidFilter`, `invalidPath`, `invalidCursor`
 */
export async function readRootPlaces(
  db: Queryable,
  seal: CursorSeal,
  workspaceId: string,
  request: { users: ListRequest; groups: ListRequest },
): Promise<{ total: number; rows: RootPlace[] }> {
  const parameters: unknown[] = [workspaceId];
  const position = positionOf(seal, workspaceId, request.users, 'all');
  const users = partOf(request.users, userAmongAll, listedUsers, position, parameters);
  const groups = partOf(request.groups, groupAmongAll, listedGroups, position, parameters);
  const { offset, limit } = extentOf(request.users);
  const direction = directionOf({ descending: request.users.sort?.order === 'descending' });
  const rows = await db.query<(RootPlace & { total: string })[]>(
    `SELECT total.n AS total, page.*
     FROM (SELECT (${users.count}) + (${groups.count}) AS n) total
     LEFT JOIN LATERAL (
       SELECT place.type, place.id, ${placeColumns('place', 'place.sort_key')}
       FROM (${users.places} UNION ALL ${groups.places}) place
       ORDER BY place.sort_key ${direction}, place.type DESC, place.created_at, place.id
       OFFSET ${offset} LIMIT ${limit}
     ) page ON true`,
    parameters,
  );
  return { total: Number(rows[0]?.total ?? 0), rows: rows.filter((row) => row.id !== null) };
}

function partOf(
  request: ListRequest,
  among: TypeAmongAll,
  listed: Listed,
  position: Position | null,
  parameters: unknown[],
): Part {
  const where = whereOf(request, among, listed, parameters);
  const key = keyOf(request, among, listed);
  const rest = position && isAfter(position, key, listed.alias, listed.type, parameters);
  const pageWhere = rest === null ? where : `${where} AND ${rest}`;
  const { offset, limit } = extentOf(request);
  const places = placesOf({
    listed,
    where,
    pageWhere,
    key,
    offset: 0,
    limit: offset + limit,
    isLookup: false,
    isQuick: false,
    parameters,
  });
  // A bare NULL takes the type of the other table's key.
  const sortKey = key.sql === null ? 'NULL' : 'sort_key';
  return {
    places: `(SELECT '${listed.type}' AS type, id, created_at, ${sortKey} AS sort_key FROM (${places}) own)`,
    count: `SELECT count(*) FROM ${listed.from} WHERE ${where}`,
  };
}

function whereOf(
  { filter }: ListRequest,
  among: TypeAmongAll,
  listed: Listed,
  parameters: unknown[],
): string {
  const narrowed = filter === null || narrowFilter(filter, among);
  const where = conditionOf(typeof narrowed === 'boolean' ? null : narrowed, listed, parameters);
  return narrowed === false ? `${where} AND FALSE` : where;
}

function keyOf({ sort }: ListRequest, among: TypeAmongAll, listed: Listed): SortKey {
  const descending = sort?.order === 'descending';
  if (sort === null || isLacking(sort.path, among)) return { sql: null, descending };
  return sortKeyOf(sort, listed.target);
}
