import { resolveName } from './attribute-name.ts';
import type { AttributeName } from './attribute-name.ts';
import { pathLengthMaxChars } from './limits.ts';
import { isObject } from './resource.ts';
import type { ScimResource } from './resource.ts';
import type { ResourceType } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** Names as a tree: `null` means the whole of it, a map only the parts it lists. Keys are canonical. */
interface NameTree extends ReadonlyMap<string, NameTree | null> {}

/** Which attributes an answer holds (RFC 7644 §3.9). */
export type Projection =
  | { readonly kind: 'all' }
  | { readonly kind: 'only'; readonly names: NameTree }
  | { readonly kind: 'except'; readonly names: NameTree };

/** Always in an answer: RFC 7643 demands `id` and `schemas`; `meta` is what clients need to find it again. */
const alwaysReturned = new Set(['schemas', 'id', 'meta']);

/**
 * Reads `attributes` and `excludedAttributes`, as a comma-separated text or as a list; names in any case, with
 * or without URN. A filter in brackets is passed over (Microsoft's tests ask for `emails[type eq "work"]` and
 * take all e-mails). Unknown names select nothing.
 * @throws ScimError `invalidValue` when both are given or one is no list of names
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
 * Whether an answer holds anything of a core attribute: what is not wanted need not be loaded.
 * @param name its canonical name, such as `members` or `groups`
 */
export function wants(projection: Projection, name: string): boolean {
  switch (projection.kind) {
    case 'all':
      return true;
    case 'only':
      return projection.names.has(name);
    case 'except':
      return projection.names.get(name) !== null;
  }
}

/**
 * The part of a resource that was asked for; the resource itself when that is all of it.
 * @param resource as it would be sent in full, with `schemas`, `id` and `meta`
 */
export function project(resource: ScimResource, projection: Projection, _type: ResourceType): ScimResource {
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
  const tree = new Map<string, NameTree | null>();
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

/** Adds a name; where the whole of something is named already, its parts add nothing. */
function grow(tree: Map<string, NameTree | null>, steps: readonly string[]): void {
  const [step, ...rest] = steps;
  if (step === undefined || tree.get(step) === null) return;
  if (rest.length === 0) {
    tree.set(step, null);
    return;
  }
  const below =
    (tree.get(step) as Map<string, NameTree | null> | undefined) ?? new Map<string, NameTree | null>();
  tree.set(step, below);
  grow(below, rest);
}

function pick(
  object: Record<string, unknown>,
  names: NameTree,
  always: ReadonlySet<string>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const below = always.has(key) ? null : lookUp(names, key);
    if (below === undefined) continue;
    const part = below === null ? value : mapObjects(value, (inner) => pick(inner, below, none));
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
    // RFC 7644 §3.9: what is always returned cannot be excluded. `meta` is not so by the RFC.
    const below = always.has(key) && key !== 'meta' ? undefined : lookUp(names, key);
    if (below === null) continue;
    const part = below === undefined ? value : mapObjects(value, (inner) => omit(inner, below, none));
    if (below === undefined || !isEmptied(part)) result[key] = part;
  }
  return result;
}

const none: ReadonlySet<string> = new Set();

/** Names under unknown extensions are as the client wrote them, here and in the resource. */
function lookUp(names: NameTree, key: string): NameTree | null | undefined {
  if (names.has(key)) return names.get(key);
  const folded = key.toLowerCase();
  for (const [name, below] of names) {
    if (name.toLowerCase() === folded) return below;
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
