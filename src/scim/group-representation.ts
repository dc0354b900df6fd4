import { groupUrn } from '../scim-core/messages.ts';
import type { GroupRow } from './group-statements.ts';
import { type Representation, represent } from './representation.ts';

const groupType = { name: 'Group', urn: groupUrn } as const;

/** A directory group as the SCIM resource that the identity provider reads back, before projection. */
export function groupRepresentation(row: GroupRow, baseUrl: string): Representation {
  const location = `${baseUrl}/Groups/${row.id}`;
  if (row.members === null) return represent(row, groupType, location, row.json);
  const value = row.members.map((member) => memberOf(member, baseUrl));
  return represent(row, groupType, location, row.json, { name: 'members', value });
}

/** A member who has not arrived has no `$ref`: there is nothing it could lead to. */
function memberOf(member: NonNullable<GroupRow['members']>[number], baseUrl: string) {
  return {
    value: member.value,
    ...(member.userId === null ? {} : { $ref: `${baseUrl}/Users/${member.userId}` }),
    ...(member.display === null ? {} : { display: member.display }),
    type: member.type ?? 'User',
  };
}
