import { coerceSimple } from './coerce-simple.ts';
import { parseEmbeddedJson, unpackedElements } from './embedded-json.ts';
import { faultOfKept, isName } from './kept-name.ts';
import { KeysIgnoringCase } from './keys-ignoring-case.ts';
import { attributeValuesMax, notesMax } from './limits.ts';
import { faultOfUnknownValue } from './unknown-extension-value.ts';
import { isUnreadable, readingNote, type ReadingNote } from './reading-note.ts';
import { canonicalText, cloneValue, isObject, isUnassigned, ownIgnoringCase } from './resource.ts';
import { type Attribute, findAttribute } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** The result for a value: undefined when it is unassigned, or, with notes, when no part of it can be read. */
export interface Coercion {
  value: unknown;
  /** Which parts were left out, and why. */
  notes: ReadingNote[];
}

/**
 * Turns a value as clients send it into the canonical value of an attribute (RFC 7643 §2.3 and §2.5). Accepted are
 * also: `"True"` and `[true]` for a boolean, numbers and booleans for text, `{"value": x}` and lists of
 * one for a single value, one value for a list, a bare string for the `value` of a complex attribute, a complex
 * value as JSON in a string or in its own `value`, `displayName` for `display`, `managerId` for the manager's `value`.
 * `null`, `""`, `[]` and complex values without anything in them are unassigned; `{}` where a text or a list belongs
 * says nothing, and neither does an empty member of a group. Read-only sub-attributes are left out; those that the schema
 * lacks are kept as sent. What cannot be read is left out and noted: no part of a value takes the others with it.
 * @param where the attribute's path, for notes
 * @throws ScimError 413 for too many values
 */
export function coerceValue(attribute: Attribute, value: unknown, where: string): Coercion {
  const notes: ReadingNote[] = [];
  return { value: coerce(attribute, value, where, notes), notes };
}

function coerce(attribute: Attribute, sent: unknown, where: string, notes: ReadingNote[]): unknown {
  if (attribute.untyped) return keepAsSent(sent, where, notes);
  const value = attribute.type === 'complex' ? parseEmbeddedJson(sent) : sent;
  if (value === null || value === undefined) return undefined;
  if (attribute.multiValued) return coerceList(attribute, value, where, notes);
  return coerceOne(attribute, Array.isArray(value) ? onlyElement(value, where, notes) : value, where, notes);
}

function coerceList(attribute: Attribute, value: unknown, where: string, notes: ReadingNote[]): unknown {
  const isOfMembers = keepsNoDetails(attribute);
  if (value === '' && !isOfMembers) return undefined;
  const sent: unknown[] = Array.isArray(value) ? value : [value];
  const values = attribute.type === 'complex' ? unpackedElements(sent) : sent;
  // A group has as many members as it has; they alone have no primary value.
  if (values.length > attributeValuesMax && findAttribute(attribute.subAttributes, 'primary') !== undefined) {
    throw ScimError.payloadTooLarge(`${where} may have ${attributeValuesMax} values at most.`);
  }
  const elements: unknown[] = [];
  for (const element of values) {
    const noted = notes.length;
    const read = coerceOne(attribute, element, where, notes);
    if (read !== undefined && saysSomething(read) && !(isOfMembers && isBlank(read))) elements.push(read);
    else if (isOfMembers || !saysNone(element)) noteNothing(where, notes, noted);
  }
  return elements.length === 0 ? undefined : withoutDuplicates(elements);
}

/** `type` and `primary` only describe a value; without a value they mean nothing. */
export function saysSomething(element: unknown): boolean {
  return !isObject(element) || Object.keys(element).some((key) => key !== 'type' && key !== 'primary');
}

/** Whether an element says in so many words that there is no value: `null`, `""`, `{"type": "work", "value": null}`. */
function saysNone(element: unknown): boolean {
  if (!isObject(element)) return element === null || element === '';
  return Object.entries(element).some(
    ([key, part]) => (part === null || part === '') && key !== 'type' && key !== 'primary' && key !== '$ref',
  );
}

function isBlank(element: unknown): boolean {
  return isObject(element) && typeof element.value === 'string' && element.value.trim() === '';
}

