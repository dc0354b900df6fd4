import { randomUUID } from 'node:crypto';

/** Bodies and queries as Microsoft Entra ID sends them: learn.microsoft.com, "Develop a SCIM endpoint". */
const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The user name of the n-th person. */
export function userNameOf(index: number): string {
  return `person.${index}@contoso.example`;
}

/** `GET /Users?filter=userName eq "…"`, with the blanks written as Entra writes them. */
export function lookupPath(userName: string): string {
  return `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`;
}

export function createUserBody(index: number): string {
  const userName = userNameOf(index);
  return JSON.stringify({
    schemas: [userUrn, enterpriseUrn],
    externalId: randomUUID(),
    userName,
    active: true,
    displayName: `Alex Wilber ${index}`,
    title: 'Marketing Assistant',
    emails: [{ primary: true, type: 'work', value: userName }],
    phoneNumbers: [{ type: 'mobile', value: '+1 858 5550109' }],
    addresses: [{ type: 'work', streetAddress: '1 Main Street', postalCode: '92101', primary: false }],
    name: { formatted: `Alex Wilber ${index}`, givenName: 'Alex', familyName: `Wilber ${index}` },
    meta: { resourceType: 'User' },
    roles: [],
    [enterpriseUrn]: { department: 'Marketing', employeeNumber: String(700_000 + index) },
  });
}

/** A new title, name and department. */
export function changeThreeBody(index: number): string {
  return patchBody([
    { op: 'Replace', path: 'title', value: `Marketing Manager ${index}` },
    { op: 'Replace', path: 'name.familyName', value: `Vance ${index}` },
    { op: 'Replace', path: `${enterpriseUrn}:department`, value: `Sales ${index}` },
  ]);
}

/** As Entra words it with `aadOptscim062020`; its older wording, the text "False", SCIMMY refuses. */
export const deactivateBody = patchBody([{ op: 'replace', path: 'active', value: false }]);

/** Entra creates a group without members and fills it by PATCH. */
export function createGroupBody(displayName: string): string {
  return JSON.stringify({
    schemas: [groupUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId: randomUUID(),
    displayName,
    meta: { resourceType: 'Group' },
  });
}

/** A group with members from the start, as other identity providers send it. */
export function createFilledGroupBody(displayName: string, userIds: readonly string[]): string {
  return JSON.stringify({
    schemas: [groupUrn],
    displayName,
    members: userIds.map((value) => ({ value })),
  });
}

export function addMembersBody(userIds: readonly string[]): string {
  return patchBody([{ op: 'Add', path: 'members', value: userIds.map((value) => ({ value })) }]);
}

export function removeMembersBody(userIds: readonly string[]): string {
  return patchBody([{ op: 'Remove', path: 'members', value: userIds.map((value) => ({ value })) }]);
}

function patchBody(operations: object[]): string {
  return JSON.stringify({ schemas: [patchUrn], Operations: operations });
}
