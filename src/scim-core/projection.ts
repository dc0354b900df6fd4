import { type AttributeName, resolveName } from './attribute-name.ts';
import { pathLengthMaxChars } from './limits.ts';
import { isObject, type ScimResource } from './resource.ts';
import type { ResourceType } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** A named attribute: the whole of it (`parts` is null) or only some parts. */
interface Named {
  parts: NameTree | null;
}

/** Named attributes by canonical name; an extension is one of the names, its attributes are its parts. */
type NameTree = Map<string, Named>;

/** Which attributes an answer holds (RFC 7644 §3.9). */
export type Projection =
  | { readonly kind: 'all' }
  | { readonly kind: 'only'; readonly names: NameTree }
  | { readonly kind: 'except'; readonly names: NameTree };

/** Always in an answer: RFC 7643 demands `id` and `schemas`; `meta` is what clients need to find it again. */
const alwaysReturned = new Set(['schemas', 'id', 'meta']);

/**
 * Reads `attributes` and `excludedAttributes`, as a comma-separated text or as a list; names in any case, with
 * or without URN. A filter in brackets is ignored (Microsoft's tests ask for `emails[type eq "work"]` and
 * take all e-mails). Unknown names select nothing.
 * @throws ScimError `invalidValue` when both are given, or one is not a list of names
 */
export function parseProjection(
  attributes: unknown,
  excludedAttributes: unknown,
  type: ResourceType,
): Projection {
  const only = readNames(attributes, 'attributes');
  const except = readNames(excludedAttributes, 'excludedAttributes');
  if (only !== null && except !== null) {
    throw ScimError.invalidValue('attributes and excludedAttributes cannot be used together.');
  }
  if (only !== null) return { kind: 'only', names: treeOf(only, type) };
  if (except !== null) return { kind: 'except', names: treeOf(except, type) };
  return { kind: 'all' };
}

/**
 * Whether an answer holds any part of a core attribute: unwanted attributes need not be loaded.
 * @param name its canonical name, such as `members` or `groups`
 */
export function wants(projection: Projection, name: string): boolean {
  switch (projection.kind) {
    case 'all':
      return true;
    case 'only':
      return projection.names.has(name);
    case 'except':
      return projection.names.get(name)?.parts !== null;
  }
}

/**
 * The parts of a resource that were asked for; the resource itself when that is all of it.
 * @param resource as it would be sent in full, with `schemas`, `id` and `meta`
 */
export function project(resource: ScimResource, projection: Projection): ScimResource {
  switch (projection.kind) {
    case 'all':
      return resource;
    case 'only':
      return pick(resource, projection.names, alwaysReturned);
    case 'except':
      return omit(resource, projection.names, alwaysReturned);
  }
}

function readNames(value: unknown, parameter: string): string[] | null {
  if (value === undefined || value === null || value === '') return null;
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  const names = parts.flatMap((part) => {
    if (typeof part !== 'string')
      throw ScimError.invalidValue(`${parameter} must be a list of attribute names.`);
    if (part.length > pathLengthMaxChars * 4) throw ScimError.invalidValue(`${parameter} is too long.`);
    return part.split(',').map((name) => name.trim().replace(/\[[^\]]*\]?/, ''));
  });
  const given = names.filter((name) => name !== '');
  return given.length === 0 ? null : given;
}

function treeOf(names: readonly string[], type: ResourceType): NameTree {
  const tree: NameTree = new Map();
  for (const text of names) {
    const name = resolveName(text, type);
    if (name !== null && name.attribute.returned !== 'never') grow(tree, stepsOf(name));
  }
  return tree;
}

function stepsOf(name: AttributeName): string[] {
  const steps = name.schema === null ? [] : [name.schema];
  steps.push(name.attribute.name);
  if (name.sub !== undefined) steps.push(name.sub.name);
  return steps;
}

/** Adds a name. If an attribute is named as a whole already, its parts add nothing. */
function grow(tree: NameTree, [step, ...rest]: readonly string[]): void {
  if (step === undefined) return;
  const named = tree.get(step) ?? { parts: new Map() };
  tree.set(step, named);
  if (rest.length === 0) named.parts = null;
  else if (named.parts !== null) grow(named.parts, rest);
}

function pick(
  object: Record<string, unknown>,
  names: NameTree,
  always: ReadonlySet<string>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const named = always.has(key) ? { parts: null } : lookUp(names, key);
    if (named === undefined) continue;
    const { parts } = named;
    const part = parts === null ? value : mapObjects(value, (inner) => pick(inner, parts, none));
    if (!isEmptied(part)) result[key] = part;
  }
  return result;
}

function omit(
  object: Record<string, unknown>,
  names: NameTree,
  always: ReadonlySet<string>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    // RFC 7644 §3.9: what is always returned cannot be excluded. By the RFC, `meta` can be.
    const named = always.has(key) && key !== 'meta' ? undefined : lookUp(names, key);
    const parts = named?.parts;
    if (parts === null) continue;
    const part = parts === undefined ? value : mapObjects(value, (inner) => omit(inner, parts, none));
    if (parts === undefined || !isEmptied(part)) result[key] = part;
  }
  return result;
}

const none: ReadonlySet<string> = new Set();

/** Names under unknown extensions are as the client wrote them, here and in the resource. */
function lookUp(names: NameTree, key: string): Named | undefined {
  const exact = names.get(key);
  if (exact !== undefined) return exact;
  const folded = key.toLowerCase();
  for (const [name, named] of names) {
    if (name.toLowerCase() === folded) return named;
  }
  return undefined;
}

function mapObjects(value: unknown, change: (object: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => mapObjects(element, change))
      .filter((element) => !isEmptied(element));
  }
  return isObject(value) ? change(value) : value;
}

function isEmptied(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
