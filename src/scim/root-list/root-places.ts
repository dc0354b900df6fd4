import type { CursorSeal } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { literal, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
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
import { countOf, placeColumns, placesOf } from '../lists/page-statement.ts';

/** The place of a user or group in a list over both types. */
export type RootPlace = PageRow & Pick<Position, 'type'>;

/** What one table contributes: a statement for its places, and one for their number. */
interface Part {
  places: Sql;
  count: Sql;
}

/**
 * The places of a page of users and groups, and how many match in all: one statement. Each table contributes at most as
 * many places as the page could need, and the page is made from those.
 *
 * @param request the query as users and as groups see it
 * @throws ScimError `invalidFilter`, `invalidPath`, `invalidCursor`
 */
export async function readRootPlaces(
  db: Db,
  seal: CursorSeal,
  workspaceId: string,
  request: { users: ListRequest; groups: ListRequest },
): Promise<{ total: number; rows: RootPlace[] }> {
  const workspace = parameter(workspaceId);
  const position = positionOf(seal, workspaceId, request.users, 'all');
  const users = partOf(request.users, userAmongAll, listedUsers, position, workspace);
  const groups = partOf(request.groups, groupAmongAll, listedGroups, position, workspace);
  const { offset, limit } = extentOf(request.users);
  const direction = directionOf({ descending: request.users.sort?.order === 'descending' });
  const { rows } = await db.run(
    sql<RootPlace & { total: string }>`SELECT total.n AS total, page.*
     FROM (SELECT (${users.count}) + (${groups.count}) AS n) total
     LEFT JOIN LATERAL (
       SELECT place.type, place.id, ${placeColumns('place', 'place.sort_key')}
       FROM (${users.places} UNION ALL ${groups.places}) place
       ORDER BY place.sort_key ${direction}, place.type DESC, place.created_at, place.id
       OFFSET ${literal(offset)} LIMIT ${literal(limit)}
     ) page ON true`,
  );
  return { total: Number(rows[0]?.total ?? 0), rows: rows.filter((row) => row.id !== null) };
}

function partOf(
  request: ListRequest,
  among: TypeAmongAll,
  listed: Listed,
  position: Position | null,
  workspaceId: Parameter,
): Part {
  const where = whereOf(request, among, listed, workspaceId);
  const key = keyOf(request, among, listed);
  const rest = position && isAfter(position, key, listed.alias, listed.type);
  const pageWhere = rest === null ? where : sql`${where} AND ${rest}`;
  const { offset, limit } = extentOf(request);
  const places = placesOf({ listed, pageWhere, key, offset: 0, limit: offset + limit });
  // A bare NULL takes the type of the other table's key.
  const sortKey = raw(key.sql === null ? 'NULL' : 'sort_key');
  const type = raw(`'${listed.type}'`);
  return {
    places: sql`(SELECT ${type} AS type, id, created_at, ${sortKey} AS sort_key FROM (${places}) own)`,
    count: countOf({ listed, where }),
  };
}

function whereOf({ filter }: ListRequest, among: TypeAmongAll, listed: Listed, workspaceId: Parameter): Sql {
  const narrowed = filter === null || narrowFilter(filter, among);
  const where = conditionOf(typeof narrowed === 'boolean' ? null : narrowed, listed, workspaceId);
  return narrowed === false ? sql`${where} AND FALSE` : where;
}

function keyOf({ sort }: ListRequest, among: TypeAmongAll, listed: Listed): SortKey {
  const descending = sort?.order === 'descending';
  if (sort === null || isLacking(sort.path, among)) return { sql: null, descending };
  return sortKeyOf(sort, listed.target);
}
