import { parseDateTime } from '../date-time.ts';
import { foldCase, foldName, foldNamePart } from '../fold.ts';
import type { Attribute } from '../schema.ts';
import type { Comparison, ScimValue } from './filter.ts';

/** An SQL expression that can be compared. */
export interface SqlColumn {
  /** An expression; NULL when the attribute has no value. */
  readonly sql: string;
  /**
   * - `text`: the value as sent; folded by the comparison when case does not matter
   * - `folded`: text that holds `foldCase(value)` already, so that an index on it serves
   * - `name`: text that holds `foldName(value)`
   * - `boolean`, `timestamp` (timestamptz), `uuid`
   * - `jsonb`: one JSON value of any type, compared by the type of what it is compared with
   */
  readonly type: 'text' | 'folded' | 'name' | 'boolean' | 'timestamp' | 'uuid' | 'jsonb';
}

/** A value that a filter compares with. */
export type BoundValue = ScimValue;

/** Adds a value to the statement's parameters and gives its placeholder. */
export type Bind = (value: BoundValue) => string;

/** Collects values separately from the text: no value ever becomes part of a statement. */
export function binder(parameters: BoundValue[]): Bind {
  return (value) => `$${parameters.push(value)}`;
}

/** A text constant; for names from the schemas only, which hold nothing that a client sent. */
export function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/**
 * A comparison in SQL; NULL or false when it does not hold. `ne` is not handled here: the caller writes it as `not eq`.
 */
export function compareColumn(
  column: SqlColumn,
  attribute: Attribute,
  operator: Exclude<Comparison, 'ne'>,
  value: ScimValue,
  bind: Bind,
): string {
  switch (column.type) {
    case 'boolean':
      return `${column.sql} = ${bind(value)}::boolean`;
    case 'timestamp':
      return compareTimes(column.sql, operator, String(value), bind);
    case 'uuid':
      return compareUuids(column.sql, operator, String(value), bind);
    case 'jsonb':
      return compareJson(column.sql, operator, value, bind);
    case 'folded':
      return compareText(column.sql, operator, foldCase(String(value)), bind);
    case 'name': {
      const folded = operator === 'eq' ? foldName(String(value)) : foldNamePart(String(value));
      return compareText(column.sql, operator, folded, bind);
    }
    case 'text':
      if (attribute.type === 'dateTime') {
        return compareTimes(`scim_timestamp(${column.sql})`, operator, String(value), bind);
      }
      return attribute.caseExact
        ? compareText(column.sql, operator, String(value), bind)
        : compareText(`scim_fold(${column.sql})`, operator, foldCase(String(value)), bind);
  }
}

/** Whether there is a value, in SQL; never NULL. */
export function columnPresent(column: SqlColumn): string {
  switch (column.type) {
    case 'text':
    case 'folded':
    case 'name':
      return `coalesce(${column.sql}, '') <> ''`;
    case 'jsonb':
      return `coalesce(${column.sql}, 'null') NOT IN ('null', '""', '[]', '{}')`;
    case 'boolean':
    case 'timestamp':
    case 'uuid':
      return `${column.sql} IS NOT NULL`;
  }
}

const signs = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

/** Parts are found without LIKE, so nothing needs escaping. The order is that of code points. */
function compareText(sql: string, operator: Exclude<Comparison, 'ne'>, value: string, bind: Bind): string {
  const parameter = bind(value);
  switch (operator) {
    case 'eq':
      return `${sql} = ${parameter}`;
    case 'co':
      return `strpos(${sql}, ${parameter}) > 0`;
    case 'sw':
      return `starts_with(${sql}, ${parameter})`;
    case 'ew':
      return `right(${sql}, length(${parameter}::text)) = ${parameter}::text`;
    default:
      return `${sql} COLLATE "C" ${signs[operator]} ${parameter}`;
  }
}

function compareTimes(sql: string, operator: Comparison, value: string, bind: Bind): string {
  const milliseconds = parseDateTime(value);
  if (milliseconds === null || !(operator in signs)) return 'FALSE';
  const sign = signs[operator as keyof typeof signs];
  return `${sql} ${sign} ${bind(new Date(milliseconds).toISOString())}::timestamptz`;
}

/** Ids are opaque to clients: anything but a UUID in its usual spelling equals no id. */
function compareUuids(sql: string, operator: Exclude<Comparison, 'ne'>, value: string, bind: Bind): string {
  if (operator !== 'eq') return compareText(`${sql}::text`, operator, value, bind);
  const isUuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value);
  return isUuid ? `${sql} = ${bind(value)}::uuid` : 'FALSE';
}

/** CASE keeps a cast from meeting a value of another type, whichever order the planner chooses. */
function compareJson(sql: string, operator: Exclude<Comparison, 'ne'>, value: ScimValue, bind: Bind): string {
  if (typeof value === 'boolean') return `${sql} = to_jsonb(${bind(value)}::boolean)`;
  if (typeof value === 'number') {
    const sign = operator in signs ? signs[operator as keyof typeof signs] : '=';
    const comparison = `(${sql})::numeric ${sign} ${bind(String(value))}::numeric`;
    return `CASE WHEN jsonb_typeof(${sql}) = 'number' THEN ${comparison} END`;
  }
  const comparison = compareText(`scim_fold(${sql} #>> '{}')`, operator, foldCase(value), bind);
  return `CASE WHEN jsonb_typeof(${sql}) = 'string' THEN ${comparison} END`;
}
