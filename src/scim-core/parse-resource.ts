import { type AttributeName, extensionAttribute, printName, resolveName } from './attribute-name.ts';
import { checkResourceSchemas } from './check-message.ts';
import { coerceValue } from './coerce-value.ts';
import { parseEmbeddedJson } from './embedded-json.ts';
import { checkRequired, isNeeded, normalize } from './normalize-resource.ts';
import { faultOfKept } from './kept-name.ts';
import { KeysIgnoringCase } from './keys-ignoring-case.ts';
import { leaveOutSecrets } from './leave-out-secrets.ts';
import { notesMax } from './limits.ts';
import { faultOfUnknownValue } from './unknown-extension-value.ts';
import { type NoteCode, readingNote, type ReadingNote, refusalDetail } from './reading-note.ts';
import { cloneValue, isObject, isUnassigned, type ScimResource } from './resource.ts';
import { isBeginningOfUrn, isUrnLike, splitKnownUrn } from './schema-urn.ts';
import type { ResourceType, Schema } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** The resource that was read from a body, and what was left out of it. */
export interface ParsedResource {
  resource: ScimResource;
  notes: ReadingNote[];
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3 and §3.5.1). Names may have any case, URNs also the spellings of older
 * drafts. Values are coerced to their schema type. Read-only attributes, the password and other secrets are left out.
 * If there are two primary values, the first stays primary. What no schema describes is kept as sent. Unreadable values
 * are left out and noted: one wrong mapping must not stop a deactivation. `active` is left as sent: what its absence
 * means differs between POST and PUT.
 * @param body the parsed JSON
 * @throws ScimError `invalidSyntax` when the body is no object, or says that it is something else; `invalidValue` for
 *   required attributes and `active` that are missing or cannot be read
 */
export function parseResource(body: unknown, type: ResourceType): ParsedResource {
  if (!isObject(body)) throw ScimError.invalidSyntax('The body must be a JSON object.');
  checkResourceSchemas(body, type);
  const reading: Reading = { type, resource: {}, notes: [], keys: new Map() };
  for (const [key, value] of Object.entries(body)) readMember(key, value, reading);
  reading.notes.push(...leaveOutSecrets(reading.resource));
  checkRequired(reading.resource, type);
  return { resource: normalize(reading.resource, type), notes: reading.notes.slice(0, notesMax) };
}

/** A body that is being read. */
interface Reading {
  readonly type: ResourceType;
  readonly resource: ScimResource;
  readonly notes: ReadingNote[];
  /** Of the resource and of its extensions, as far as something was read into them. */
  readonly keys: Map<Record<string, unknown>, KeysIgnoringCase>;
}

function keysOf({ keys }: Reading, holder: Record<string, unknown>): KeysIgnoringCase {
  let known = keys.get(holder);
  if (known === undefined) keys.set(holder, (known = new KeysIgnoringCase(holder)));
  return known;
}

function readMember(key: string, value: unknown, reading: Reading): void {
  const { type, notes } = reading;
  const known = key.includes(':') ? splitKnownUrn(key, type) : null;
  if (known?.rest === '') {
    readSchema(known.schema, value, reading);
    return;
  }
  const name = resolveName(key, type);
  if (known === null && isUrnLike(key) && isObject(value) && !isOfUser(name)) {
    if (isBeginningOfUrn(key)) notes.push(readingNote(key, 'part-of-schema-name'));
    else keepUnknownExtension(key, value, reading);
  } else if (name === null) {
    notes.push(readingNote(key, faultOfKey(key)));
  } else if (name.sub === undefined) {
    readAttribute(name, value, reading);
  } else {
    readPart(name, key, value, reading);
  }
}

function faultOfKey(key: string): NoteCode {
  if (isBeginningOfUrn(key)) return 'part-of-schema-name';
  return key.includes('.') ? 'no-such-part' : 'not-a-name';
}

