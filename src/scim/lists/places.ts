import { literal, nothing, raw, type Sql, sql } from '../../database/sql.ts';
import { directionOf } from './list-order.ts';
import type { Listed, PageRequest } from './page.ts';

/** From how many skipped rows on it is worth the longer statement to ask from which end a page is nearer. */
const farOffset = 1_000;

/** A statement for the places of a page, in their order: `id`, `created_at` and `sort_key`. */
export function placesOf(
  request: Pick<PageRequest, 'listed' | 'pageWhere' | 'key' | 'offset' | 'limit'>,
): Sql {
  const { listed, pageWhere, key, offset, limit } = request;
  const { alias, from } = listed;
  return sql`
    SELECT ${raw(`${alias}.id, ${alias}.created_at`)}, ${key.sql ?? raw('NULL')} AS sort_key
    FROM ${raw(from)} WHERE ${pageWhere}
    ORDER BY ${orderOf(request)} OFFSET ${literal(offset)} LIMIT ${literal(limit)}`;
}

/** Whether a page lies so far from the beginning that {@link placesFromNearerEnd} is for it. */
export function isFar({ offset, key }: Pick<PageRequest, 'offset' | 'key'>): boolean {
  return offset >= farOffset && key.sql === null;
}

/** Where a page by index lies, in expressions of the statement. */
export interface Extent {
  offset: Sql;
  limit: Sql;
}

/**
 * {@link placesOf} of an unsorted list by index, read from the end if that is nearer and it is known how many match: the
 * last page then costs as much as the first. What is skipped is skipped in the index.
 *
 * @param known an expression for how many match, in the snapshot of the statement; null where that is not known
 */
export function placesFromNearerEnd(
  { alias, from }: Pick<Listed, 'alias' | 'from'>,
  where: Sql,
  known: Sql,
  { offset, limit }: Extent,
): Sql {
  const place = raw(`${alias}.id, ${alias}.created_at, NULL AS sort_key`);
  // An index may be any number: twice a large one is no integer of PostgreSQL any more.
  const isBehind = sql`${known} < 2 * (${offset})::bigint`;
  return sql`
    (SELECT ${place} FROM ${raw(from)} WHERE ${where} ORDER BY ${raw(`${alias}.created_at, ${alias}.id`)}
      OFFSET ${offset} LIMIT CASE WHEN ${isBehind} THEN 0 ELSE ${limit} END)
    UNION ALL
    (SELECT id, created_at, sort_key FROM (
      SELECT ${place} FROM ${raw(from)} WHERE ${where} ORDER BY ${raw(`${alias}.created_at DESC, ${alias}.id DESC`)}
      OFFSET greatest(${known} - ${offset} - ${limit}, 0)
      LIMIT CASE WHEN ${isBehind} THEN greatest(least(${limit}, ${known} - ${offset}), 0) ELSE 0 END
    ) behind ORDER BY created_at, id)`;
}

/** What a cursor needs from a row with `created_at` and the given sort key. */
export function placeColumns(row: string, sortKey: string): Sql {
  return raw(`
    (extract(epoch FROM ${row}.created_at) * 1000000)::bigint::text AS "createdAtMicros",
    (${sortKey})::text AS "sortValue"`);
}

/** The order of a list: by its sort key, then by creation. */
export function orderOf({ listed: { alias }, key }: Pick<PageRequest, 'listed' | 'key'>): Sql {
  const sorted = key.sql === null ? nothing : sql`${key.sql} ${directionOf(key)}, `;
  return sql`${sorted}${raw(`${alias}.created_at, ${alias}.id`)}`;
}
