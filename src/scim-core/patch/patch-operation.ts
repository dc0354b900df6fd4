import { partOf, printName, resolveName, untyped } from '../attribute-name.ts';
import { type AttributePath, printPath } from '../attribute-path.ts';
import { coerceValue, type Coercion, keepsNoDetails } from '../coerce-value.ts';
import { embeddedElements, parseEmbeddedJson } from '../embedded-json.ts';
import { isNeeded } from '../normalize-resource.ts';
import { faultOfKept } from '../kept-name.ts';
import {
  isUnreadable,
  type NoteCode,
  readingNote,
  type ReadingNote,
  refusalDetail,
} from '../reading-note.ts';
import { isObject, isUnassigned } from '../resource.ts';
import { findSchema } from '../schema-urn.ts';
import { type Attribute, findAttribute, type ResourceType } from '../schema.ts';
import { ScimError } from '../scim-error.ts';

/** One change, in the form that all dialects are converted to. */
export type PatchOperation =
  | {
      readonly op: 'add' | 'replace';
      readonly path: AttributePath;
      /** Canonical for what the path names; undefined means unassigned. Raw for read-only attributes. */
      readonly value: unknown;
      /** The `id` of a resource that was sent without a path: it says which resource is meant. */
      readonly namesResource?: true;
    }
  | {
      readonly op: 'remove';
      readonly path: AttributePath;
      /** Only these elements of a multi-valued attribute; absent means all that the path selects. */
      readonly values?: readonly unknown[];
    }
  /** A part that was left out, and why: it has no effect. */
  | { readonly op: 'ignore'; readonly note: ReadingNote };

/** An operation that has an effect. */
export type EffectiveOperation = Exclude<PatchOperation, { op: 'ignore' }>;

/** Whether an operation is about what only the service sets. */
export function isReadOnly({ path }: EffectiveOperation): boolean {
  return path.attribute.mutability === 'readOnly' || path.sub?.mutability === 'readOnly';
}

/** An operation as sent, before its path is read. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace';
  readonly hasValue: boolean;
  readonly value: unknown;
}

/**
 * The operations that a change at a path amounts to: one, or one per sub-attribute for a complex value, of
 * which only the sub-attributes given are changed (RFC 7644 §3.5.2.1 and §3.5.2.3). Unreadable values are left out.
 * @throws ScimError `invalidValue` for a value that is missing, or unreadable for what a resource cannot be without
 */
export function operationsAt(path: AttributePath, change: Change, type: ResourceType): PatchOperation[] {
  const { attribute } = path;
  if (attribute.mutability === 'writeOnly' || (attribute.name === 'schemas' && !attribute.untyped)) return [];
  if (change.op === 'remove') return removal(path, change);
  const value = changeValue(path, change);
  if (attribute.mutability === 'readOnly' || path.sub?.mutability === 'readOnly') {
    return [{ op: change.op, path, value }];
  }
  if (!change.hasValue) return [{ op: change.op, path, value }];
  const elements = path.sub?.name === 'value' && attribute.multiValued ? embeddedElements(value) : null;
  if (elements !== null) return elementsAt({ ...path, sub: undefined }, change.op, elements);
  const whole = path.filter === undefined && path.sub === undefined;
  const holder = whole && isObject(value) && !isUnassigned(value) ? holderOf(path, type) : null;
  return holder === null
    ? assignment(path, change.op, value)
    : Object.entries(value as Record<string, unknown>).flatMap(([key, part]) =>
        inside(holder, key, { op: change.op, hasValue: true, value: part }, type),
      );
}

/** Whole elements that were sent where a `value` belongs: the first is the one that a filter selects. */
function elementsAt(
  path: AttributePath,
  op: 'add' | 'replace',
  elements: readonly Record<string, unknown>[],
): PatchOperation[] {
  if (path.filter === undefined) return assignment(path, op, elements);
  const [first, ...others] = elements;
  const added = others.length === 0 ? [] : assignment({ ...path, filter: undefined }, 'add', others);
  return [...assignment(path, op, first), ...added];
}

function changeValue(path: AttributePath, change: Change): unknown {
  if (change.hasValue) {
    if (path.attribute.type !== 'complex' || path.sub !== undefined) return change.value;
    const value = parseEmbeddedJson(change.value);
    const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
    return isUnassigned(only) || path.attribute.multiValued ? value : only;
  }
  // This is how OneLogin adds a member: {"op":"add","path":"members[value eq \"…\"]"}.
  if (change.op === 'add' && path.filter !== undefined && path.sub === undefined) return {};
  throw ScimError.invalidValue(`${change.op} of ${printPath(path)} needs a value.`);
}

/** A container whose parts are set one by one: an extension, or a complex attribute without a `value`. */
interface Holder {
  readonly path: AttributePath;
  readonly kind: 'extension' | 'unknown extension' | 'complex';
  readonly urn: string;
}

function holderOf(path: AttributePath, type: ResourceType): Holder | null {
  const { attribute } = path;
  if (attribute.untyped) {
    // `urn:custom:ext` with an object is an extension; with anything else it was an attribute `ext`.
    if (path.schema === null ? !attribute.name.includes(':') : /:(user|group)$/i.test(path.schema))
      return null;
    return { path, kind: 'unknown extension', urn: printName(path) };
  }
  if (attribute.type !== 'complex' || attribute.multiValued) return null;
  if (findSchema(attribute.name, type) !== undefined) {
    return { path, kind: 'extension', urn: attribute.name };
  }
  return findAttribute(attribute.subAttributes, 'value') ? null : { path, kind: 'complex', urn: '' };
}

