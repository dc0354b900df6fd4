import { foldCase } from './fold.ts';

/**
 * A resource as it is stored: canonical names; without `id`, `meta`, `schemas` and other read-only values;
 * extensions under their canonical URN; extensions that no schema describes verbatim, under the URN as sent.
 */
export type ScimResource = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value's own property; never one inherited from a prototype, whatever the name. */
export function own(object: unknown, key: string): unknown {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own property, whatever its name: a plain assignment to `__proto__` would change the prototype instead. */
export function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  } else record[key] = value;
}

/** A value's own property whose name equals `name` whatever the case; undefined when there is none. */
export function ownIgnoringCase(object: unknown, name: string): unknown {
  if (!isObject(object)) return undefined;
  if (Object.hasOwn(object, name)) return object[name];
  const folded = foldCase(name);
  const key = Object.keys(object).find((candidate) => foldCase(candidate) === folded);
  return key === undefined ? undefined : object[key];
}

/** The key that equals a name whatever the case; the name itself if there is none. */
export function keyIgnoringCase(object: Record<string, unknown>, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const folded = foldCase(name);
  return Object.keys(object).find((key) => foldCase(key) === folded) ?? name;
}

/** A deep copy of a JSON value. A key `__proto__` is left out: only an attacker would send it. */
export function cloneValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element: unknown) => cloneValue(element)) as T;
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = cloneValue(part);
  }
  return copy as T;
}

/** Whether two JSON values are equal; the order of keys does not matter, that of elements does. */
export function equalValues(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((element, at) => equalValues(element, right[at]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalValues(left[key], right[key]))
  );
}

/** A JSON value as text that is the same for equal values, see `equalValues`: PostgreSQL keeps no order of keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isObject(part) ? withSortedKeys(part) : part)) ?? '';
}

function withSortedKeys(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Whether a stored value counts as unassigned (RFC 7643 §2.5): absent, null, `""`, `[]` or `{}`. */
export function isUnassigned(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
