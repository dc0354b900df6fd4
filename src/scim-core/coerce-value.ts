import { parseDateTime } from './date-time.ts';
import { attributeValuesMax } from './limits.ts';
import { checkRaw } from './raw-value.ts';
import { isObject, isUnassigned } from './resource.ts';
import { findAttribute } from './schema.ts';
import type { Attribute } from './schema.ts';
import { ScimError } from './scim-error.ts';
import { isStorable } from './well-formed.ts';

/** What became of a value: undefined when it is unassigned; sub-attributes that the schema lacks are named. */
export interface Coercion {
  value: unknown;
  ignored: string[];
}

/**
 * Turns a value as clients send it into the canonical value of an attribute (RFC 7643 §2.3 and §2.5), or says
 * why it is none. Taken in the client's stead: `"True"` and `[true]` for a boolean, `{"value": x}` and lists of
 * one for a single value, one value for a list, a bare string for the `value` of a complex attribute, a complex
 * value as JSON in a string, `displayName` for `display`, `managerId` for the manager's `value`. `null`, `""`,
 * `[]` and complex values without anything in them are unassigned. Read-only sub-attributes are left out.
 * @param where the attribute's path, for messages
 * @throws ScimError `invalidValue` naming `where`
 */
export function coerceValue(attribute: Attribute, value: unknown, where: string): Coercion {
  const ignored: string[] = [];
  const coerced = coerce(attribute, value, where, ignored);
  return { value: coerced, ignored: [...new Set(ignored)] };
}

function coerce(attribute: Attribute, sent: unknown, where: string, ignored: string[]): unknown {
  if (attribute.untyped) return coerceUntyped(sent, where);
  const value = attribute.type === 'complex' ? parseEmbeddedJson(sent) : sent;
  if (isUnassigned(value)) return undefined;
  if (!attribute.multiValued) {
    return coerceOne(attribute, Array.isArray(value) ? onlyElement(value, where) : value, where, ignored);
  }
  const values: unknown[] = Array.isArray(value) ? value : [value];
  // A group has as many members as it has; they alone have no primary value.
  if (values.length > attributeValuesMax && findAttribute(attribute.subAttributes, 'primary') !== undefined) {
    throw ScimError.payloadTooLarge(`${where} may have ${attributeValuesMax} values at most.`);
  }
  const elements = values
    .map((element) => coerceOne(attribute, element, where, ignored))
    .filter((element) => element !== undefined);
  return elements.length === 0 ? undefined : withoutDuplicates(elements);
}

function coerceOne(attribute: Attribute, sent: unknown, where: string, ignored: string[]): unknown {
  if (attribute.type === 'complex') {
    const value = parseEmbeddedJson(sent);
    if (isUnassigned(value)) return undefined;
    return isObject(value)
      ? coerceComplex(attribute, value, where, ignored)
      : coerceBareValue(attribute, value, where, ignored);
  }
  // Entra wraps single values: "displayName": [{"$ref": null, "value": "x"}].
  const value = isObject(sent) && Object.hasOwn(sent, 'value') ? sent.value : sent;
  return isUnassigned(value) ? undefined : coerceSimple(attribute, value, where);
}

function coerceComplex(
  attribute: Attribute,
  value: Record<string, unknown>,
  where: string,
  ignored: string[],
): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const sub = findSub(attribute, key);
    if (sub === undefined) {
      if (!isKnownAside(key)) ignored.push(`${where}.${key.slice(0, nameShownMaxChars)}`);
      continue;
    }
    if (sub.mutability === 'readOnly') continue;
    const coerced = coerce(sub, part, `${where}.${sub.name}`, ignored);
    if (coerced !== undefined) result[sub.name] ??= coerced;
  }
  const id = result.value === undefined ? idFromReference(attribute, value) : undefined;
  if (id !== undefined) result.value = coerceSimple(valueOf(attribute), id, `${where}.value`);
  if (Object.keys(result).length === 0) return undefined;
  const missing = attribute.subAttributes?.find((sub) => sub.required && result[sub.name] === undefined);
  if (missing !== undefined) throw ScimError.invalidValue(`${where}.${missing.name} is required.`);
  return result;
}

