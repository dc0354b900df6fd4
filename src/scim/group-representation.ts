import { groupUrn } from '../scim-core/messages.ts';
import type { GroupRow } from './group-statements.ts';
import { type Representation, represent } from './representation.ts';

const groupType = { name: 'Group', urn: groupUrn } as const;

/** A directory group as the SCIM resource that the identity provider reads back, before projection. */
export function groupRepresentation(row: GroupRow, baseUrl: string): Representation {
  const location = `${baseUrl}/Groups/${row.id}`;
  if (row.members === null) return represent(row, groupType, location, row.json);
  return represent(row, groupType, location, row.json, { name: 'members', json: row.members });
}
