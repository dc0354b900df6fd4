import { parameter, raw, type Sql, sql, varied } from '../../database/sql.ts';
import type { FilterTarget } from '../../scim-core/filter/sql.ts';
import { sortDirectionToSql, sortKeyToSql } from '../../scim-core/filter/sql-sort.ts';
import type { ListRequest } from '../../scim-core/list-request.ts';
import type { Position } from './cursor.ts';

/** What a list is sorted by before the order of creation; `sql` is null if nothing has a value. */
export interface SortKey {
  sql: Sql | null;
  descending: boolean;
}

/** The key of an unsorted list. */
export const unsorted: SortKey = { sql: null, descending: false };

/**
 * The sort key of a request, for ORDER BY and to compare with (RFC 7644 §3.4.2.3).
 *
 * @throws ScimError `invalidPath` for an attribute that cannot be sorted by
 */
export function sortKeyOf(sort: ListRequest['sort'], target: FilterTarget): SortKey {
  if (sort === null) return unsorted;
  return { sql: varied(sortKeyToSql(sort.path, target)), descending: sort.order === 'descending' };
}

/** Resources without a value come last; in descending order, first. */
export function directionOf({ descending }: Pick<SortKey, 'descending'>): Sql {
  return raw(sortDirectionToSql(descending ? 'descending' : 'ascending'));
}

/**
 * The condition that a row comes after a position in the order of sort key, type (users before groups), creation, id.
 * Creation and id never change, so a resource whose sort value stays the same keeps its place.
 *
 * @param alias the table's alias
 * @param type what the table holds
 */
export function isAfter(position: Position, key: SortKey, alias: string, type: Position['type']): Sql {
  const { sortValue } = position;
  const tied = isAfterAmongTied(position, alias, type);
  if (key.sql === null) return isAfterWithoutValue(sortValue, key, tied);
  if (sortValue === null) {
    const later = sql`${key.sql} IS NULL AND ${tied}`;
    return key.descending ? sql`(${key.sql} IS NOT NULL OR (${later}))` : sql`((${later}))`;
  }
  const value = parameter(sortValue);
  const later = key.descending
    ? sql`${key.sql} < ${value}`
    : sql`(${key.sql} > ${value} OR ${key.sql} IS NULL)`;
  return sql`(${later} OR (${key.sql} = ${value} AND ${tied}))`;
}

function isAfterWithoutValue(sortValue: string | null, key: SortKey, tied: Sql): Sql {
  if (sortValue === null) return tied;
  return raw(key.descending ? 'FALSE' : 'TRUE');
}

function isAfterAmongTied(
  { type: typeOfPosition, createdAtMicros, id }: Position,
  alias: string,
  type: Position['type'],
): Sql {
  if (type !== typeOfPosition) return raw(type === 'Group' ? 'TRUE' : 'FALSE');
  const created = sql`'epoch'::timestamptz + ${createdAtMicros}::bigint * interval '1 microsecond'`;
  return sql`(${raw(alias)}.created_at, ${raw(alias)}.id) > (${created}, ${id}::uuid)`;
}
