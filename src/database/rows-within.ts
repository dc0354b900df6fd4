/**
 * A statement for the first rows of a common table expression that together stay within a size; the first of them in
 * any case. PostgreSQL makes the rows of such an expression as they are asked for: what comes behind the cut is never
 * made, however much was stored there.
 *
 * @param rows the name of a `MATERIALIZED` expression whose rows come in the order that is wanted
 * @param sizeBytes an expression for the size of a row, never null
 * @param sizeMaxBytes what the rows may have together
 */
export function rowsWithin(rows: string, sizeBytes: string, sizeMaxBytes: number): string {
  // Who asks for the first row beyond the size, and for no other, has those before it made and none after it. `LIMIT
  // NULL` is none.
  return `
    SELECT * FROM ${rows} LIMIT (
      SELECT greatest(summed.place - 1, 1) FROM (
        SELECT row_number() OVER so_far AS place, sum(${sizeBytes}) OVER so_far AS bytes
        FROM ${rows} WINDOW so_far AS (ROWS UNBOUNDED PRECEDING)
      ) summed WHERE summed.bytes > ${sizeMaxBytes} LIMIT 1)`;
}

/** The size of a column in bytes as text; null takes none. For {@link rowsWithin}. */
export function textBytes(column: string): string {
  return `coalesce(octet_length(${column}::text), 0)`;
}

/**
 * A statement for a page of a list: the rows of another one, as far as they stay within the size. Each also says in
 * `listed` how many there would be but for their size.
 *
 * @param select a statement with an order and a limit, whose columns cost nothing to make
 */
export function listWithin(select: string, sizeBytes: string, sizeMaxBytes: number): string {
  return `
    WITH page AS MATERIALIZED (${select})
    SELECT shown.*, (SELECT count(*)::integer FROM page) AS listed
    FROM (${rowsWithin('page', sizeBytes, sizeMaxBytes)}) shown`;
}
