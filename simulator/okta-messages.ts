import { createHash } from 'node:crypto';
import type { DirectoryGroup, Person } from './company.ts';
import { enterpriseUrn } from './entra-mapping.ts';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * A person as Okta sends them: the whole profile, with the random password of *Sync Password* and the manager by name
 * only (developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20).
 */
export function oktaUser(person: Person, managerName: string | null): Record<string, unknown> {
  const { userPrincipalName, givenName, surname, displayName, mail } = person;
  return {
    schemas: [userUrn, enterpriseUrn],
    userName: userPrincipalName,
    name: { givenName, familyName: surname },
    emails: [{ primary: true, value: mail ?? userPrincipalName, type: 'work' }],
    displayName,
    ...(person.jobTitle === null ? {} : { title: person.jobTitle }),
    ...(person.preferredLanguage === null ? {} : { preferredLanguage: person.preferredLanguage }),
    locale: person.preferredLanguage ?? 'en-US',
    externalId: `00u${oktaId(person.objectId)}`,
    groups: [],
    password: oktaId(`${person.objectId} password`),
    active: true,
    [enterpriseUrn]: {
      employeeNumber: person.employeeId,
      department: person.department,
      ...(person.costCenter === null ? {} : { costCenter: person.costCenter }),
      ...(managerName === null ? {} : { manager: { displayName: managerName } }),
    },
  };
}

/** A pushed group before its members. */
export function oktaGroup({ displayName }: DirectoryGroup): Record<string, unknown> {
  return { schemas: [groupUrn], displayName, members: [] };
}

/** Members who are added to a pushed group. */
export function addMembers(members: readonly { value: string; display: string | null }[]): object {
  return { schemas: [patchUrn], Operations: [{ op: 'add', path: 'members', value: members }] };
}

/** Members who are taken out of a pushed group, one operation each. */
export function removeMembers(ids: readonly string[]): object {
  const operations = ids.map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` }));
  return { schemas: [patchUrn], Operations: operations };
}

/** Somebody who is no longer assigned to the app; Okta deletes nobody. */
export const deactivation: object = {
  schemas: [patchUrn],
  Operations: [{ op: 'replace', value: { active: false } }],
};

/** A pushed group with a new name. */
export function renaming(id: string, displayName: string): object {
  return { schemas: [patchUrn], Operations: [{ op: 'replace', value: { id, displayName } }] };
}

/** Ids of Okta are twenty letters and digits; the same for the same person. */
function oktaId(seed: string): string {
  return createHash('sha256').update(seed).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 17);
}
