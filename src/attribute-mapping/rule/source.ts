import { type AttributePath, parsePath } from '../../scim-core/attribute-path.ts';
import type { Filter } from '../../scim-core/filter/filter.ts';
import { elementsOf, matches } from '../../scim-core/filter/match.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { isObject, own, ownIgnoringCase, type ScimResource } from '../../scim-core/resource.ts';
import { userResourceType } from '../../scim-core/resource-types.ts';
import { findAttribute } from '../../scim-core/schema.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import type { Wording } from '../../errors/sentence.ts';
import { parserFault, ruleFault } from './rule-faults.ts';
import { tombstoneLengthChars, tombstonePrefix } from './tombstone.ts';
import { isVisible } from '../../scim-core/visible-text.ts';
import type { ValueKind } from '../../member-directory/properties/property-types/value-kind.ts';
import { sizeOf, unitsPerValue, type Work } from './work.ts';

/** Reads the values of an attribute from a person, empty ones left out. Throws nothing but what `work.spend` throws. */
export type ReadSource = (resource: ScimResource, work: Work) => readonly unknown[];

/** Up to this length, comparing a text with another costs no more than looking at its element does. */
const shortTextMaxChars = 100;
/** Longer texts are charged for the blank check. */
const longTextMinChars = 1_000;
/** Characters of which one unit of work can tell whether they are blank. */
const blankCharsPerUnit = 32;

/** Attributes that are not stored with a person: set by the service, derived from groups, or never stored. */
const unreadable = new Set(['id', 'meta', 'schemas', 'groups', 'password']);

/**
 * Makes a reader for an attribute path. For a complex value without a sub-attribute, the reader uses `value`.
 *
 * @returns the reader, or what is wrong with the path
 */
export function compileSource(source: string): { read: ReadSource; gives: ValueKind } | { fault: Wording } {
  let path: AttributePath;
  try {
    path = parsePath(source, userResourceType);
  } catch (error) {
    if (error instanceof ScimError) {
      return { fault: parserFault('unreadable-path', error.message, { path: source }) };
    }
    throw error;
  }
  const fault = faultOf(path);
  if (fault !== null) return { fault };
  const gives = (path.sub ?? path.attribute).type === 'boolean' ? 'boolean' : 'any';
  return { read: compileReader(path), gives };
}

function faultOf(path: AttributePath): Wording | null {
  const { attribute, sub, schema } = path;
  if (schema === null && unreadable.has(attribute.name))
    return ruleFault('no-source', { attribute: attribute.name });
  const undivided = attribute.subAttributes !== undefined && sub === undefined;
  if (undivided && findAttribute(attribute.subAttributes, 'value') === undefined) {
    const parts = attribute.subAttributes.map((part) => part.name).join(', ');
    return ruleFault('several-parts', { attribute: attribute.name, parts });
  }
  return null;
}

/** Decides everything that depends on the path alone once, because the reader runs for every person and rule. */
function compileReader(path: AttributePath): ReadSource {
  const find = compileFinder(path);
  const accepts = path.filter === undefined ? null : compileElementFilter(path.filter);
  const leafOf = compileLeaf(path.sub);
  return (resource, work) => {
    const found = find(resource);
    if (found === undefined || found === null) return noValues;
    if (!Array.isArray(found)) {
      const value = accepts === null || accepts(found, work) ? leafOf(found) : undefined;
      return isKept(value, resource, work) ? [value] : noValues;
    }
    work.spend(found.length * unitsPerValue);
    const values: unknown[] = [];
    for (const element of found as unknown[]) {
      if (accepts !== null && !accepts(element, work)) continue;
      const value = leafOf(element);
      if (isKept(value, resource, work)) values.push(value);
    }
    return values;
  };
}

const noValues: readonly unknown[] = Object.freeze([]);

/** Makes the function that finds the attribute in a resource: its value, or the list of values. */
function compileFinder(path: AttributePath): (resource: ScimResource) => unknown {
  const { schema, attribute } = path;
  const { name } = attribute;
  if (attribute.untyped === true) return (resource) => elementsOf(path, resource);
  if (schema === null) return (resource) => own(resource, name);
  return (resource) => own(own(resource, schema), name);
}

function isKept(value: unknown, resource: ScimResource, work: Work): boolean {
  if (typeof value === 'string' && value.length > longTextMinChars) {
    work.spend(Math.ceil(value.length / blankCharsPerUnit));
  }
  return isGiven(value) && !isOfTombstone(value, resource);
}

/** `type eq "work"` is by far the most frequent filter, so a short text is compared at once. */
function compileElementFilter(filter: Filter): (element: unknown, work: Work) => boolean {
  const terms = termsOf(filter);
  const general = (element: unknown, work: Work) => {
    work.spend(terms * sizeOf(element));
    return matches(filter, isObject(element) ? element : { value: element });
  };
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.schema !== null) return general;
  const { path, value } = filter;
  if (path.sub !== undefined || path.attribute.multiValued || path.attribute.untyped === true) return general;
  const { name, type, caseExact } = path.attribute;
  const folded = typeof value === 'string' && type === 'string' && !caseExact ? foldCase(value) : null;
  return (element, work) => {
    if (!isObject(element)) return general(element, work);
    const given = own(element, name);
    if (given === value) return true;
    if (typeof given !== 'string') return false;
    if (folded === null || given.length > shortTextMaxChars) return general(element, work);
    return foldCase(given) === folded;
  };
}

/** How many comparisons a filter makes per element at most. */
function termsOf(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return termsOf(filter.left) + termsOf(filter.right);
    case 'not':
    case 'some':
      return termsOf(filter.filter);
    case 'present':
    case 'compare':
      return 1;
  }
}

/** Makes the function that reads the sub-attribute of an element, or its `value` where none is named. */
function compileLeaf(sub: AttributePath['sub']): (element: unknown) => unknown {
  if (sub === undefined) {
    return (element) => (isObject(element) ? (own(element, 'value') ?? element) : element);
  }
  const { name } = sub;
  const read = sub.untyped ? ownIgnoringCase : own;
  const isOfSimple = name === 'value';
  return (element) => (isObject(element) ? read(element, name) : isOfSimple ? element : undefined);
}

/** Whether the value begins with the digits that precede the name of a soft-deleted person. */
function isOfTombstone(value: unknown, resource: ScimResource): boolean {
  if (typeof value !== 'string' || value.length < tombstoneLengthChars) return false;
  const prefix = tombstonePrefix(resource);
  return prefix !== null && value.slice(0, prefix.length).toLowerCase() === prefix;
}

/** Whether this is a value: null and texts without visible characters are not (RFC 7643 §2.5). */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'string') return value !== '' && (!mayBeBlank(value) || isVisible(value));
  return value !== null && value !== undefined && !(isObject(value) && Object.keys(value).length === 0);
}

/** Whether a text may be blank: most are not, and need no closer check. */
function mayBeBlank(text: string): boolean {
  return text.charCodeAt(0) <= 0x20 || text.charCodeAt(0) >= 0x7f;
}
