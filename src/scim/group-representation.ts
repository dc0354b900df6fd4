import { groupUrn } from '../scim-core/messages.ts';
import type { ScimResource } from '../scim-core/resource.ts';
import type { GroupRow } from './group-statements.ts';
import { baseAttributes, etagOf, type Representation } from './representation.ts';

/** A directory group as the SCIM resource that the identity provider reads back, before projection. */
export function groupRepresentation(row: GroupRow, baseUrl: string): Representation {
  const location = `${baseUrl}/Groups/${row.id}`;
  const resource: ScimResource = { ...baseAttributes(row, 'Group', groupUrn, location), ...row.resource };
  if (row.members !== null) resource.members = row.members.map((member) => memberOf(member, baseUrl));
  return { resource, location, etag: etagOf(row.version) };
}

/** A member who has not arrived has no `$ref`: there is nothing it could lead to. */
function memberOf(member: NonNullable<GroupRow['members']>[number], baseUrl: string): ScimResource {
  return {
    value: member.value,
    ...(member.userId === null ? {} : { $ref: `${baseUrl}/Users/${member.userId}` }),
    ...(member.display === null ? {} : { display: member.display }),
    type: member.type ?? 'User',
  };
}
