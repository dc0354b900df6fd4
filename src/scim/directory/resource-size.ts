import { diffResources } from '../../scim-core/diff.ts';
import { resourceSizeMaxBytes } from '../../scim-core/limits.ts';
import { type ReadingNote, readingNote } from '../../scim-core/reading-note.ts';
import { isObject, isUnassigned, own, type ScimResource } from '../../scim-core/resource.ts';
import type { ResourceType } from '../../scim-core/schema.ts';
import { ScimError } from '../../scim-core/scim-error.ts';

/** UTF-8 takes at most three bytes for one unit of a JavaScript string. */
const bytesPerUnitMax = 3;

/** Longest attribute name that an error quotes, in UTF-16 units. */
const quotedNameLengthMaxChars = 200;

/**
 * Refuses a resource that is too large to be stored. A larger one that was stored before this limit existed may be
 * changed as long as it does not grow.
 *
 * @param json the resource as it would be stored
 * @param stored what it replaces; null for a new one
 * @throws ScimError `tooMany` naming the size, the limit, and the attribute that takes most of it
 */
export function checkSize(json: string, resource: ScimResource, stored: ScimResource | null): void {
  if (!isTooLarge(json, resource, stored)) return;
  const sizeBytes = Buffer.byteLength(json);
  const [name, bytes] = largestAttribute(resource);
  throw ScimError.tooMany(
    `The resource would be ${count(sizeBytes)} bytes of JSON, and at most ${count(resourceSizeMaxBytes)} are stored. ` +
      `Its largest attribute is ${name.slice(0, quotedNameLengthMaxChars).toWellFormed()} with ${count(bytes)} bytes.`,
  );
}

function isTooLarge(json: string, resource: ScimResource, stored: ScimResource | null): boolean {
  if (json.length * bytesPerUnitMax <= resourceSizeMaxBytes) return false;
  if (Buffer.byteLength(json) <= resourceSizeMaxBytes) return false;
  return stored === null || sizeOfInactive(resource) > sizeOfInactive(stored);
}

/** `false` is longer than `true`, and switching somebody off must always be possible. */
function sizeOfInactive(resource: ScimResource): number {
  return Buffer.byteLength(JSON.stringify('active' in resource ? { ...resource, active: false } : resource));
}

function largestAttribute(resource: ScimResource): [name: string, bytes: number] {
  let largest: [string, number] = ['', 0];
  for (const [name, value] of Object.entries(resource)) {
    const bytes = sizeOf(value);
    if (bytes > largest[1]) largest = [name, bytes];
  }
  return largest;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

/** A resource as a change would have it, with its JSON where that was made already. */
export interface ChangedResource {
  resource: ScimResource;
  json?: string;
}

/**
 * A changed resource that can be stored: attributes that make it too large stay as they were, the largest first. What
 * stands beside them is carried out.
 *
 * @param resource as the change would have it
 * @param stored what it replaces
 * @returns the resource itself if it is small enough, or if nothing but what is too large was changed: then it is refused
 */
export function withinSize(
  resource: ScimResource,
  stored: ScimResource,
  type: ResourceType,
): Required<ChangedResource> & { notes: ReadingNote[] } {
  const whole = { resource, json: JSON.stringify(resource), notes: [] };
  if (!isTooLarge(whole.json, resource, stored)) return whole;
  const needed = type.schema.attributes.filter(({ required }) => required).map(({ name }) => name);
  let { resource: fitting, json } = whole;
  const notes: ReadingNote[] = [];
  while (isTooLarge(json, fitting, stored)) {
    const [largest] = diffResources(stored, fitting)
      .filter(({ path, after }) => after !== null && !needed.includes(path))
      .sort((one, other) => sizeOf(other.after) - sizeOf(one.after));
    if (largest === undefined) return whole;
    fitting = withBefore(fitting, stored, largest.path);
    json = JSON.stringify(fitting);
    notes.push(readingNote(largest.path, 'too-large', { bytesMax: count(resourceSizeMaxBytes) }));
  }
  return diffResources(stored, fitting).length === 0 ? whole : { resource: fitting, json, notes };
}

/** The resource with an attribute as it was before, which is named as in a history entry. */
function withBefore(resource: ScimResource, stored: ScimResource, path: string): ScimResource {
  const whole = { ...resource };
  const holder = Object.keys({ ...stored, ...resource }).find((key) => {
    const rest = path.slice(key.length);
    return path.startsWith(key) && /^[:.]/.test(rest) && isObject(whole[key]);
  });
  if (holder === undefined) restore(whole, stored, path);
  else {
    const parts = { ...(whole[holder] as Record<string, unknown>) };
    restore(parts, own(stored, holder), path.slice(holder.length + 1));
    if (isUnassigned(parts)) delete whole[holder];
    else whole[holder] = parts;
  }
  return whole;
}

function restore(holder: Record<string, unknown>, before: unknown, name: string): void {
  const value = own(before, name);
  if (value === undefined) delete holder[name];
  else holder[name] = value;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