function inside(holder: Holder, key: string, change: Change, type: ResourceType): PatchOperation[] {
  const path = pathInside(holder, key, type);
  if (path === null) return [ignoring(readingNote(`${printPath(holder.path)}.${key}`, 'not-a-name'))];
  const { mutability } = path.sub ?? path.attribute;
  return mutability === 'readOnly' ? [] : operationsAt(path, change, type);
}

function pathInside(holder: Holder, key: string, type: ResourceType): AttributePath | null {
  switch (holder.kind) {
    case 'unknown extension':
      return key === '__proto__' ? null : { schema: holder.urn, attribute: untyped(key) };
    case 'extension':
      return resolveName(`${holder.urn}:${key}`, type);
    case 'complex': {
      const sub = partOf(holder.path.attribute, key);
      return sub === null ? null : { ...holder.path, sub };
    }
  }
}

function assignment(path: AttributePath, op: 'add' | 'replace', sent: unknown): PatchOperation[] {
  const where = printPath(path);
  const value = path.sub?.untyped && path.sub.name === 'value' ? unwrapped(sent) : sent;
  const isDescribed = !path.attribute.untyped && !path.sub?.untyped;
  const fault = isDescribed
    ? null
    : (faultOfName(path, value) ?? (isScalarForElement(path, value) ? 'not-an-object' : null));
  if (fault !== null) return [ignoring(readingNote(where, fault))];
  const isEmpty = isObject(value) && isUnassigned(value);
  if (isEmpty && path.filter && keepsNoDetails(path.attribute) && !path.sub) return [{ op, path, value }];
  const coercion = coerceAt(path, value);
  // What holds nothing does not say that there is nothing: `[]` and `null` do.
  if (isEmpty && coercion.notes.length === 0) return [ignoring(readingNote(where, 'nothing-given'))];
  const ignored = coercion.notes.map(ignoring);
  const isUnread = coercion.value === undefined && coercion.notes.length > 0;
  // A manager with only a name: the service derives the name, so this says nothing.
  const saysNothing = isObject(value) && !isUnassigned(value) && !namesValue(value);
  if (isUnread || (coercion.value === undefined && saysNothing)) return ignored;
  return [{ op: takesNobodyOut(path, coercion) ? 'add' : op, path, value: coercion.value }, ...ignored];
}

/** Members who could not be read may be in the group already: a list with such members only adds. */
function takesNobodyOut({ attribute, filter, sub }: AttributePath, { notes }: Coercion): boolean {
  return !filter && !sub && keepsNoDetails(attribute) && notes.some(isUnreadable);
}

/** Entra wraps single values: `emails[type eq "other"].value` of a group is `[{"value": "x"}]`. */
function unwrapped(value: unknown): unknown {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isObject(only) && Object.hasOwn(only, 'value') ? only.value : value;
}

/** Why nothing may be kept under the name of a path; null if something may. */
function faultOfName({ attribute, sub }: AttributePath, value: unknown): NoteCode | null {
  const ofAttribute = attribute.untyped ? faultOfKept(attribute.name, value) : null;
  if (ofAttribute !== null || !sub?.untyped) return ofAttribute;
  return keepsNoDetails(attribute) ? 'member-detail' : faultOfKept(sub.name, value);
}

/** A path that selects elements needs one to put in their place. */
function isScalarForElement({ attribute, filter, sub }: AttributePath, value: unknown): boolean {
  return (
    attribute.untyped === true && filter !== undefined && !sub && !isUnassigned(value) && !isObject(value)
  );
}

/** @throws ScimError `invalidValue` for an unreadable value of an attribute that a resource needs */
function coerceAt(path: AttributePath, value: unknown): Coercion {
  const coercion = coerceValue(targetOf(path), value, printPath(path));
  const [note] = coercion.notes;
  if (note !== undefined && isNeeded(path)) throw ScimError.invalidValue(refusalDetail(note));
  return coercion;
}

function ignoring(note: ReadingNote): PatchOperation {
  return { op: 'ignore', note };
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
 * `remove` with a value removes only what is listed (Entra: `remove members [{"value": …}]`); an empty list removes
 * nothing. The value is ignored for a single-valued attribute and for a path that selects by itself.
 */
function removal(path: AttributePath, change: Change): PatchOperation[] {
  const { attribute } = path;
  // A removed attribute has its default from then on (RFC 7644 §3.5.2.2).
  if (attribute.defaultValue !== undefined) return [{ op: 'replace', path, value: attribute.defaultValue }];
  const isList = attribute.multiValued || attribute.untyped;
  const listed = change.hasValue && change.value !== null && change.value !== undefined;
  if (!isList || !listed || path.filter !== undefined) return [{ op: 'remove', path }];
  const where = printPath(path);
  const { value, notes } = coerceValue(path.sub ?? attribute, change.value, where);
  const isEmpty = isObject(change.value) && isUnassigned(change.value);
  if (isEmpty && notes.length === 0) return [ignoring(readingNote(where, 'nothing-given'))];
  if (value === undefined && notes.length > 0) return notes.map(ignoring);
  const values: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return [{ op: 'remove', path, values }, ...notes.map(ignoring)];
}