/** `"manager": "x"` and `"members": ["x"]`: a plain value stands for the `value` of a complex attribute. */
function coerceBareValue(attribute: Attribute, value: unknown, where: string, ignored: string[]): unknown {
  const sub = findAttribute(attribute.subAttributes, 'value');
  if (sub === undefined) throw ScimError.invalidValue(`${where} must be an object.`);
  const coerced = coerce(sub, value, where, ignored);
  return coerced === undefined ? undefined : { value: coerced };
}

function coerceSimple(attribute: Attribute, value: unknown, where: string): unknown {
  switch (attribute.type) {
    case 'boolean':
      return coerceBoolean(value, where);
    case 'integer':
    case 'decimal':
      return coerceNumber(attribute, value, where);
    case 'string':
    case 'reference':
    case 'binary':
    case 'dateTime':
    case 'complex': {
      if (typeof value !== 'string') throw ScimError.invalidValue(`${where} must be a string.`);
      if (!isStorable(value))
        throw ScimError.invalidValue(`${where} contains characters that text cannot have.`);
      if (attribute.type === 'dateTime' && parseDateTime(value) === null) {
        throw ScimError.invalidValue(`${where} must be a date and time such as "2026-01-31T12:00:00Z".`);
      }
      return value;
    }
  }
}

/** Entra's default mapping sends "True" and "False". */
function coerceBoolean(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  const folded = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (folded === 'true') return true;
  if (folded === 'false') return false;
  throw ScimError.invalidValue(`${where} must be true or false.`);
}

function coerceNumber(attribute: Attribute, value: unknown, where: string): number {
  if (typeof value === 'number' && (attribute.type === 'decimal' || Number.isInteger(value))) return value;
  throw ScimError.invalidValue(
    `${where} must be ${attribute.type === 'integer' ? 'an integer' : 'a number'}.`,
  );
}

function coerceUntyped(value: unknown, where: string): unknown {
  if (isUnassigned(value)) return undefined;
  checkRaw(value, where);
  return value;
}

const nameShownMaxChars = 100;

/** Names that clients use for a sub-attribute beside the schema's own: OneLogin's and Entra's. */
function findSub(attribute: Attribute, key: string): Attribute | undefined {
  const sub = findAttribute(attribute.subAttributes, key);
  if (sub !== undefined) return sub;
  const folded = key.toLowerCase();
  if (folded === 'displayname') return findAttribute(attribute.subAttributes, 'display');
  if (folded === 'managerid' && attribute.name === 'manager') return valueOf(attribute);
  return undefined;
}

/** Sub-attributes that every complex element may carry and that say nothing: not worth a warning. */
function isKnownAside(key: string): boolean {
  return key.toLowerCase() === '$ref';
}

/** The id in `{"$ref": "https://…/Users/{id}"}`, for a reference that carries no `value`. */
function idFromReference(attribute: Attribute, value: Record<string, unknown>): string | undefined {
  const reference = findAttribute(attribute.subAttributes, '$ref');
  if (reference?.mutability !== 'readOnly') return undefined;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === '$ref');
  const uri = key === undefined ? undefined : value[key];
  if (typeof uri !== 'string') return undefined;
  return uri.slice(uri.lastIndexOf('/') + 1) || undefined;
}

function valueOf(attribute: Attribute): Attribute {
  const sub = findAttribute(attribute.subAttributes, 'value');
  if (sub === undefined) throw new Error(`${attribute.name} has no sub-attribute "value"`);
  return sub;
}

/** Entra and Keycloak send complex values as JSON in a string. Text that is no JSON stays text. */
export function parseEmbeddedJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function onlyElement(values: unknown[], where: string): unknown {
  if (values.length > 1) throw ScimError.invalidValue(`${where} takes one value, not ${values.length}.`);
  return values[0];
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
 * What makes an element the same as another (RFC 7643 §2.4): its `type` and `value`. An element without
 * `value`, such as an address, is told by everything in it but `primary`.
 */
export function elementKey(element: unknown): string {
  if (!isObject(element)) return JSON.stringify(element);
  const { value, type } = element;
  // No text holds U+0000, so it parts value and type; quoting everything would cost much more.
  if (typeof value === 'string') return `${value}\u0000${typeof type === 'string' ? type.toLowerCase() : ''}`;
  const parts = Object.entries(element).filter(([key]) => key !== 'primary');
  return JSON.stringify(parts.sort(([left], [right]) => (left < right ? -1 : 1)));
}
