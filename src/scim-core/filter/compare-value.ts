import type { AttributeName } from '../attribute-name.ts';
import { parseDateTime } from '../date-time.ts';
import { type Attribute, findAttribute } from '../schema.ts';
import { isStorable } from '../storable-text.ts';
import type { Comparison, ScimValue } from './filter.ts';

/** The comparison operators by name. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const).map((operator) => [operator, operator]),
);

/** A value in a filter: a JSON string, or a word without quotes. */
interface Literal {
  readonly kind: 'word' | 'string';
  readonly text: string;
}

/** Whether the value is the literal null. */
export function isNull(literal: Literal): boolean {
  return literal.kind === 'word' && literal.text.toLowerCase() === 'null';
}

/**
 * What a comparison with this name compares: a complex attribute is compared by its `value`
 * (`manager eq "x"`, `emails co "@example.com"`; Entra and Ping send these).
 * @returns null for a complex attribute without `value`
 */
export function comparedName(name: AttributeName): AttributeName | null {
  if (name.sub !== undefined) return name;
  const { attribute } = name;
  if (attribute.untyped) return attribute.name.includes(':') ? null : name;
  if (attribute.type !== 'complex') return name;
  const sub = findAttribute(attribute.subAttributes, 'value');
  return sub === undefined ? null : { ...name, sub };
}

/** Makes a value fit the attribute it is compared with, or says why it does not. */
export function readValue(
  literal: Literal,
  attribute: Attribute,
  operator: Comparison,
): { value: ScimValue } | { problem: string } {
  if (!isStorable(literal.text)) return { problem: 'cannot be compared with text that no value can hold' };
  if (literal.kind === 'word' && isQuotedOtherwise(literal.text)) {
    return { problem: 'must be compared with text in double quotes' };
  }
  const kind = attribute.untyped ? kindOf(literal) : attribute.type;
  if (!isDefined(operator, kind)) return { problem: `cannot be compared by ${operator}` };
  switch (kind) {
    case 'boolean':
      return readBoolean(literal.text);
    case 'integer':
    case 'decimal':
      return isNumber(literal.text)
        ? { value: Number(literal.text) }
        : { problem: 'is compared with numbers only' };
    case 'dateTime':
      return parseDateTime(literal.text) === null
        ? { problem: 'is compared with dates such as "2026-01-31T12:00:00Z" only' }
        : { value: literal.text };
    case 'string':
    case 'reference':
    case 'binary':
    case 'complex':
      return { value: literal.text };
  }
}

/**
 * Whether a word is text in quotes that no filter has: `«x»`, `` `x` ``, `%22x%22` of an address that was encoded twice.
 * As a word it would equal nothing, and a lookup that finds nobody makes the client create a duplicate.
 */
function isQuotedOtherwise(word: string): boolean {
  return /^[\p{Pi}\p{Pf}\p{Ps}`´＂＇′″\\&]|[\p{Pf}`´＂″\\]$|%[\dA-F]{2}/iu.test(word);
}

/** An attribute that no schema describes takes the type of the value it is compared with. */
function kindOf(literal: Literal): Attribute['type'] {
  if (literal.kind === 'string') return 'string';
  if (/^(true|false)$/i.test(literal.text)) return 'boolean';
  return isNumber(literal.text) ? 'decimal' : 'string';
}

/** RFC 7644 §3.4.2.2: booleans and binaries have no order; only text is searched for parts. */
function isDefined(operator: Comparison, kind: Attribute['type']): boolean {
  switch (operator) {
    case 'eq':
    case 'ne':
      return true;
    case 'co':
    case 'sw':
    case 'ew':
      return kind === 'string' || kind === 'reference';
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return kind !== 'boolean' && kind !== 'binary';
  }
}

/** Entra quotes booleans: `roles[primary eq "True"]`. */
function readBoolean(text: string): { value: boolean } | { problem: string } {
  const folded = text.toLowerCase();
  if (folded === 'true') return { value: true };
  if (folded === 'false') return { value: false };
  return { problem: 'is compared with true and false only' };
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text));
}
