import { type AttributeName, printName, untyped } from '../attribute-name.ts';
import { foldCase } from '../fold.ts';
import type { Attribute } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import type { Comparison, Filter, ScimValue } from './filter.ts';
import { type HashColumns, hashEquality, requiredEqualities } from './sql-hash.ts';
import {
  type Bind,
  binder,
  type BoundValue,
  columnPresent,
  compareColumn,
  quoted,
  type SqlColumn,
} from './sql-operand.ts';

export type { BoundValue, SqlColumn } from './sql-operand.ts';

/** Where the attributes of a resource are found in a statement. */
export interface FilterTarget {
  /** The stored resource, a jsonb expression such as `u.resource`. */
  readonly resource: string;
  /** Attributes with a column of their own, by canonical path: `userName`, `meta.created`, `<URN>:employeeNumber`. */
  readonly columns: Readonly<Record<string, SqlColumn>>;
  /**
   * Indexed columns with `scim_hash(scim_fold(value))`, by canonical path as above: bigint, or bigint[] with
   * one hash for each value of a multi-valued attribute. `eq` asks them first, then the text itself.
   */
  readonly hashes?: HashColumns;
  /**
   * Multi-valued attributes kept as rows, by name. `from` goes behind FROM and ends in a WHERE that ties the
   * rows to the resource; `columns` are the sub-attributes by name, or `value` of an attribute without any.
   */
  readonly rows: Readonly<
    Record<string, { readonly from: string; readonly columns: Readonly<Record<string, SqlColumn>> }>
  >;
}

/** Where names are looked up: in the whole resource, one JSON element, or one row. */
type Scope =
  | { readonly kind: 'resource'; readonly target: FilterTarget }
  | { readonly kind: 'element'; readonly sql: string }
  | { readonly kind: 'row'; readonly columns: Readonly<Record<string, SqlColumn>> };

/** A question about a value: a condition on its column. */
type Ask = (column: SqlColumn, attribute: Attribute) => string;

/**
 * A filter as a condition in PostgreSQL, true for exactly the resources that `matches` chooses (what absent
 * and multi-valued attributes mean is told there). Values go into `parameters`, placeholders follow its length.
 * Expects the functions `scim_fold(text)` and `scim_timestamp(text)`.
 * @returns a condition without outer parentheses; NULL counts as false
 * @throws ScimError `invalidFilter` for an attribute that cannot be searched
 */
export function filterToSql(filter: Filter, target: FilterTarget, parameters: BoundValue[]): string {
  return new SqlWriter(binder(parameters)).condition(filter, { kind: 'resource', target });
}

class SqlWriter {
  private readonly bind: Bind;
  private aliases = 0;

  constructor(bind: Bind) {
    this.bind = bind;
  }

  condition(filter: Filter, scope: Scope): string {
    switch (filter.kind) {
      case 'and':
        return `(${this.condition(filter.left, scope)} AND ${this.condition(filter.right, scope)})`;
      case 'or':
        return `(${this.condition(filter.left, scope)} OR ${this.condition(filter.right, scope)})`;
      case 'not':
        return `NOT coalesce(${this.condition(filter.filter, scope)}, FALSE)`;
      case 'present':
        return this.present(filter.path, scope);
      case 'compare':
        return this.compare(filter.path, filter.operator, filter.value, scope);
      case 'some':
        return this.some(filter.path, filter.filter, scope);
    }
  }

  private compare(name: AttributeName, operator: Comparison, value: ScimValue, scope: Scope): string {
    if (operator === 'ne') return `NOT coalesce(${this.compare(name, 'eq', value, scope)}, FALSE)`;
    const sub = name.attribute.untyped && name.sub === undefined ? 'value' : undefined;
    const condition = this.anyValue(name, scope, sub, (column, attribute) =>
      compareColumn(column, attribute, operator, value, this.bind),
    );
    return operator === 'eq' ? all([...this.hashed(name, scope, value), condition]) : condition;
  }

  private present(name: AttributeName, scope: Scope): string {
    const rows = rowsOf(name, scope);
    if (rows !== undefined && name.sub === undefined) return `EXISTS (SELECT 1 FROM ${rows.from})`;
    return this.anyValue(name, scope, undefined, (column, attribute) => presentIn(column, attribute));
  }

