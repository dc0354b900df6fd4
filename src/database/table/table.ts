import { EntitySchema } from 'typeorm';
import type { Column } from './column.ts';

type Columns = Readonly<Record<string, Column>>;

/** What a table has besides columns, by the names that the migrations give. */
interface TableRules<Field extends string> {
  uniques?: Readonly<Record<string, readonly Field[]>>;
  indexes?: Readonly<Record<string, TableIndex<Field>>>;
  /** Conditions in SQL. */
  checks?: Readonly<Record<string, string>>;
  references?: Readonly<Record<string, Reference<Field>>>;
}

interface TableIndex<Field extends string> {
  on: readonly Field[];
  unique?: boolean;
  /** The condition of a partial index, as PostgreSQL prints it. */
  where?: string;
}

/** A foreign key. */
interface Reference<Field extends string> {
  from: readonly Field[];
  to: Table;
  columns: readonly string[];
  onDelete: 'CASCADE';
}

/**
 * The description of a table, the only one besides the migrations. Row types, column lists and the entity of TypeORM are
 * made from it, and a test compares it with the migrated schema.
 */
export class Table<Given extends Columns = Columns> {
  readonly name: string;
  readonly columns: Given;
  readonly rules: TableRules<string>;
  /** The table as TypeORM knows it. */
  readonly entity: EntitySchema<RowOf<Given>>;

  constructor(name: string, columns: Given, rules: TableRules<string>) {
    this.name = name;
    this.columns = columns;
    this.rules = rules;
    this.entity = entityOf(this);
  }
}

/** A row of a table, with the fields as the code names them. */
export type RowOf<Given extends Columns> = {
  [Field in keyof Given]: Given[Field] extends Column<infer Value> ? Value : never;
};

/** The names of a table's columns in code. */
export type FieldOf<Of extends Table> = keyof Of['columns'] & string;

/** A row of a described table: `Row<typeof member>`. */
export type Row<Of extends Table> = RowOf<Of['columns']>;

/**
 * Describes a table.
 *
 * @param columns by their names in code; in the database `firstName` is `first_name`
 */
export function table<Given extends Columns>(
  name: string,
  columns: Given,
  rules: TableRules<keyof Given & string> = {},
): Table<Given> {
  return new Table(name, columns, rules);
}

/** The name of a column in the database. */
export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (capital) => `_${capital.toLowerCase()}`);
}

function entityOf<Given extends Columns>({ name, columns, rules }: Table<Given>): EntitySchema<RowOf<Given>> {
  const { uniques = {}, indexes = {}, checks = {}, references = {} } = rules;
  return new EntitySchema<RowOf<Given>>({
    name,
    tableName: name,
    columns: Object.fromEntries(
      Object.entries(columns).map(([field, column]) => [field, entityColumnOf(field, column)]),
    ) as EntityColumns<RowOf<Given>>,
    uniques: Object.entries(uniques).map(([unique, on]) => ({ name: unique, columns: [...on] })),
    indices: Object.entries(indexes).map(([index, { on, unique = false, where }]) => ({
      name: index,
      columns: [...on],
      unique,
      ...(where !== undefined && { where }),
    })),
    checks: Object.entries(checks).map(([check, expression]) => ({ name: check, expression })),
    foreignKeys: Object.entries(references).map(
      ([reference, { from, to, columns: toColumns, onDelete }]) => ({
        name: reference,
        target: to.name,
        columnNames: [...from],
        referencedColumnNames: [...toColumns],
        onDelete,
      }),
    ),
  });
}

type EntityColumns<Entity> = EntitySchema<Entity>['options']['columns'];

function entityColumnOf(field: string, { type, options }: Column) {
  return {
    type,
    name: columnName(field),
    primary: options.isKey,
    nullable: options.isNullable,
    array: options.isArray,
    ...(options.collation !== null && { collation: options.collation }),
    ...(options.default !== undefined && { default: options.default }),
  };
}
