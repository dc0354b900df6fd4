import type { ScimResource } from '../scim-core/resource.ts';

/** A resource as it is answered: the whole of it before projection, its address and its tag. */
export interface Representation {
  resource: ScimResource;
  location: string;
  etag: string;
}

/** The weak entity tag of a version (RFC 7644 §3.14). */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}

/**
 * The attributes that every resource has: `schemas` (the core URN and those of the extensions that have values),
 * `id` and `meta` (RFC 7643 §3).
 */
export function baseAttributes(
  row: { id: string; version: string; created_at: Date; modified_at: Date; resource: ScimResource },
  resourceType: 'User' | 'Group',
  coreUrn: string,
  location: string,
): ScimResource {
  const extensions = Object.keys(row.resource).filter((name) => name.startsWith('urn:'));
  return {
    schemas: [coreUrn, ...extensions],
    id: row.id,
    meta: {
      resourceType,
      created: row.created_at.toISOString(),
      lastModified: row.modified_at.toISOString(),
      location,
      version: etagOf(row.version),
    },
  };
}