  private some(name: AttributeName, filter: Filter, scope: Scope): string {
    const rows = rowsOf(name, scope);
    if (rows !== undefined) {
      const inner = this.condition(filter, { kind: 'row', columns: rows.columns });
      return `EXISTS (SELECT 1 FROM ${rows.from} AND ${inner})`;
    }
    const condition = this.anyElement(name, scope, (element) => {
      const sql = name.attribute.untyped ? asObject(element) : element;
      return this.condition(filter, { kind: 'element', sql });
    });
    const required = requiredEqualities(filter).flatMap(({ path, value }) =>
      this.hashed({ ...name, sub: path.attribute }, scope, value),
    );
    return all([...required, condition]);
  }

  private hashed(name: AttributeName, scope: Scope, value: ScimValue): string[] {
    return scope.kind === 'resource' ? hashEquality(name, value, scope.target.hashes ?? {}, this.bind) : [];
  }

  /**
   * The condition that any value of the attribute satisfies `ask`.
   * @param unwrapped the sub-attribute to which an element without description is reduced if it is an object
   */
  private anyValue(name: AttributeName, scope: Scope, unwrapped: 'value' | undefined, ask: Ask): string {
    const leaf = name.sub ?? name.attribute;
    const column = columnOf(name, scope);
    if (column !== undefined) return ask(column, leaf);
    const rows = rowsOf(name, scope);
    if (rows !== undefined && (name.sub !== undefined || name.attribute.subAttributes === undefined)) {
      const part = name.sub ?? untyped('value');
      const rowColumn = columnOf({ schema: null, attribute: part }, { kind: 'row', columns: rows.columns });
      return `EXISTS (SELECT 1 FROM ${rows.from} AND ${rowColumn === undefined ? 'FALSE' : ask(rowColumn, leaf)})`;
    }
    if (name.attribute.untyped) {
      return this.anyElement(name, scope, (element) =>
        ask({ sql: this.untypedLeaf(element, name.sub, unwrapped), type: 'jsonb' }, leaf),
      );
    }
    const holder = holderOf(name, scope);
    if (!name.attribute.multiValued && name.sub === undefined) return ask(valueIn(holder, leaf), leaf);
    return this.anyElement(name, scope, (element) =>
      ask(name.sub ? this.partIn(element, leaf) : whole(element), leaf),
    );
  }

  /** The condition that any element of the attribute satisfies `ask`; a single value is a list of one. */
  private anyElement(name: AttributeName, scope: Scope, ask: (element: string) => string): string {
    if (name.attribute.untyped) return this.anyUntypedElement(name, scope, ask);
    const value = `${holderOf(name, scope)}->${quoted(name.attribute.name)}`;
    if (!name.attribute.multiValued) return `(${value} IS NOT NULL AND ${ask(`(${value})`)})`;
    const element = this.alias();
    return `EXISTS (SELECT 1 FROM jsonb_array_elements(${value}) AS ${element} WHERE ${ask(element)})`;
  }

  /** Unknown extensions are stored as sent, so their names are compared folded, and lists are told from values. */
  private anyUntypedElement(name: AttributeName, scope: Scope, ask: (element: string) => string): string {
    const element = this.alias();
    if (scope.kind !== 'resource') {
      if (scope.kind === 'row') throw notSearchable(name);
      const value = this.partIgnoringCase(scope.sql, name.attribute.name);
      return `EXISTS (SELECT 1 FROM ${listOf(value)} AS ${element} WHERE ${ask(element)})`;
    }
    const extension = this.alias();
    const entries = `jsonb_each(${scope.target.resource}) AS ${extension}`;
    if (name.schema === null) {
      const named = `scim_fold(${extension}.key) = ${this.bind(foldCase(name.attribute.name))}`;
      const elements = `LATERAL ${listOf(`${extension}.value`)} AS ${element}`;
      return `EXISTS (SELECT 1 FROM ${entries}, ${elements} WHERE ${named} AND ${ask(element)})`;
    }
    const attribute = this.alias();
    const object = `CASE WHEN jsonb_typeof(${extension}.value) = 'object' THEN ${extension}.value END`;
    const attributes = `LATERAL jsonb_each(${object}) AS ${attribute}`;
    const elements = `LATERAL ${listOf(`${attribute}.value`)} AS ${element}`;
    const named =
      `scim_fold(${extension}.key) = ${this.bind(foldCase(name.schema))}` +
      ` AND scim_fold(${attribute}.key) = ${this.bind(foldCase(name.attribute.name))}`;
    return `EXISTS (SELECT 1 FROM ${entries}, ${attributes}, ${elements} WHERE ${named} AND ${ask(element)})`;
  }

