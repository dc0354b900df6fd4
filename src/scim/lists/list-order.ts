import type { FilterTarget } from '../../scim-core/filter/sql.ts';
import { sortDirectionToSql, sortKeyToSql } from '../../scim-core/filter/sql-sort.ts';
import type { ListRequest } from '../../scim-core/list-request.ts';
import type { Position } from './cursor.ts';

/** What a list is sorted by before the order of creation; `sql` is null if nothing has a value. */
export interface SortKey {
  sql: string | null;
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
  return { sql: sortKeyToSql(sort.path, target), descending: sort.order === 'descending' };
}

/** Resources without a value come last; in descending order, first. */
export function directionOf({ descending }: Pick<SortKey, 'descending'>): string {
  return sortDirectionToSql(descending ? 'descending' : 'ascending');
}

/**
 * The condition that a row comes after a position in the order of sort key, type (users before groups), creation, id.
 * Creation and id never change, so a resource whose sort value stays the same keeps its place.
 *
 * @param alias the table's alias
 * @param type what the table holds
 */
export function isAfter(
  position: Position,
  key: SortKey,
  alias: string,
  type: Position['type'],
  parameters: unknown[],
): string {
  const { sortValue } = position;
  const tied = isAfterAmongTied(position, alias, type, parameters);
  if (key.sql === null) return isAfterWithoutValue(sortValue, key, tied);
  if (sortValue === null) {
    const later = key.descending ? `${key.sql} IS NOT NULL OR ` : '';
    return `(${later}(${key.sql} IS NULL AND ${tied}))`;
  }
  const value = `$${parameters.push(sortValue)}`;
  const later = key.descending ? `${key.sql} < ${value}` : `(${key.sql} > ${value} OR ${key.sql} IS NULL)`;
  return `(${later} OR (${key.sql} = ${value} AND ${tied}))`;
}

function isAfterWithoutValue(sortValue: string | null, key: SortKey, tied: string): string {
  if (sortValue === null) return tied;
  return key.descending ? 'FALSE' : 'TRUE';
}

function isAfterAmongTied(
  { type: typeOfPosition, createdAtMicros, id }: Position,
  alias: string,
  type: Position['type'],
  parameters: unknown[],
): string {
  if (type !== typeOfPosition) return type === 'Group' ? 'TRUE' : 'FALSE';
  const micros = `$${parameters.push(createdAtMicros)}::bigint`;
  const created = `'epoch'::timestamptz + ${micros} * interval '1 microsecond'`;
  return `(${alias}.created_at, ${alias}.id) > (${created}, $${parameters.push(id)}::uuid)`;
}
