import { enterpriseUserUrn, userUrn } from '../scim-core/messages.ts';
import type { ScimResource } from '../scim-core/resource.ts';
import { baseAttributes, etagOf, type Representation } from './representation.ts';
import type { UserRow } from './user-statements.ts';

/** A directory user as the SCIM resource that the identity provider reads back, before projection. */
export function userRepresentation(row: UserRow, baseUrl: string): Representation {
  const location = `${baseUrl}/Users/${row.id}`;
  const resource: ScimResource = {
    ...baseAttributes(row, 'User', userUrn, location),
    ...withManager(row.resource, row.manager, baseUrl),
  };
  if (row.groups !== null && row.groups.length > 0) {
    const groups = row.groups.toSorted((one, other) => (one.value < other.value ? -1 : 1));
    resource.groups = groups.map((group) => ({
      value: group.value,
      $ref: `${baseUrl}/Groups/${group.value}`,
      display: group.display,
      type: 'direct',
    }));
  }
  return { resource, location, etag: etagOf(row.version) };
}

/** `manager.$ref` and `manager.displayName` are derived: they are right as long as the manager is in the directory. */
function withManager(resource: ScimResource, manager: UserRow['manager'], baseUrl: string): ScimResource {
  if (manager === null) return resource;
  const extension = resource[enterpriseUserUrn] as { manager: { value: string } };
  const { value } = extension.manager;
  const reference = {
    value,
    $ref: `${baseUrl}/Users/${manager.id}`,
    ...(manager.displayName === null ? {} : { displayName: manager.displayName }),
  };
  return { ...resource, [enterpriseUserUrn]: { ...extension, manager: reference } };
}
