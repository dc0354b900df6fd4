import type { DirectoryGroup, Person } from './company.ts';
import {
  adScimGroupUrn,
  customUrn,
  enterpriseUrn,
  groupUrn,
  managerPath,
  patchUrn,
  userUrn,
  type AttributeChange,
  type JsonObject,
} from './entra-mapping.ts';

/** How Entra words a PATCH: as it always did, or as with `aadOptscim062020` in the tenant URL. */
export type Dialect = 'default' | 'flag';

/** A body of `PATCH`. */
export interface PatchBody {
  schemas: string[];
  Operations: { op: string; path?: string; value?: unknown }[];
}

/**
 * The body of `POST /Users`. The manager is not in it: references are set when everyone exists.
 * Attributes without a value are null or left out, and the custom extension is not named in `schemas`, as Entra does.
 */
export function createUserBody(person: Person, dialect: Dialect): JsonObject {
  const phones = [phone('work', person.telephoneNumber), phone('mobile', person.mobile)].flat();
  return {
    schemas: [userUrn, enterpriseUrn],
    externalId: person.objectId,
    userName: person.userPrincipalName,
    active: wordBoolean(person.accountEnabled, dialect),
    displayName: person.displayName,
    title: person.jobTitle,
    emails: person.mail === null ? null : [{ primary: true, type: 'work', value: person.mail }],
    ...(phones.length > 0 && { phoneNumbers: phones }),
    addresses: person.city === null ? null : [workAddress(person)],
    ...(person.preferredLanguage !== null && { preferredLanguage: person.preferredLanguage }),
    name: { formatted: person.displayName, givenName: person.givenName, familyName: person.surname },
    meta: { resourceType: 'User' },
    roles: [],
    [enterpriseUrn]: {
      department: person.department,
      employeeNumber: person.employeeId,
      costCenter: person.costCenter,
    },
    [customUrn]: { workerType: person.workerType },
  };
}

function phone(type: string, value: string | null): JsonObject[] {
  return value === null ? [] : [{ type, value }];
}

function workAddress(person: Person): JsonObject {
  return {
    type: 'work',
    streetAddress: person.streetAddress,
    locality: person.city,
    postalCode: person.postalCode,
    country: person.country,
    primary: false,
  };
}

/** The body of `POST /Groups`: Entra creates a group empty and fills it by PATCH. */
export function createGroupBody(group: DirectoryGroup): JsonObject {
  return {
    schemas: [groupUrn, adScimGroupUrn],
    externalId: group.objectId,
    displayName: group.displayName,
    meta: { resourceType: 'Group' },
  };
}

/**
 * The PATCH for some changes of a user or group.
 * Default: one operation per attribute, capitalised, booleans as strings. Flag: lower case, real booleans, several
 * replaced values without filter in one operation without path, added extension values without path.
 * Source: learn.microsoft.com, "Known issues and resolutions with SCIM 2.0 protocol compliance".
 */
export function attributePatch(changes: readonly AttributeChange[], dialect: Dialect): PatchBody {
  if (dialect === 'default') {
    return patch(
      changes.map(({ verb, path, value }) => ({
        op: verb === 'add' ? 'Add' : 'Replace',
        path,
        value: wordBoolean(value, dialect),
      })),
    );
  }
  const merged = changes.filter((change) => change.verb === 'replace' && !change.path.includes('['));
  const alone = merged.length > 1 ? changes.filter((change) => !merged.includes(change)) : changes;
  const operations: PatchBody['Operations'] = alone.map(flagOperation);
  if (merged.length > 1) {
    operations.push({
      op: 'replace',
      value: Object.fromEntries(merged.map(({ path, value }) => [path, value])),
    });
  }
  return patch(operations);
}

function flagOperation({ verb, path, value }: AttributeChange): PatchBody['Operations'][number] {
  const pathless = verb === 'add' && path.startsWith('urn:') && path !== managerPath;
  return pathless ? { op: verb, value: { [path]: value } } : { op: verb, path, value };
}

/** The PATCH that takes the manager away. */
export function removeManagerPatch(dialect: Dialect): PatchBody {
  return patch([{ op: dialect === 'default' ? 'Remove' : 'remove', path: managerPath }]);
}

/** The PATCH that adds members; ids are those of the service. */
export function addMembersPatch(memberIds: readonly string[], dialect: Dialect): PatchBody {
  const [first] = memberIds;
  const value =
    memberIds.length === 1 ? [{ value: first }] : memberIds.map((id) => ({ $ref: null, value: id }));
  return patch([{ op: dialect === 'default' ? 'Add' : 'add', path: 'members', value }]);
}

/** The PATCH that removes one member; the id is that of the service. */
export function removeMemberPatch(memberId: string, dialect: Dialect): PatchBody {
  if (dialect === 'default')
    return patch([{ op: 'Remove', path: 'members', value: [{ $ref: null, value: memberId }] }]);
  return patch([{ op: 'remove', path: `members[value eq "${memberId}"]` }]);
}

function patch(operations: PatchBody['Operations']): PatchBody {
  return { schemas: [patchUrn], Operations: operations };
}

/** `active` comes from an expression that yields text unless the flag is on. */
function wordBoolean(value: string | boolean, dialect: Dialect): string | boolean {
  if (typeof value === 'string' || dialect === 'flag') return value;
  return value ? 'True' : 'False';
}
