import { enterpriseUserUrn, userUrn } from '../../scim-core/urns.ts';
import { type Representation, represent, storedResource } from '../protocol/representation.ts';
import type { UserRow } from './read-users.ts';

const userType = { name: 'User', urn: userUrn } as const;

/** A directory user as the SCIM resource that the identity provider reads back, before projection. */
export function userRepresentation(row: UserRow, baseUrl: string): Representation {
  const location = `${baseUrl}/Users/${row.id}`;
  const json = row.manager === null ? row.json : withManager(row, row.manager, baseUrl);
  if (row.groups === null || row.groups.length === 0) return represent(row, userType, location, json);
  const groups = row.groups.toSorted((one, other) => (one.value < other.value ? -1 : 1));
  const value = groups.map((group) => ({
    value: group.value,
    $ref: `${baseUrl}/Groups/${group.value}`,
    display: group.display,
    type: 'direct',
  }));
  return represent(row, userType, location, json, { name: 'groups', json: JSON.stringify(value) });
}

/** `manager.$ref` and `manager.displayName` are derived: they are given as long as the manager is in the directory. */
function withManager(row: UserRow, manager: NonNullable<UserRow['manager']>, baseUrl: string): string {
  const resource = storedResource(row);
  const extension = resource[enterpriseUserUrn] as { manager: { value: string } };
  const reference = {
    ...extension.manager,
    $ref: `${baseUrl}/Users/${manager.id}`,
    ...(manager.displayName === null ? {} : { displayName: manager.displayName }),
  };
  return JSON.stringify({ ...resource, [enterpriseUserUrn]: { ...extension, manager: reference } });
}
