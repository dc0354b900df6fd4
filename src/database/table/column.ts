/** The types of PostgreSQL that the tables use. */
export type ColumnType =
  'uuid' | 'text' | 'integer' | 'bigint' | 'boolean' | 'timestamptz' | 'date' | 'bytea' | 'jsonb' | 'json';

interface ColumnOptions {
  isArray: boolean;
  isKey: boolean;
  isNullable: boolean;
  collation: string | null;
  /** The default as TypeORM takes it; undefined for none. */
  default: unknown;
}

/** A column of a table. `Value` is the type of its values as the driver returns them. */
export class Column<Value = unknown> {
  /** Only there for the type. */
  declare readonly value?: Value;

  readonly type: ColumnType;
  readonly options: Readonly<ColumnOptions>;

  constructor(type: ColumnType, options: Partial<ColumnOptions> = {}) {
    this.type = type;
    this.options = { ...plain, ...options };
  }

  /** Part of the primary key. */
  key(): Column<Value> {
    return this.with({ isKey: true });
  }

  orNull(): Column<Value | null> {
    return this.with({ isNullable: true });
  }

  /** @param value what the migration writes after DEFAULT: a value, or a function that returns SQL */
  default(value: unknown): Column<Value> {
    return this.with({ default: value });
  }

  /** Compared byte by byte (`COLLATE "C"`), whatever the language of the database. */
  bytewise(): Column<Value> {
    return this.with({ collation: 'C' });
  }

  array(): Column<Value[]> {
    return this.with({ isArray: true });
  }

  private with<Other>(changed: Partial<ColumnOptions>): Column<Other> {
    return new Column<Other>(this.type, { ...this.options, ...changed });
  }
}

const plain: ColumnOptions = {
  isArray: false,
  isKey: false,
  isNullable: false,
  collation: null,
  default: undefined,
};

export const uuid = (): Column<string> => new Column('uuid');
export const text = <Value extends string = string>(): Column<Value> => new Column('text');
export const integer = (): Column<number> => new Column('integer');
/** The driver returns it as a decimal text, since a number may be too small for it. */
export const bigint = (): Column<string> => new Column('bigint');
export const boolean = (): Column<boolean> => new Column('boolean');
/** A moment, `timestamptz`. */
export const moment = (): Column<Date> => new Column('timestamptz');
/** A day of the calendar, `YYYY-MM-DD`. */
export const day = (): Column<string> => new Column('date');
export const bytes = (): Column<Buffer> => new Column('bytea');
export const jsonb = <Value>(): Column<Value> => new Column('jsonb');
/** JSON that keeps the text as it was written. */
export const jsonText = <Value>(): Column<Value> => new Column('json');