/** `urn:…:User:tag` is an attribute whatever its value; another unknown URN with an object is an extension. */
function isOfUser(name: AttributeName | null): boolean {
  return name !== null && name.schema !== null && /:(user|group)$/i.test(name.schema);
}

/** A whole resource may stand under the URN of its own schema, and an extension under its URN. */
function readSchema(schema: Schema, sent: unknown, reading: Reading): void {
  if (schema !== reading.type.schema) {
    readAttribute({ schema: null, attribute: extensionAttribute(schema) }, sent, reading);
    return;
  }
  const value = parseEmbeddedJson(sent);
  if (isUnassigned(value)) return;
  if (!isObject(value)) {
    reading.notes.push(readingNote(schema.id, 'not-an-object'));
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    if (splitKnownUrn(key, reading.type)?.schema === schema) {
      reading.notes.push(readingNote(key, 'not-a-name'));
    } else {
      readMember(key, part, reading);
    }
  }
}

/** A dotted key, `name.givenName`: Entra uses them in PATCH, other clients everywhere. */
function readPart({ sub, ...whole }: AttributeName, key: string, value: unknown, reading: Reading): void {
  if (sub === undefined || whole.attribute.multiValued) {
    reading.notes.push(readingNote(key, 'no-such-part'));
  } else if (!isUnassigned(value)) {
    readAttribute(whole, { [sub.name]: value }, reading);
  }
}

function readAttribute(name: AttributeName, value: unknown, reading: Reading): void {
  const { resource, notes } = reading;
  const { attribute } = name;
  // RFC 7644 §3.3: read-only attributes in a body are ignored. Passwords are accepted and discarded.
  if (attribute.mutability === 'readOnly' || attribute.mutability === 'writeOnly') return;
  const fault = attribute.untyped ? faultOfKept(attribute.name, value) : null;
  if (fault !== null) {
    notes.push(readingNote(printName(name), fault));
    return;
  }
  const coercion = coerceValue(attribute, value, printName(name));
  const [note] = coercion.notes;
  if (note !== undefined && isNeeded(name)) throw ScimError.invalidValue(refusalDetail(note));
  notes.push(...coercion.notes);
  if (coercion.value === undefined) return;
  const holder = name.schema === null ? resource : extensionIn(reading, name.schema);
  const key = keysOf(reading, holder).keyOf(attribute.name);
  const before = Object.hasOwn(holder, key) ? holder[key] : undefined;
  // An extension may come under two spellings of its URN, or beside attributes that were sent without it; a complex
  // attribute may come beside dotted keys.
  holder[key] =
    !attribute.multiValued && isObject(before) && isObject(coercion.value)
      ? { ...before, ...coercion.value }
      : coercion.value;
}

function extensionIn(reading: Reading, urn: string): Record<string, unknown> {
  const { resource } = reading;
  const key = keysOf(reading, resource).keyOf(urn);
  const existing = Object.hasOwn(resource, key) ? resource[key] : undefined;
  if (isObject(existing)) return existing;
  const created: Record<string, unknown> = {};
  resource[key] = created;
  return created;
}

function keepUnknownExtension(urn: string, value: Record<string, unknown>, reading: Reading): void {
  const { resource, notes } = reading;
  const fault = faultOfUnknownValue({ [urn]: null }, urn);
  if (fault !== null) {
    notes.push(fault);
    return;
  }
  const holder = extensionIn(reading, urn);
  const keys = keysOf(reading, holder);
  for (const [key, part] of Object.entries(value)) {
    if (isUnassigned(part)) continue;
    const path = `${urn}:${key}`;
    const nameFault = faultOfKept(key, part);
    const note =
      nameFault === null ? faultOfUnknownValue({ [key]: part }, path, 2) : readingNote(path, nameFault);
    if (note === null) holder[keys.keyOf(key)] = cloneValue(part);
    else notes.push(note);
  }
  if (isUnassigned(holder)) delete resource[keysOf(reading, resource).keyOf(urn)];
}
