import type { ArrayColumn, ArrayColumns } from '../row-arrays.ts';
import { json, list, type Parameter, raw, type Sql, sql, type SqlValue } from '../sql.ts';
import type { Column } from './column.ts';
import { columnName, type FieldOf, type Row, type Table } from './table.ts';

/**
 * Columns for a SELECT, each under its name in code: `m.id, m.first_name AS "firstName"`.
 *
 * @param alias what the statement calls the table; nothing for a statement that reads one table only
 */
export function columnsOf<Of extends Table>(
  _table: Of,
  fields: readonly FieldOf<Of>[],
  alias?: string,
): Sql<Pick<Row<Of>, FieldOf<Of>>> {
  const prefix = alias === undefined ? '' : `${alias}.`;
  const columns = fields.map((field) => {
    const name = columnName(field);
    return name === field ? prefix + name : `${prefix}${name} AS "${field}"`;
  });
  return raw(columns.join(', ')) as Sql<Pick<Row<Of>, FieldOf<Of>>>;
}

/** Columns of a row as one JSON object, under their names in code. */
export function jsonOf<Of extends Table>(_table: Of, fields: readonly FieldOf<Of>[], alias: string): Sql {
  const pairs = fields.map((field) => `'${field}', ${alias}.${columnName(field)}`);
  return raw(`json_build_object(${pairs.join(', ')})`);
}

/** Values to write, by the names of their columns in code. */
export type Values<Of extends Table> = {
  readonly [Field in FieldOf<Of>]?: Row<Of>[Field] | Parameter;
};

/** What follows SET in an UPDATE: `first_name = $1, properties = $2`. */
export function set<Of extends Table>(table: Of, values: Values<Of>): Sql {
  return list(entriesOf(table, values).map(([field, value]) => sql`${raw(columnName(field))} = ${value}`));
}

/** A statement that adds one row; columns without a value get their default. */
export function insertInto<Of extends Table>(table: Of, values: Values<Of>): Sql {
  const entries = entriesOf(table, values);
  const names = entries.map(([field]) => columnName(field)).join(', ');
  return sql`INSERT INTO ${raw(table.name)} (${raw(names)}) VALUES (${list(entries.map(([, value]) => value))})`;
}

function entriesOf<Of extends Table>(table: Of, values: Values<Of>): [string, SqlValue][] {
  return Object.entries<unknown>(values).map(([field, value]) => {
    const column: Column | undefined = table.columns[field];
    if (column === undefined) throw new Error(`${table.name} has no column for ${field}`);
    const isJson = column.type === 'jsonb' || column.type === 'json';
    return [field, isJson ? json(value) : (value as SqlValue)];
  });
}

/** Columns for `rowsFrom`, by their names in the database. The values are found under their names in code. */
export function arrayColumnsOf<Of extends Table, Field extends FieldOf<Of>>(
  table: Of,
  fields: readonly Field[],
): ArrayColumns<Readonly<Record<Field, unknown>>> {
  return Object.fromEntries(
    fields.map((field) => [columnName(field), arrayColumnOf(table.columns[field] as Column, field)]),
  );
}

function arrayColumnOf<Field extends string>(
  { type, options }: Column,
  field: Field,
): ArrayColumn<Readonly<Record<Field, unknown>>> {
  if (options.isArray) return { type: 'text[]', of: (row) => row[field] };
  switch (type) {
    case 'timestamptz':
      return { type, of: (row) => momentText(row[field]) };
    case 'uuid':
    case 'text':
    case 'integer':
    case 'jsonb':
      return { type, of: (row) => row[field] };
    default:
      throw new Error(`Rows with a column of type ${type} are not passed as arrays yet: ${field}`);
  }
}

function momentText(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** The names of columns in a statement: `id, first_name`, or `x.id, x.first_name`. */
export function namesOf(columns: ArrayColumns<never>, alias?: string): Sql {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return raw(
    Object.keys(columns)
      .map((name) => prefix + name)
      .join(', '),
  );
}

/** What follows SET in an UPDATE or an upsert that takes each column from another row: `name = x.name`. */
export function setFrom(columns: ArrayColumns<never>, alias: string): Sql {
  return raw(
    Object.keys(columns)
      .map((name) => `${name} = ${alias}.${name}`)
      .join(', '),
  );
}
