import type { ScimClient } from './workspace.ts';

/** A person as an identity provider sends them, valid by default. */
export function personBody(userName: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const [first = userName] = userName.split('@');
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    externalId: `external-${userName}`,
    active: true,
    displayName: first,
    emails: [{ type: 'work', primary: true, value: userName }],
    ...more,
  };
}

/** Sends a person to the directory and answers with the id of the directory user. */
export async function givenPerson(
  scim: ScimClient,
  userName: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const created = await scim.post('/Users', personBody(userName, more)).expect(201);
  return created.body.id;
}

/** Changes single attributes of a person, as a PATCH that replaces them. */
export async function changePerson(
  scim: ScimClient,
  id: string,
  values: Record<string, unknown>,
): Promise<void> {
  const operations = Object.entries(values).map(([path, value]) => ({ op: 'replace', path, value }));
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
  await scim.patch(`/Users/${id}`, body).expect(200);
}
