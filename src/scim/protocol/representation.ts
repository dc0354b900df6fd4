import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import { project, type Projection } from '../../scim-core/projection.ts';
import type { ScimResource } from '../../scim-core/resource.ts';

/** A row of the directory: a resource as stored, as JSON text, and the values for `meta`. */
export interface StoredRow {
  id: string;
  version: string;
  created_at: Date;
  modified_at: Date;
  json: string;
}

/** A resource as it is answered: its complete JSON, before projection, its address and its tag. */
export interface Representation {
  json: string;
  location: string;
  etag: string;
}

/** The stored resource, parsed. Most requests do not need it. */
export function storedResource({ json }: Pick<StoredRow, 'json'>): ScimResource {
  return JSON.parse(json) as ScimResource;
}

/** The weak entity tag of a version (RFC 7644 §3.14). */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}

/**
 * The whole resource: `schemas` (the core URN and those of the extensions that have values), `id` and `meta` (RFC 7643
 * §3), and the stored text, pasted as it is: most answers hold all of it, and parsing it only to write it again would
 * cost as much as reading it from the database.
 *
 * @param type the resource's type and the URN of its core schema
 * @param json the stored resource, or the stored resource with what is derived from other rows
 * @param derived a further attribute and the JSON of its value; undefined for none
 */
export function represent(
  row: StoredRow,
  type: { name: 'User' | 'Group'; urn: string },
  location: string,
  json: string,
  derived?: { name: string; json: string },
): Representation {
  const schemas = [`"${type.urn}"`, ...extensionUrns(json)].join(',');
  const address = JSON.stringify(location);
  const head =
    `{"schemas":[${schemas}],"id":"${row.id}","meta":{"resourceType":"${type.name}",` +
    `"created":"${row.created_at.toISOString()}","lastModified":"${row.modified_at.toISOString()}",` +
    `"location":${address},"version":"W/\\"${row.version}\\""}`;
  const stored = json === '{}' ? '' : `,${json.slice(1, -1)}`;
  const rest = derived === undefined ? '' : `,"${derived.name}":${derived.json}`;
  return { json: `${head}${stored}${rest}}`, location, etag: etagOf(row.version) };
}

/** The JSON of those parts of a resource that were asked for. */
export function projectedJson(json: string, projection: Projection): string {
  if (projection.kind === 'all') return json;
  return JSON.stringify(project(JSON.parse(json) as ScimResource, projection));
}

/**
 * The URNs of the extensions in a stored resource, as written in the text, in quotes.
 *
 * Most resources have the enterprise extension and no other. Any other key that begins with `urn:` needs a closer look,
 * because it may be part of a value that no schema describes.
 */
export function extensionUrns(json: string): string[] {
  if (!json.includes('"urn:')) return [];
  const keys = json.match(urnKeys) ?? [];
  if (keys.length === 1 && keys[0] === enterpriseKey) return keys;
  return Object.keys(JSON.parse(json) as ScimResource)
    .filter((name) => name.startsWith('urn:'))
    .map((name) => JSON.stringify(name));
}

const enterpriseKey = JSON.stringify(enterpriseUserUrn);

/** Within a text, a quote has a backslash before it. */
const urnKeys = /(?<!\\)"urn:(?:[^"\\]|\\.)*"(?=:)/g;