  private partIn(element: string, sub: Attribute): SqlColumn {
    return sub.untyped ? whole(this.partIgnoringCase(element, sub.name)) : valueIn(element, sub);
  }

  /** Names that no schema describes are kept as sent: the exact one counts first, then any other case of it. */
  private partIgnoringCase(object: string, name: string): string {
    const part = this.alias();
    const parts = `jsonb_each(CASE WHEN jsonb_typeof(${object}) = 'object' THEN ${object} END) AS ${part}`;
    const named = `scim_fold(${part}.key) = ${this.bind(foldCase(name))}`;
    return `(SELECT ${part}.value FROM ${parts} WHERE ${named} ORDER BY ${part}.key <> ${this.bind(name)} LIMIT 1)`;
  }

  private untypedLeaf(element: string, sub: Attribute | undefined, unwrapped: string | undefined): string {
    if (sub !== undefined) return this.partIgnoringCase(element, sub.name);
    if (unwrapped === undefined) return element;
    return `(CASE WHEN jsonb_typeof(${element}) = 'object' THEN ${element}->'value' ELSE ${element} END)`;
  }

  private alias(): string {
    this.aliases += 1;
    return `e${this.aliases}`;
  }
}

function all(conditions: string[]): string {
  return conditions.length === 1 ? conditions.join('') : `(${conditions.join(' AND ')})`;
}

/** The value of a sub-attribute or attribute in a JSON object. */
export function valueIn(holder: string, attribute: Attribute): SqlColumn {
  const name = quoted(attribute.name);
  if (attribute.type === 'complex') return whole(`(${holder}->${name})`);
  if (attribute.type === 'boolean') return { sql: `(${holder}->${name} = 'true'::jsonb)`, type: 'boolean' };
  if (attribute.type === 'integer' || attribute.type === 'decimal') return whole(`(${holder}->${name})`);
  return { sql: `(${holder}->>${name})`, type: 'text' };
}

/** Where the stored resource holds an attribute; the extension's object for the attributes of an extension. */
function holderOf(name: AttributeName, scope: Scope): string {
  if (scope.kind === 'row') throw notSearchable(name);
  if (scope.kind === 'element') return scope.sql;
  // Only what the resource itself holds can be searched there; the service derives read-only values.
  if (name.attribute.mutability === 'readOnly' || name.sub?.mutability === 'readOnly')
    throw notSearchable(name);
  const { resource } = scope.target;
  return name.schema === null ? resource : `${resource}->${quoted(name.schema)}`;
}

/** The column that an attribute of a resource has for itself, if any. */
export function ownColumnOf(name: AttributeName, target: FilterTarget): SqlColumn | undefined {
  return columnOf(name, { kind: 'resource', target });
}

function columnOf(name: AttributeName, scope: Scope): SqlColumn | undefined {
  if (scope.kind === 'element') return undefined;
  const columns = scope.kind === 'row' ? scope.columns : scope.target.columns;
  const key = printName(name);
  if (Object.hasOwn(columns, key)) return columns[key];
  if (scope.kind === 'row') throw notSearchable(name);
  return undefined;
}

function rowsOf(name: AttributeName, scope: Scope): FilterTarget['rows'][string] | undefined {
  if (scope.kind !== 'resource' || name.schema !== null) return undefined;
  const { rows } = scope.target;
  return Object.hasOwn(rows, name.attribute.name) ? rows[name.attribute.name] : undefined;
}

function presentIn(column: SqlColumn, attribute: Attribute): string {
  if (attribute.subAttributes === undefined) return columnPresent(column);
  const parts = attribute.subAttributes.map((sub) => presentIn(valueIn(column.sql, sub), sub));
  return `(${parts.join(' OR ')})`;
}

function whole(sql: string): SqlColumn {
  return { sql, type: 'jsonb' };
}

function listOf(value: string): string {
  const type = `coalesce(jsonb_typeof(${value}), 'null')`;
  const list = `WHEN 'array' THEN ${value} WHEN 'null' THEN '[]'::jsonb ELSE jsonb_build_array(${value})`;
  return `jsonb_array_elements(CASE ${type} ${list} END)`;
}

/** A plain value looked at through a value path is the `value` of an element. */
function asObject(element: string): string {
  return `(CASE jsonb_typeof(${element}) WHEN 'object' THEN ${element} ELSE jsonb_build_object('value', ${element}) END)`;
}

function notSearchable(name: AttributeName): ScimError {
  return ScimError.invalidFilter(`It is not possible to search by ${printName(name)}.`);
}
