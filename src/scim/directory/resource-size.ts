import { resourceSizeMaxBytes } from '../../scim-core/limits.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
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
  if (json.length * bytesPerUnitMax <= resourceSizeMaxBytes) return;
  const sizeBytes = Buffer.byteLength(json);
  if (sizeBytes <= resourceSizeMaxBytes) return;
  if (stored !== null && sizeOfInactive(resource) <= sizeOfInactive(stored)) return;
  const [name, bytes] = largestAttribute(resource);
  throw ScimError.tooMany(
    `The resource would be ${count(sizeBytes)} bytes of JSON, and at most ${count(resourceSizeMaxBytes)} are stored. ` +
      `Its largest attribute is ${name.slice(0, quotedNameLengthMaxChars).toWellFormed()} with ${count(bytes)} bytes.`,
  );
}

/** `false` is longer than `true`, and switching somebody off must always be possible. */
function sizeOfInactive(resource: ScimResource): number {
  return Buffer.byteLength(JSON.stringify('active' in resource ? { ...resource, active: false } : resource));
}

function largestAttribute(resource: ScimResource): [name: string, bytes: number] {
  let largest: [string, number] = ['', 0];
  for (const [name, value] of Object.entries(resource)) {
    const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
    if (bytes > largest[1]) largest = [name, bytes];
  }
  return largest;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
