import { enterpriseUserUrn } from '../../scim-core/messages.ts';
import { project, type Projection } from '../../scim-core/projection.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { ResourceType } from '../../scim-core/schema.ts';

/** A row of the directory: a resource as it is stored, as JSON text, and what `meta` says of it. */
export interface StoredRow {
  id: string;
  version: string;
  created_at: Date;
  modified_at: Date;
  json: string;
}

/** A resource as it is answered: the JSON of the whole of it, before projection, its address and its tag. */
export interface Representation {
  json: string;
  location: string;
  etag: string;
}

/** The stored resource itself: only who looks into it needs to have it parsed. */
export function storedResource({ json }: Pick<StoredRow, 'json'>): ScimResource {
  return JSON.parse(json) as ScimResource;
}

/** The weak entity tag of a version (RFC 7644 §3.14). */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}

/**
 * The whole resource: `schemas` (the core URN and those of the extensions that have values), `id` and `meta`
 * (RFC 7643 §3), and what is stored, pasted as it is: most answers hold all of it, and parsing only to write it again
 * costs as much as reading it from the database.
 *
 * @param type the resource's type and the URN of its core schema
 * @param json the stored resource, or it with what is derived from other rows
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

/** The JSON of what was asked for of a resource. */
export function projectedJson(json: string, projection: Projection, type: ResourceType): string {
  if (projection.kind === 'all') return json;
  return JSON.stringify(project(JSON.parse(json) as ScimResource, projection, type));
}

/**
 * The URNs of the extensions in a stored resource, as they stand in the text, in quotes.
 *
 * Most resources have the enterprise extension and no other; a key that begins with `urn:` may also lie within a value
 * that no schema describes, so that any other takes a closer look.
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
