import { raw, type Sql, sql } from './sql.ts';

/**
 * A statement for the first rows of a common table expression that together stay within a size, and the first row in any
 * case. PostgreSQL makes the rows of such an expression on demand: rows after the cut are never made, whatever their size.
 *
 * @param rows the name of a `MATERIALIZED` expression whose rows are in the right order
 * @param sizeBytes an expression for the size of a row, never null
 * @param sizeMaxBytes the most that the rows may have together
 */
export function rowsWithin(rows: string, sizeBytes: string, sizeMaxBytes: number): Sql {
  // The first row beyond the size is read to find the cut; no row after it is made. `LIMIT NULL` means no limit.
  return raw(`
    SELECT * FROM ${rows} LIMIT (
      SELECT greatest(summed.place - 1, 1) FROM (
        SELECT row_number() OVER so_far AS place, sum(${sizeBytes}) OVER so_far AS bytes
        FROM ${rows} WINDOW so_far AS (ROWS UNBOUNDED PRECEDING)
      ) summed WHERE summed.bytes > ${sizeMaxBytes} LIMIT 1)`);
}

/** The size of a column as text, in bytes; 0 for null. For {@link rowsWithin}. */
export function textBytes(column: string): string {
  return `coalesce(octet_length(${column}::text), 0)`;
}

/**
 * A statement for one page of a list: the rows of another statement, as long as they stay within the size. Each row says
 * in `listed` how many rows there would be without this limit.
 *
 * @param select a statement with an order and a limit, whose columns cost nothing to make
 */
export function pageWithinSize<Row>(
  select: Sql<Row>,
  sizeBytes: string,
  sizeMaxBytes: number,
): Sql<Row & { listed: number }> {
  return sql`
    WITH page AS MATERIALIZED (${select})
    SELECT shown.*, (SELECT count(*)::integer FROM page) AS listed
    FROM (${rowsWithin('page', sizeBytes, sizeMaxBytes)}) shown`;
}
