import { type AttributePath, parsePath } from '../scim-core/attribute-path.ts';
import { elementsOf, matches } from '../scim-core/filter/match.ts';
import { isObject, own, ownIgnoringCase, type ScimResource } from '../scim-core/resource.ts';
import { userResourceType } from '../scim-core/resource-types.ts';
import { findAttribute } from '../scim-core/schema.ts';
import { ScimError } from '../scim-core/scim-error.ts';
import { tombstonePrefix } from './tombstone.ts';
import type { ValueKind } from './value-kind.ts';

/** Reads the values of an attribute from a person, empty ones left out; never throws. */
export type ReadSource = (resource: ScimResource) => unknown[];

/** What is kept with no person: set by the service, derived from groups, or never stored. */
const unreadable = new Set(['id', 'meta', 'schemas', 'groups', 'password']);

/**
 * Makes a reader of an attribute path. Of a complex value without a sub-attribute the reader takes its `value`.
 *
 * @returns the reader, or a sentence that says what is wrong with the path
 */
export function compileSource(source: string): { read: ReadSource; gives: ValueKind } | { fault: string } {
  let path: AttributePath;
  try {
    path = parsePath(source, userResourceType);
  } catch (error) {
    if (error instanceof ScimError) return { fault: error.message };
    throw error;
  }
  const fault = faultOf(path);
  if (fault !== null) return { fault };
  const gives = (path.sub ?? path.attribute).type === 'boolean' ? 'boolean' : 'any';
  return { read: (resource) => readValues(path, resource), gives };
}

function faultOf(path: AttributePath): string | null {
  const { attribute, sub, schema } = path;
  if (schema === null && unreadable.has(attribute.name))
    return `${attribute.name} cannot be the source of a rule.`;
  const undivided = attribute.subAttributes !== undefined && sub === undefined;
  if (undivided && findAttribute(attribute.subAttributes, 'value') === undefined) {
    const parts = attribute.subAttributes.map((part) => part.name).join(', ');
    return `${attribute.name} has several parts; name one of them after a dot: ${parts}.`;
  }
  return null;
}

function readValues(path: AttributePath, resource: ScimResource): unknown[] {
  const { filter, sub } = path;
  const values: unknown[] = [];
  for (const element of elementsOf(path, resource)) {
    if (filter !== undefined && !matches(filter, isObject(element) ? element : { value: element })) continue;
    values.push(leafOf(element, sub));
  }
  const deadName = tombstonePrefix(resource);
  return values.filter((value) => isGiven(value) && !(deadName !== null && isOfTombstone(value, deadName)));
}

function leafOf(element: unknown, sub: AttributePath['sub']): unknown {
  if (!isObject(element)) return sub === undefined || sub.name === 'value' ? element : undefined;
  if (sub !== undefined) return sub.untyped ? ownIgnoringCase(element, sub.name) : own(element, sub.name);
  return own(element, 'value') ?? element;
}

function isOfTombstone(value: unknown, prefix: string): boolean {
  return typeof value === 'string' && value.slice(0, prefix.length).toLowerCase() === prefix;
}

/** Is this a value at all? Null and blank text stand for none (RFC 7643 §2.5). */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return value !== null && value !== undefined && !(isObject(value) && Object.keys(value).length === 0);
}
