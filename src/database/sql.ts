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

/**
 * What a statement of one workspace says, so that a database that is distributed by workspace can carry out all of its
 * parts on one node.
 */
export interface OneNode {
  workspaceId: string;
  /** The type of each column of the answer, in order; none for a statement that only counts what it writes. */
  columns: Readonly<Record<string, string>>;
  /** The same in steps, if there are any. */
  steps: () => NodeSteps | null;
  /** Whether it goes there outside of a transaction only. */
  isAlone: boolean;
}

/**
 * The same as a statement of several parts that write, step by step: where rows lie on several nodes, a part that reads
 * what another one wrote has that sent to all of them.
 */
export interface NodeSteps {
  /** What decides whether the steps are carried out, and is the answer where they are not. */
  guard: Sql;
  /** Whether they are carried out when the guard has found or written rows, or when it has not. */
  goesOn: 'with rows' | 'without rows';
  steps: readonly Sql[];
  /** The answer after the steps. */
  answer: Sql;
}

/** A statement, or a part of one: texts with values between them. `Row` is what the whole statement answers with. */
export class Sql<Row = unknown> {
  /** Only there for the type. */
  declare readonly row?: Row;

  readonly key: object | string;
  readonly texts: readonly string[];
  readonly values: readonly SqlValue[];
  readonly keepsPlan: boolean;
  /** Whether the texts depend on what a client asked for, so that there is no end to them. */
  readonly isVaried: boolean;
  readonly oneNode: OneNode | null;

  /**
   * @param key tells this sequence of texts from every other one: the call site, or the text itself
   * @param texts one more than there are values
   */
  constructor(
    key: object | string,
    texts: readonly string[],
    values: readonly SqlValue[],
    { keepsPlan = false, isVaried = false, oneNode = null }: SqlOptions = {},
  ) {
    this.key = key;
    this.texts = texts;
    this.values = values;
    this.keepsPlan = keepsPlan;
    this.isVaried = isVaried;
    this.oneNode = oneNode;
  }

  /** The same statement, whose plan PostgreSQL keeps on each connection. For what runs again and again. */
  prepared(): Sql<Row> {
    return new Sql<Row>(this.key, this.texts, this.values, { ...this, keepsPlan: true });
  }

  /**
   * The same statement; a database that is distributed by workspace carries it out on the node of this workspace, by one
   * command instead of one for each part. It touches rows of this workspace alone, each part says so, and it tells nobody.
   *
   * @param columns the type of each column of the answer, in order
   * @param steps the same in steps
   */
  onOneNode(
    workspaceId: string,
    columns: Readonly<Record<keyof Row & string, string>>,
    steps: OneNode['steps'] = () => null,
  ): Sql<Row> {
    return this.placed({ workspaceId, columns, steps, isAlone: false });
  }

  /**
   * {@link onOneNode} for a statement that reads what a part of it writes, or a table that every node has: within a
   * transaction, Citus refuses to carry that out there, and it is sent as it is.
   */
  onOneNodeAlone(
    workspaceId: string,
    columns: Readonly<Record<keyof Row & string, string>>,
    steps: OneNode['steps'] = () => null,
  ): Sql<Row> {
    return this.placed({ workspaceId, columns, steps, isAlone: true });
  }

  private placed(oneNode: OneNode): Sql<Row> {
    return new Sql<Row>(this.key, this.texts, this.values, { ...this, oneNode });
  }
}

type SqlOptions = Partial<Pick<Sql, 'keepsPlan' | 'isVaried' | 'oneNode'>>;

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

/** {@link raw} for a text that depends on what a client asked for, such as what a list is sorted by. */
export function varied(text: string): Sql {
  return new Sql(text, [text], [], { isVaried: true });
}

/** A number that stands in the text itself, so that the planner knows it: for LIMIT and OFFSET. */
export function literal(number: number): Sql {
  return varied(String(number));
}

/**
 * A condition that was written elsewhere, such as the filter of a client: its text names its values `$1`, `$2` and so on.
 * One that stands in several places of a statement has its values once.
 */
export function numbered(text: string, values: readonly Parameter['value'][]): Sql {
  const parameters = values.map(parameter);
  const [first = '', ...rest] = text.split(/\$(\d+)/u);
  const texts = [first];
  const found: Parameter[] = [];
  for (let at = 0; at < rest.length; at += 2) {
    const value = parameters[Number(rest[at]) - 1];
    if (value === undefined)
      throw new Error(`The text has a place for a value that is not given: $${rest[at]}`);
    found.push(value);
    texts.push(rest[at + 1] ?? '');
  }
  return new Sql(text, texts, found, { isVaried: true });
}

/** Nothing, for a part of a statement that is not always there. */
export const nothing: Sql = raw('');

/** A part of a statement that is there under a condition only. */
export function when(condition: boolean, part: Sql): Sql {
  return condition ? part : nothing;
}

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