/** Notes an element of which nothing can be read, unless it has been noted why. */
function noteNothing(where: string, notes: ReadingNote[], noted: number): void {
  for (let at = noted; at < notes.length; at += 1) if (isUnreadable(notes[at]!)) return;
  // A group may have hundreds of thousands of them.
  if (notes.length < notesMax || !notes.some(isUnreadable)) notes.push(readingNote(where, 'nothing-given'));
}

function coerceOne(attribute: Attribute, sent: unknown, where: string, notes: ReadingNote[]): unknown {
  if (attribute.type === 'complex') {
    const value = parseEmbeddedJson(sent);
    if (isUnassigned(value)) return undefined;
    if (!isObject(value)) return coerceBareValue(attribute, value, where, notes);
    const packed = attribute.multiValued ? [] : unpackedElements([value]);
    const [element] = packed;
    return coerceComplex(attribute, packed.length === 1 && isObject(element) ? element : value, where, notes);
  }
  // Entra wraps single values: "displayName": [{"$ref": null, "value": "x"}].
  const value = isObject(sent) && Object.hasOwn(sent, 'value') ? sent.value : sent;
  // An object that holds nothing does not say that there is no text.
  if (isObject(sent) && isUnassigned(value)) notes.push(readingNote(where, 'nothing-given'));
  return isUnassigned(value) ? undefined : simpleOr(attribute, value, where, notes);
}

function simpleOr(attribute: Attribute, value: unknown, where: string, notes: ReadingNote[]): unknown {
  const simple = coerceSimple(attribute, value, where);
  if ('value' in simple) return simple.value;
  notes.push(simple.note);
  return undefined;
}

function coerceComplex(
  attribute: Attribute,
  value: Record<string, unknown>,
  where: string,
  notes: ReadingNote[],
): unknown {
  const result: Record<string, unknown> = {};
  let keys: KeysIgnoringCase | undefined;
  // A group may have hundreds of thousands of members: the first notes say enough about all of them.
  const passesOver = notes.length >= notesMax && keepsNoDetails(attribute);
  for (const [key, part] of Object.entries(value)) {
    if (passesOver && !partsOfMember.has(key.toLowerCase())) continue;
    const sub = findSub(attribute, key);
    if (sub === undefined) {
      keys ??= new KeysIgnoringCase(result);
      keepPart(attribute, key, part, { result, keys, where, notes });
      continue;
    }
    if (sub.mutability === 'readOnly') continue;
    const coerced = coerce(sub, part, pathOfPart(attribute, where, sub.name), notes);
    if (coerced !== undefined) result[sub.name] ??= coerced;
  }
  const id = result.value === undefined ? idFromReference(attribute, value) : undefined;
  if (id !== undefined) result.value = simpleOr(valueOf(attribute), id, `${where}.value`, notes);
  if (Object.keys(result).length === 0) return undefined;
  const missing = attribute.subAttributes?.find((sub) => sub.required && result[sub.name] === undefined);
  if (missing === undefined) return result;
  notes.push(readingNote(where, 'part-missing', { part: missing.name }));
  return undefined;
}

/** A complex value that is being read, and its path. */
interface Keeping {
  result: Record<string, unknown>;
  keys: KeysIgnoringCase;
  where: string;
  notes: ReadingNote[];
}

/** Keeps a part that the schema lacks, as sent. If its name has two spellings, the first one counts. */
function keepPart(
  attribute: Attribute,
  key: string,
  part: unknown,
  { result, keys, where, notes }: Keeping,
): void {
  if (isKnownAside(key) || isUnassigned(part)) return;
  const path = pathOfPart(attribute, where, key);
  const fault = isName(key) ? faultOfKept(key, part) : 'not-a-name';
  if (fault !== null) {
    notes.push(readingNote(path, fault));
  } else if (keepsNoDetails(attribute)) {
    if (notes.length < notesMax && !notes.some((note) => note.path === path))
      notes.push(readingNote(path, 'member-detail'));
  } else {
    const name = keys.keyOf(key);
    const kept = Object.hasOwn(result, name) ? undefined : keepAsSent(part, path, notes);
    if (kept !== undefined) result[name] = kept;
  }
}

