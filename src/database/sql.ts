import { prepared } from './prepared-statements.ts';

/** What may stand between the texts of a statement: a value, a shared value, or a part of the statement. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Buffer
  | null
  | readonly (string | null)[]
  | readonly number[]
  | Parameter
  | Sql;

/** A value that stands in several places of a statement under one number. Made by {@link parameter}. */
export class Parameter {
  readonly value: Exclude<SqlValue, Parameter | Sql>;

  constructor(value: Exclude<SqlValue, Parameter | Sql>) {
    this.value = value;
  }
}

/**
 * One value for several places of a statement, e.g. the workspace id: PostgreSQL then knows that it is the same
 * everywhere. The same value written twice without this makes two parameters, so that the text of a statement never
 * depends on its values.
 */
export function parameter(value: Parameter['value']): Parameter {
  return new Parameter(value);
}

/** A statement, or a part of one: texts with values between them. `Row` is what the whole statement answers with. */
export class Sql<Row = unknown> {
  /** Only there for the type. */
  declare readonly row?: Row;

  readonly key: object | string;
  readonly texts: readonly string[];
  readonly values: readonly SqlValue[];
  readonly keepsPlan: boolean;

  /**
   * @param key tells this sequence of texts from every other one: the call site, or the text itself
   * @param texts one more than there are values
   */
  constructor(
    key: object | string,
    texts: readonly string[],
    values: readonly SqlValue[],
    keepsPlan = false,
  ) {
    this.key = key;
    this.texts = texts;
    this.values = values;
    this.keepsPlan = keepsPlan;
  }

  /** The same statement, whose plan PostgreSQL keeps on each connection. For what runs again and again. */
  prepared(): Sql<Row> {
    return new Sql<Row>(this.key, this.texts, this.values, true);
  }
}

/**
 * A statement as a template: values become parameters, numbered in the order in which they stand in the whole
 * statement; parts of other statements are put in as they are.
 *
 *     await db.run(sql<{ id: string }>`SELECT id FROM member WHERE workspace_id = ${workspaceId} AND ${condition}`);
 */
export function sql<Row = unknown>(texts: TemplateStringsArray, ...values: SqlValue[]): Sql<Row> {
  return new Sql<Row>(texts, texts, values);
}

/** Text that is known to be SQL, such as the name of a column. Never for anything that came from outside. */
export function raw(text: string): Sql {
  return new Sql(text, [text], []);
}

/** Nothing, for a part of a statement that is not always there. */
export const nothing: Sql = raw('');

/** Values or parts with a separator between them. */
export function list(items: readonly SqlValue[], separator = ', '): Sql {
  if (items.length === 0) return nothing;
  const key = `list of ${items.length} by ${separator}`;
  const texts = ['', ...Array.from({ length: items.length - 1 }, () => separator), ''];
  return new Sql(key, texts, items);
}

/** A value as JSON; null and undefined stay null. */
export function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/**
 * A subquery that PostgreSQL carries out once for each row before it, by an index: `OFFSET 0` keeps the planner from
 * making a join of it, which for a new workspace, whose statistics report no rows, may read a table from end to end.
 *
 * @param lock what the rows found are locked with, e.g. FOR UPDATE
 */
export function lookup(select: Sql, lock: Sql = nothing): Sql {
  return sql`LATERAL (${select} OFFSET 0 ${lock})`;
}

/** A statement as the driver takes it. */
export interface CompiledStatement {
  text: string;
  values: Exclude<SqlValue, Parameter | Sql>[];
}

/**
 * What statements of one form share: their text. A form is the sequence of call sites and values in a statement, so
 * that a statement is put together once and its text stays the same object, which keeps the look-up of its plan short.
 */
interface Form {
  text: string | null;
  readonly next: Map<unknown, Form>;
}

/** Forms that are remembered; later ones are put together each time, so that filters of any form cannot fill the memory. */
const formsMax = 20_000;

const firstForm: Form = { text: null, next: new Map() };
let formsCount = 0;

/** Stands in a form for a value that was not there before. */
const freshValue = Symbol('value');

/** The text and the values of a statement. */
export function compile(statement: Sql): CompiledStatement {
  const values: CompiledStatement['values'] = [];
  const places = new Map<Parameter, number>();
  let form: Form | null = firstForm;
  const step = (key: unknown): void => {
    form &&= nextForm(form, key);
  };
  const visit = ({ key, values: given }: Sql): void => {
    step(key);
    for (const value of given) {
      if (value instanceof Sql) visit(value);
      else if (value instanceof Parameter) {
        const place = places.get(value);
        step(place ?? freshValue);
        if (place === undefined) places.set(value, values.push(value.value));
      } else {
        step(freshValue);
        values.push(value);
      }
    }
  };
  visit(statement);
  const known = form as Form | null;
  const text = known?.text ?? textOf(statement);
  if (known !== null) known.text = text;
  if (statement.keepsPlan) prepared(text);
  return { text, values };
}

function nextForm(form: Form, key: unknown): Form | null {
  const known = form.next.get(key);
  if (known !== undefined) return known;
  if (formsCount >= formsMax) return null;
  formsCount += 1;
  const next: Form = { text: null, next: new Map() };
  form.next.set(key, next);
  return next;
}

function textOf(statement: Sql): string {
  const places = new Map<Parameter, number>();
  let count = 0;
  const placeOf = (value: SqlValue): number => {
    if (!(value instanceof Parameter)) return (count += 1);
    const place = places.get(value) ?? (count += 1);
    places.set(value, place);
    return place;
  };
  const write = ({ texts, values }: Sql): string => {
    let text = texts[0] ?? '';
    for (const [at, value] of values.entries()) {
      text += value instanceof Sql ? write(value) : `$${placeOf(value)}`;
      text += texts[at + 1] ?? '';
    }
    return text;
  };
  return write(statement);
}
