import { type AttributeName, printName } from '../attribute-name.ts';
import { foldCase } from '../fold.ts';
import type { Attribute } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import { comparedName } from './compare-value.ts';
import { type FilterTarget, ownColumnOf, valueIn } from './sql.ts';
import { quoted, type SqlColumn } from './sql-operand.ts';

/**
 * What a list is sorted by, as an SQL expression (RFC 7644 §3.4.2.3): text by code point, folded unless `caseExact`;
 * of several values the primary or else the first; of what no schema describes its text, whatever its type.
 * The caller appends the direction and a unique column, so that the order is total.
 * @throws ScimError `invalidPath` for an attribute that cannot be sorted by
 */
export function sortKeyToSql(path: AttributeName, target: FilterTarget): string {
  const column = ownColumnOf(path, target);
  if (column !== undefined) return sortKey(column, path.sub ?? path.attribute);
  const compared = comparedName(path);
  const isStored =
    path.attribute.mutability !== 'readOnly' && !Object.hasOwn(target.rows, path.attribute.name);
  if (compared === null || !isStored) {
    throw ScimError.invalidPath(`It is not possible to sort by ${printName(path)}.`);
  }
  const { attribute, sub } = compared;
  if (attribute.untyped) return untypedKey(compared, target);
  const holder =
    compared.schema === null ? target.resource : `${target.resource}->${quoted(compared.schema)}`;
  if (sub === undefined) return sortKey(valueIn(holder, attribute), attribute);
  const value = `${holder}->${quoted(attribute.name)}`;
  const keyIn = (element: string) =>
    sub.untyped ? textKey(partOf(element, sub.name)) : sortKey(valueIn(element, sub), sub);
  if (!attribute.multiValued) return keyIn(value);
  const first = `ORDER BY coalesce(s.value->'primary' = 'true'::jsonb, FALSE) DESC, s.position LIMIT 1`;
  const elements = `jsonb_array_elements(${value}) WITH ORDINALITY AS s (value, position)`;
  return `(SELECT ${keyIn('s.value')} FROM ${elements} ${first})`;
}

/** The direction of an ORDER BY expression: resources without a value come last; in descending order, first. */
export function sortDirectionToSql(order: 'ascending' | 'descending'): string {
  return order === 'ascending' ? 'ASC NULLS LAST' : 'DESC NULLS FIRST';
}

function sortKey(column: SqlColumn, attribute: Attribute): string {
  if (column.type === 'folded' || column.type === 'name') return `${column.sql} COLLATE "C"`;
  if (column.type !== 'text') return column.sql;
  return attribute.caseExact ? `${column.sql} COLLATE "C"` : `scim_fold(${column.sql}) COLLATE "C"`;
}

/** In a list, the first element counts; in an object, its `value`. */
function untypedKey({ schema, attribute, sub }: AttributeName, target: FilterTarget): string {
  const holder = schema === null ? target.resource : partOf(target.resource, schema);
  const value = `(SELECT CASE jsonb_typeof(v.value) WHEN 'array' THEN v.value->0 ELSE v.value END
    FROM (SELECT ${partOf(holder, attribute.name)} AS value) v)`;
  return textKey(sub === undefined ? value : partOf(value, sub.name));
}

function textKey(value: string): string {
  const text = `(CASE jsonb_typeof(k.value) WHEN 'object' THEN k.value->>'value' ELSE k.value #>> '{}' END)`;
  return `(SELECT scim_fold(${text}) COLLATE "C" FROM (SELECT ${value} AS value) k)`;
}

/**
 * A part of a JSON object, whatever the case of its name. The name is a literal: other statements share the parameters.
 */
function partOf(object: string, name: string): string {
  return `(SELECT p.value FROM (SELECT ${object} AS whole) o, LATERAL jsonb_each(
    CASE WHEN jsonb_typeof(o.whole) = 'object' THEN o.whole END) AS p
    WHERE scim_fold(p.key) = ${quoted(foldCase(name))} LIMIT 1)`;
}