/** A group's members are rows, with columns only for what the schema describes. */
export function keepsNoDetails(attribute: Attribute): boolean {
  return attribute.name === 'members' && findAttribute(attribute.subAttributes, 'primary') === undefined;
}

/** The parts of a member that are read, by all their names. */
const partsOfMember = new Set(['value', 'type', 'display', 'displayname', '$ref']);

/** The path of a part: after a colon below the URN of an extension, elsewhere after a dot. */
function pathOfPart(attribute: Attribute, where: string, part: string): string {
  return `${where}${attribute.name.includes(':') ? ':' : '.'}${part}`;
}

/** `"manager": "x"` and `"members": ["x"]`: a plain value stands for the `value` of a complex attribute. */
function coerceBareValue(attribute: Attribute, value: unknown, where: string, notes: ReadingNote[]): unknown {
  const sub = findAttribute(attribute.subAttributes, 'value');
  if (sub === undefined) {
    notes.push(readingNote(where, 'not-an-object'));
    return undefined;
  }
  const coerced = coerce(sub, value, where, notes);
  return coerced === undefined ? undefined : { value: coerced };
}

function keepAsSent(value: unknown, where: string, notes: ReadingNote[]): unknown {
  if (isUnassigned(value)) return undefined;
  const fault = faultOfUnknownValue(value, where);
  if (fault === null) return cloneValue(value);
  notes.push(fault);
  return undefined;
}

/** Names that clients use for a sub-attribute beside the schema's own: OneLogin's and Entra's. */
function findSub(attribute: Attribute, key: string): Attribute | undefined {
  const sub = findAttribute(attribute.subAttributes, key);
  if (sub !== undefined) return sub;
  const folded = key.toLowerCase();
  if (folded === 'displayname') return findAttribute(attribute.subAttributes, 'display');
  if (folded === 'managerid' && attribute.name === 'manager') return valueOf(attribute);
  return undefined;
}

/** A sub-attribute that every complex element may have and that says nothing. */
function isKnownAside(key: string): boolean {
  return key.toLowerCase() === '$ref';
}

/** The id in `{"$ref": "https://…/Users/{id}"}`, for a reference that carries no `value`. */
function idFromReference(attribute: Attribute, value: Record<string, unknown>): string | undefined {
  const reference = findAttribute(attribute.subAttributes, '$ref');
  if (reference?.mutability !== 'readOnly') return undefined;
  const uri = ownIgnoringCase(value, '$ref');
  if (typeof uri !== 'string') return undefined;
  return uri.slice(uri.lastIndexOf('/') + 1) || undefined;
}

function valueOf(attribute: Attribute): Attribute {
  const sub = findAttribute(attribute.subAttributes, 'value');
  if (sub === undefined) throw new Error(`${attribute.name} has no sub-attribute "value"`);
  return sub;
}

/** The value of a one-element list, for a single-valued attribute. Repeated and empty elements do not count. */
function onlyElement(values: unknown[], where: string, notes: ReadingNote[]): unknown {
  const given = values.filter((value) => !isUnassigned(value));
  const [first] = given;
  if (given.length === 0 && values.some((value) => typeof value === 'object' && value !== null)) {
    notes.push(readingNote(where, 'nothing-given'));
  } else if (!given.every((value) => value === first)) {
    notes.push(readingNote(where, 'several-values', { count: given.length }));
    return undefined;
  }
  return first;
}

/** Drops elements that repeat an earlier one: the same `type` and `value`, or equal in everything. */
export function withoutDuplicates(elements: unknown[]): unknown[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const key = elementKey(element);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * What makes two elements the same (RFC 7643 §2.4): their `type` and `value`. An element without `value`, such as an
 * address, is compared by everything in it except `primary`.
 */
export function elementKey(element: unknown): string {
  if (!isObject(element)) return canonicalText(element);
  const { value, type } = element;
  // No text holds U+0000, so it can separate value and type; quoting everything would cost much more.
  if (typeof value === 'string') return `${value}\u0000${typeof type === 'string' ? type.toLowerCase() : ''}`;
  return canonicalText({ ...element, primary: undefined });
}
