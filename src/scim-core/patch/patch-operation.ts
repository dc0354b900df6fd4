import { findSchema, printName, untyped } from '../attribute-name.ts';
import { printPath } from '../attribute-path.ts';
import type { AttributePath } from '../attribute-path.ts';
import { coerceValue, parseEmbeddedJson } from '../coerce-value.ts';
import { isObject, isUnassigned } from '../resource.ts';
import { findAttribute } from '../schema.ts';
import type { Attribute, ResourceType } from '../schema.ts';
import { ScimError } from '../scim-error.ts';

/** One change, in the one form that all dialects are brought into. */
export type PatchOperation =
  | {
      readonly op: 'add' | 'replace';
      readonly path: AttributePath;
      /** Canonical for what the path names; undefined means unassigned. Raw for read-only attributes. */
      readonly value: unknown;
    }
  | {
      readonly op: 'remove';
      readonly path: AttributePath;
      /** Only these elements of a multi-valued attribute; absent means all that the path selects. */
      readonly values?: readonly unknown[];
    }
  /** An attribute that the schemas lack: named to the caller, otherwise without effect. */
  | { readonly op: 'ignore'; readonly path: string };

/** What an operation says, before its path is looked at. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace';
  readonly hasValue: boolean;
  readonly value: unknown;
}

/**
 * The operations that a change at a path amounts to: one, or one per sub-attribute for a complex value, of
 * which only the sub-attributes given are changed (RFC 7644 §3.5.2.1 and §3.5.2.3).
 * @throws ScimError `invalidValue`
 */
export function operationsAt(path: AttributePath, change: Change, type: ResourceType): PatchOperation[] {
  const { attribute } = path;
  if (attribute.mutability === 'writeOnly' || (attribute.name === 'schemas' && !attribute.untyped)) return [];
  if (change.op === 'remove') return [removal(path, change)];
  const value = changeValue(path, change);
  if (attribute.mutability === 'readOnly' || path.sub?.mutability === 'readOnly') {
    return [{ op: change.op, path, value }];
  }
  const whole = path.filter === undefined && path.sub === undefined;
  const holder = whole && isObject(value) ? holderOf(path, type) : null;
  return holder === null
    ? assignment(path, change.op, value)
    : Object.entries(value as Record<string, unknown>).flatMap(([key, part]) =>
        inside(holder, key, { op: change.op, hasValue: true, value: part }, type),
      );
}

function changeValue(path: AttributePath, change: Change): unknown {
  if (change.hasValue) {
    if (path.attribute.type !== 'complex' || path.sub !== undefined) return change.value;
    const value = parseEmbeddedJson(change.value);
    const isOneInList = Array.isArray(value) && value.length === 1 && !path.attribute.multiValued;
    return isOneInList ? (value[0] as unknown) : value;
  }
  // OneLogin adds a member so: {"op":"add","path":"members[value eq \"…\"]"}.
  if (change.op === 'add' && path.filter !== undefined && path.sub === undefined) return {};
  throw ScimError.invalidValue(`${change.op} of ${printPath(path)} needs a value.`);
}

/** Something whose parts are set one by one: an extension, or a complex attribute without a `value` of its own. */
interface Holder {
  readonly path: AttributePath;
  readonly kind: 'extension' | 'unknown extension' | 'complex';
  readonly urn: string;
}

function holderOf(path: AttributePath, type: ResourceType): Holder | null {
  const { attribute } = path;
  if (attribute.untyped) {
    // `urn:custom:ext` with an object is an extension; with anything else it was an attribute `ext`.
    if (path.schema !== null && /:(user|group)$/i.test(path.schema)) return null;
    return { path, kind: 'unknown extension', urn: printName(path) };
  }
  if (attribute.type !== 'complex' || attribute.multiValued) return null;
  if (findSchema(attribute.name, type) !== undefined) {
    return { path, kind: 'extension', urn: attribute.name };
  }
  return findAttribute(attribute.subAttributes, 'value') ? null : { path, kind: 'complex', urn: '' };
}

function inside(holder: Holder, key: string, change: Change, type: ResourceType): PatchOperation[] {
  if (holder.kind === 'unknown extension') {
    if (key === '__proto__') return [{ op: 'ignore', path: key }];
    return assignment({ schema: holder.urn, attribute: untyped(key) }, 'replace', change.value);
  }
  const part = findAttribute(holder.path.attribute.subAttributes, key);
  if (part === undefined) return [{ op: 'ignore', path: `${printPath(holder.path)}.${key}` }];
  if (part.mutability === 'readOnly') return [];
  const path: AttributePath =
    holder.kind === 'extension' ? { schema: holder.urn, attribute: part } : { ...holder.path, sub: part };
  return operationsAt(path, change, type);
}

function assignment(path: AttributePath, op: 'add' | 'replace', value: unknown): PatchOperation[] {
  const target = targetOf(path);
  const where = printPath(path);
  if (isObject(value) && isUnassigned(value) && path.filter && !path.sub) {
    return [{ op, path, value: {} }];
  }
  const coercion = coerceValue(target, value, where);
  const ignored = coercion.ignored.map((name): PatchOperation => ({ op: 'ignore', path: name }));
  // A manager of whom only the name is given: the name is the service's own, so nothing is said at all.
  if (coercion.value === undefined && isObject(value) && !isUnassigned(value) && !namesValue(value))
    return ignored;
  return [{ op, path, value: coercion.value }, ...ignored];
}

function namesValue(value: Record<string, unknown>): boolean {
  return Object.keys(value).some((key) => ['value', 'managerid', '$ref'].includes(key.toLowerCase()));
}

/** The definition that the value must fit: a sub-attribute, one element, or the attribute as a whole. */
function targetOf(path: AttributePath): Attribute {
  if (path.sub !== undefined) return path.sub;
  return path.filter === undefined ? path.attribute : { ...path.attribute, multiValued: false };
}

/**
 * `remove` with a value takes away only what is listed (Entra: `remove members [{"value": …}]`); an empty list
 * takes away nothing. A value is of no account for a single-valued attribute or a path that selects by itself.
 */
function removal(path: AttributePath, change: Change): PatchOperation {
  const { attribute } = path;
  const isList = attribute.multiValued || attribute.untyped;
  const listed = change.hasValue && change.value !== null && change.value !== undefined;
  if (!isList || !listed || path.filter !== undefined) return { op: 'remove', path };
  const coerced = coerceValue(path.sub ?? attribute, change.value, printPath(path)).value;
  const values: unknown[] = coerced === undefined ? [] : Array.isArray(coerced) ? coerced : [coerced];
  return { op: 'remove', path, values };
}
