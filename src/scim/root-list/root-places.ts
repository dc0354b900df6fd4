import type { CursorSeal } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { literal, type Parameter, parameter, raw, type Sql, sql, when } from '../../database/sql.ts';
import {
  groupAmongAll,
  isLacking,
  narrowFilter,
  type TypeAmongAll,
  userAmongAll,
} from '../../scim-core/across-resource-types.ts';
import type { ListRequest } from '../../scim-core/list-request.ts';
import type { Position } from '../lists/cursor.ts';
import { directionOf, isAfter, sortKeyOf, type SortKey, unsorted } from '../lists/list-order.ts';
import {
  conditionOf,
  extentOf,
  listedGroups,
  listedUsers,
  type Listed,
  type PageRow,
  positionOf,
} from '../lists/page.ts';
import { knownCount, recountTime } from '../directory/directory-counts.ts';
import { countOf, recounted } from '../lists/page-statement.ts';
import { type Extent, isFar, placeColumns, placesFromNearerEnd, placesOf } from '../lists/places.ts';

/** The place of a user or group in a list over both types. */
export type RootPlace = PageRow & Pick<Position, 'type'>;

/** What one table contributes: a statement for its places, and one for their number. */
interface Part {
  places: Sql;
  count: Sql;
}

/**
 * The places of a page of users and groups, and how many match in all: one statement. Each table contributes at most as
 * many places as the page could need, and the page is made from those. Where it is known how many there are, a page far
 * from the beginning takes its own places alone from each.
 *
 * @param request the query as users and as groups see it
 * @throws ScimError `invalidFilter`, `invalidPath`, `invalidCursor`
 */
export async function readRootPlaces(
  db: Db,
  seal: CursorSeal,
  workspaceId: string,
  request: { users: ListRequest; groups: ListRequest },
): Promise<{ total: number; rows: RootPlace[]; recountAt: Date | null }> {
  const workspace = parameter(workspaceId);
  const position = positionOf(seal, workspaceId, request.users, 'all');
  const { offset, limit } = extentOf(request.users);
  const isEverybody = request.users.filter === null;
  const isKnownFar = isEverybody && request.users.sort === null && isFar({ offset, key: unsorted });
  const [usersExtent, groupsExtent] = isKnownFar ? extentsOf(offset, limit) : [null, null];
  const users = partOf(request.users, userAmongAll, listedUsers, {
    position,
    workspace,
    extent: usersExtent,
  });
  const groups = partOf(request.groups, groupAmongAll, listedGroups, {
    position,
    workspace,
    extent: groupsExtent,
  });
  const direction = directionOf({ descending: request.users.sort?.order === 'descending' });
  const { rows } = await db.run(
    sql<RootPlace & { total: string; recountAt: Date | null }>`${when(isEverybody, knownOf(workspace))}
     SELECT total.n AS total, ${when(isEverybody, recounted)}page.*
     FROM (SELECT (${users.count}) + (${groups.count}) AS n) total
     LEFT JOIN LATERAL (
       SELECT place.type, place.id, ${placeColumns('place', 'place.sort_key')}
       FROM (${users.places} UNION ALL ${groups.places}) place
       ORDER BY place.sort_key ${direction}, place.type DESC, place.created_at, place.id
       OFFSET ${isKnownFar ? sql`CASE WHEN ${areKnown} THEN 0 ELSE ${literal(offset)} END` : literal(offset)} LIMIT ${literal(limit)}
     ) page ON true`,
  );
  const [first] = rows;
  return {
    total: Number(first?.total ?? 0),
    rows: rows.filter((row) => row.id !== null),
    recountAt: first?.recountAt ?? null,
  };
}

const known = { users: raw('(SELECT users FROM known)'), groups: raw('(SELECT groups FROM known)') };
const areKnown = sql`${known.users} + ${known.groups} IS NOT NULL`;

/** The part of the statement that knows how many there are, without looking at each. */
function knownOf(workspace: Parameter): Sql {
  return sql`WITH known AS MATERIALIZED (
      SELECT ${knownCount('users', workspace)} AS users, ${knownCount('groups', workspace)} AS groups,
        ${recountTime(workspace)} AS recount_at)`;
}

/** What each table contributes to a page of everybody, users first. Unknown numbers: all up to the end of the page. */
function extentsOf(offset: number, limit: number): [users: Extent, groups: Extent] {
  const [from, most, upTo] = [literal(offset), literal(limit), literal(offset + limit)];
  const ofGroups = sql`greatest(least(${most}, ${upTo} - ${known.users}), 0)`;
  return [
    {
      offset: sql`CASE WHEN ${areKnown} THEN ${from} ELSE 0 END`,
      limit: sql`CASE WHEN ${areKnown} THEN ${most} ELSE ${upTo} END`,
    },
    {
      offset: sql`CASE WHEN ${areKnown} THEN greatest(${from} - ${known.users}, 0) ELSE 0 END`,
      limit: sql`CASE WHEN ${areKnown} THEN ${ofGroups} ELSE ${upTo} END`,
    },
  ];
}

/** Where a page lies in a part. */
interface PartPlace {
  position: Position | null;
  workspace: Parameter;
  /** For a page far from the beginning of everybody. */
  extent: Extent | null;
}

function partOf(
  request: ListRequest,
  among: TypeAmongAll,
  listed: Listed,
  { position, workspace, extent }: PartPlace,
): Part {
  const where = whereOf(request, among, listed, workspace);
  const key = keyOf(request, among, listed);
  const rest = position && isAfter(position, key, listed.alias, listed.type);
  const pageWhere = rest === null ? where : sql`${where} AND ${rest}`;
  const { offset, limit } = extentOf(request);
  const places =
    extent === null
      ? placesOf({ listed, pageWhere, key, offset: 0, limit: offset + limit })
      : placesFromNearerEnd(listed, where, known[listed.counted], extent);
  const count = countOf({ listed, where });
  // A bare NULL takes the type of the other table's key.
  const sortKey = raw(key.sql === null ? 'NULL' : 'sort_key');
  const type = raw(`'${listed.type}'`);
  return {
    places: sql`(SELECT ${type} AS type, id, created_at, ${sortKey} AS sort_key FROM (${places}) own)`,
    count: request.filter === null ? sql`SELECT coalesce(${known[listed.counted]}, (${count}))` : count,
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
