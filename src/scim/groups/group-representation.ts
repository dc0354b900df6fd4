import { groupUrn } from '../../scim-core/urns.ts';
import type { GroupRow } from './group-statements.ts';
import { type Representation, represent } from '../protocol/representation.ts';

const groupType = { name: 'Group', urn: groupUrn } as const;

/** The address of a group. */
export function groupLocation(baseUrl: string, id: string): string {
  return `${baseUrl}/Groups/${id}`;
}

/** A directory group as the SCIM resource that the identity provider reads back, before projection. */
export function groupRepresentation(row: GroupRow, baseUrl: string): Representation {
  const location = groupLocation(baseUrl, row.id);
  if (row.members === null) return represent(row, groupType, location, row.json);
  return represent(row, groupType, location, row.json, { name: 'members', json: row.members });
}
