import { isObject, ownIgnoringCase } from './resource.ts';

/** A value, split by whether its references can be resolved; `undefined` stands for an empty part. */
export interface ParcelledValue {
  /** With ids in place of references. */
  now: unknown;
  /** The parts that must wait, as sent: values of attributes, or whole elements of lists. */
  later: unknown;
}

/** The bulkId that a text `bulkId:x` refers to; null when it is not a reference (RFC 7644 §3.7.2). */
export function referenceOf(value: unknown): string | null {
  return typeof value === 'string' ? (/^bulkId:(.+)$/is.exec(value)?.[1] ?? null) : null;
}

/** Every bulkId that the data of an operation refers to. */
export function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  const reference = referenceOf(value);
  if (reference !== null) found.add(reference);
  else if (Array.isArray(value)) for (const element of value) referencesIn(element, found);
  else if (isObject(value)) for (const part of Object.values(value)) referencesIn(part, found);
  return found;
}

/**
 * Replaces references by ids and takes out everything that refers to a resource without an id. An object whose `value`
 * is such a reference (a member, a manager) waits as a whole, and so does the element of a list.
 *
 * @param idOf the id of the resource that a bulkId stands for; undefined as long as there is none
 */
export function parcelValue(value: unknown, idOf: (bulkId: string) => string | undefined): ParcelledValue {
  const reference = referenceOf(value);
  if (reference !== null) {
    const id = idOf(reference);
    return id === undefined ? { now: undefined, later: value } : { now: id, later: undefined };
  }
  if (Array.isArray(value)) return parcelList(value, idOf);
  return isObject(value) ? parcelObject(value, idOf) : { now: value, later: undefined };
}

function parcelList(list: unknown[], idOf: (bulkId: string) => string | undefined): ParcelledValue {
  const now: unknown[] = [];
  const later: unknown[] = [];
  for (const element of list) {
    const parts = parcelValue(element, idOf);
    if (parts.later === undefined) now.push(parts.now);
    else later.push(element);
  }
  return { now, later: later.length === 0 ? undefined : later };
}

function parcelObject(
  object: Record<string, unknown>,
  idOf: (bulkId: string) => string | undefined,
): ParcelledValue {
  const reference = referenceOf(ownIgnoringCase(object, 'value'));
  if (reference !== null && idOf(reference) === undefined) return { now: undefined, later: object };
  const now: Record<string, unknown> = {};
  const later: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(object)) {
    if (key === '__proto__') continue;
    const parts = parcelValue(part, idOf);
    if (parts.now !== undefined) now[key] = parts.now;
    if (parts.later !== undefined) later[key] = parts.later;
  }
  return { now, later: Object.keys(later).length === 0 ? undefined : later };
}
