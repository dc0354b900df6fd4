/**
 * A filter read in memory, for PATCH; `sql.ts` reads the same filter for lists, and both agree.
 *
 * What absent and multi-valued attributes mean, decided once for both:
 * - a comparison holds when any value of the attribute satisfies it; on no value it is false;
 * - `ne` is exactly `not (… eq …)`: true when no value equals, so also when there is no value at all;
 * - `pr` is false for an absent attribute, `""`, `[]` and a complex value without a non-empty sub-attribute;
 * - inside brackets everything is asked of one element; a single complex value is a list of one;
 * - text is compared folded unless the attribute is `caseExact`; order is that of code points;
 * - attributes that no schema describes compare by the JSON type of the filter's value.
 */
import type { AttributeName } from '../attribute-name.ts';
import { parseDateTime } from '../date-time.ts';
import { compareCodePoints, foldCase } from '../fold.ts';
import { isObject, isUnassigned, own, ownIgnoringCase } from '../resource.ts';
import type { Attribute } from '../schema.ts';
import type { Comparison, Filter, ScimValue } from './filter.ts';

/**
 * Whether a resource, or one element of an attribute, satisfies a filter.
 * @param resource the resource, with `id` and `meta` inside if the filter may ask for them
 */
export function matches(filter: Filter, resource: unknown): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, resource) && matches(filter.right, resource);
    case 'or':
      return matches(filter.left, resource) || matches(filter.right, resource);
    case 'not':
      return !matches(filter.filter, resource);
    case 'present':
      return isPresent(filter.path, resource);
    case 'compare':
      return compare(filter.path, filter.operator, filter.value, resource);
    case 'some':
      return elementsOf(filter.path, resource).some((element) => matches(filter.filter, asElement(element)));
  }
}

/** The values of an attribute in a resource or element, as a list; a single value is a list of one. */
export function elementsOf(name: AttributeName, resource: unknown): unknown[] {
  const { attribute } = name;
  const holder = name.schema === null ? resource : readExtension(resource, name.schema, attribute);
  const value = read(holder, attribute);
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Names that no schema describes are kept as sent, so they are looked up whatever their case. */
function read(holder: unknown, attribute: Attribute): unknown {
  return attribute.untyped ? ownIgnoringCase(holder, attribute.name) : own(holder, attribute.name);
}

function readExtension(resource: unknown, urn: string, attribute: Attribute): unknown {
  return attribute.untyped ? ownIgnoringCase(resource, urn) : own(resource, urn);
}

function asElement(element: unknown): unknown {
  return isObject(element) ? element : { value: element };
}

function isPresent(name: AttributeName, resource: unknown): boolean {
  const { sub } = name;
  return elementsOf(name, resource).some((element) =>
    sub === undefined ? isValuePresent(name.attribute, element) : isValuePresent(sub, read(element, sub)),
  );
}

function isValuePresent(attribute: Attribute, value: unknown): boolean {
  if (attribute.untyped || attribute.subAttributes === undefined) return !isUnassigned(value);
  return attribute.subAttributes.some((sub) => isValuePresent(sub, own(value, sub.name)));
}

function compare(name: AttributeName, operator: Comparison, value: ScimValue, resource: unknown): boolean {
  if (operator === 'ne') return !compare(name, 'eq', value, resource);
  const attribute = name.sub ?? name.attribute;
  return elementsOf(name, resource).some((element) =>
    satisfies(attribute, leafOf(name, element), operator, value),
  );
}

function leafOf(name: AttributeName, element: unknown): unknown {
  if (name.sub !== undefined) return read(element, name.sub);
  return name.attribute.untyped && isObject(element) ? own(element, 'value') : element;
}

function satisfies(attribute: Attribute, leaf: unknown, operator: Comparison, value: ScimValue): boolean {
  if (typeof leaf !== typeof value) return false;
  if (typeof leaf === 'boolean') return leaf === value;
  if (typeof leaf === 'number') return holds(operator, leaf - Number(value));
  if (typeof leaf !== 'string' || typeof value !== 'string') return false;
  if (attribute.type === 'dateTime') return compareTimes(operator, leaf, value);
  return attribute.caseExact
    ? compareText(operator, leaf, value)
    : compareText(operator, foldCase(leaf), foldCase(value));
}

function compareTimes(operator: Comparison, leaf: string, value: string): boolean {
  const left = parseDateTime(leaf);
  const right = parseDateTime(value);
  return left !== null && right !== null && holds(operator, left - right);
}

function compareText(operator: Comparison, leaf: string, value: string): boolean {
  switch (operator) {
    case 'eq':
      return leaf === value;
    case 'co':
      return leaf.includes(value);
    case 'sw':
      return leaf.startsWith(value);
    case 'ew':
      return leaf.endsWith(value);
    default:
      return holds(operator, compareCodePoints(leaf, value));
  }
}

function holds(operator: Comparison, difference: number): boolean {
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    case 'ne':
    case 'co':
    case 'sw':
    case 'ew':
      return false;
  }
}
