import { list, raw, type Sql, sql } from './sql.ts';

/** A column of rows that are passed to a statement: its type in PostgreSQL, and its value in a row. */
export interface ArrayColumn<Row> {
  /** `json` takes JSON text; `jsonb` takes values. */
  type: 'uuid' | 'text' | 'integer' | 'bigint' | 'boolean' | 'timestamptz' | 'text[]' | 'jsonb' | 'json';
  of: (row: Row) => unknown;
}

/** The columns of rows, by the names that the statement gives them. */
export type ArrayColumns<Row> = Record<string, ArrayColumn<Row>>;

/**
 * Rows as one array per column, which PostgreSQL reads twice as fast as the same rows as JSON.
 *
 * @returns what stands in a FROM: the rows as `x`, with the columns by their names
 */
export function rowsFrom<Row>(columns: ArrayColumns<Row>, rows: readonly Row[]): Sql {
  const entries = Object.entries(columns);
  const names = entries.map(([name]) => `"${name}"`).join(', ');
  // An array of arrays would have to be rectangular: such a column travels as text.
  const read = entries.map(([name, { type }]) => {
    return type === 'text[]' || isJson(type) ? `"${name}"::${type}` : `"${name}"`;
  });
  const arrays = entries.map(([, column]) => arraySql(column.type, valueOf(column, rows)));
  return sql`(SELECT ${raw(read.join(', '))} FROM ROWS FROM (${list(arrays)}) AS u(${raw(names)})) AS x`;
}

/** Stands between the JSON texts of a column: within a text, JSON escapes it. */
const separator = '\u001f';
const separatorSql = raw(`E'\\x1f'`);
const nothing = '';

function arraySql(type: ArrayColumn<unknown>['type'], value: string): Sql {
  // As elements of an array, every quote in them would have to be escaped once more.
  if (isJson(type)) return sql`string_to_table(${value}::text, ${separatorSql}, '')`;
  return sql`unnest(${value}::${raw(type === 'text[]' ? 'text' : type)}[])`;
}

function valueOf<Row>({ type, of }: ArrayColumn<Row>, rows: readonly Row[]): string {
  if (type === 'jsonb') return rows.map((row) => jsonText(of(row))).join(separator);
  if (type === 'json') return rows.map((row) => (of(row) as string | null) ?? nothing).join(separator);
  if (type !== 'text[]') return arrayLiteral(rows.map((row) => of(row) as string | null | undefined));
  return arrayLiteral(rows.map((row) => arrayLiteral((of(row) ?? []) as readonly string[])));
}

function isJson(type: ArrayColumn<unknown>['type']): boolean {
  return type === 'jsonb' || type === 'json';
}

function jsonText(value: unknown): string {
  return value === null || value === undefined ? nothing : JSON.stringify(value);
}

/** A PostgreSQL array of texts, written out: the driver takes three times as long to do it. */
export function arrayLiteral(texts: readonly (string | null | undefined)[]): string {
  return `{${texts.map(element).join(',')}}`;
}

function element(text: string | null | undefined): string {
  if (text === null || text === undefined) return 'NULL';
  return needsEscape.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

const needsEscape = /["\\]/;
