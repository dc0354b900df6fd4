import type { Person } from './company.ts';

/** Schema URNs that Entra uses. */
export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const adScimGroupUrn = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** An extension that the customer defined; Entra sends its attributes without naming it in `schemas`. */
export const customUrn = 'urn:ietf:params:scim:schemas:extension:nordlicht:2.0:User';
/** Where the manager's id goes; set in a second pass, when everyone exists. */
export const managerPath = `${enterpriseUrn}:manager`;

/** A resource or message body whose content is not known yet. */
export type JsonObject = Record<string, unknown>;

/** One row of the attribute mapping: SCIM target and the source's value. */
interface MappingRow {
  path: string;
  of: (person: Person) => string | boolean | null;
}

/**
 * Entra's default user mapping with the recommended `externalId ← objectId`, and one custom attribute.
 * Source: learn.microsoft.com, "Customize application attributes" and "Tutorial: develop a SCIM endpoint".
 */
export const userMapping: readonly MappingRow[] = [
  { path: 'userName', of: (person) => person.userPrincipalName },
  { path: 'active', of: (person) => person.accountEnabled },
  { path: 'externalId', of: (person) => person.objectId },
  { path: 'displayName', of: (person) => person.displayName },
  { path: 'title', of: (person) => person.jobTitle },
  { path: 'preferredLanguage', of: (person) => person.preferredLanguage },
  { path: 'name.givenName', of: (person) => person.givenName },
  { path: 'name.familyName', of: (person) => person.surname },
  { path: 'name.formatted', of: (person) => person.displayName },
  { path: 'emails[type eq "work"].value', of: (person) => person.mail },
  { path: 'phoneNumbers[type eq "work"].value', of: (person) => person.telephoneNumber },
  { path: 'phoneNumbers[type eq "mobile"].value', of: (person) => person.mobile },
  { path: 'addresses[type eq "work"].streetAddress', of: (person) => person.streetAddress },
  { path: 'addresses[type eq "work"].locality', of: (person) => person.city },
  { path: 'addresses[type eq "work"].postalCode', of: (person) => person.postalCode },
  { path: 'addresses[type eq "work"].country', of: (person) => person.country },
  { path: `${enterpriseUrn}:employeeNumber`, of: (person) => person.employeeId },
  { path: `${enterpriseUrn}:department`, of: (person) => person.department },
  { path: `${enterpriseUrn}:costCenter`, of: (person) => person.costCenter },
  { path: `${customUrn}:workerType`, of: (person) => person.workerType },
];

/** A value that the target should have. `add` when it has none yet, as Entra words it. */
export interface AttributeChange {
  verb: 'add' | 'replace';
  path: string;
  value: string | boolean;
}

/** What must be sent so that the resource reads like the person. Values that the source lost are not sent, as in Entra. */
export function differences(person: Person, resource: JsonObject): AttributeChange[] {
  const changes: AttributeChange[] = [];
  for (const { path, of } of userMapping) {
    const value = of(person);
    if (value === null) continue;
    const current = readAttribute(resource, path);
    if (current === value) continue;
    const absent = current === undefined || current === null || current === '';
    changes.push({ verb: absent ? 'add' : 'replace', path, value });
  }
  return changes;
}

/** The value at one of the mapping's paths in a resource, undefined when there is none. */
export function readAttribute(resource: JsonObject, path: string): unknown {
  for (const urn of [enterpriseUrn, customUrn]) {
    if (path.startsWith(`${urn}:`)) return fieldOf(resource[urn], path.slice(urn.length + 1));
  }
  const filtered = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
  if (filtered === null) {
    const [attribute = '', subAttribute] = path.split('.');
    return subAttribute === undefined ? resource[attribute] : fieldOf(resource[attribute], subAttribute);
  }
  const [, attribute = '', type, subAttribute = ''] = filtered;
  const elements: unknown = resource[attribute];
  if (!Array.isArray(elements)) return undefined;
  return fieldOf(
    elements.find((element) => fieldOf(element, 'type') === type),
    subAttribute,
  );
}

/** The id of the manager in a resource, undefined when there is none. */
export function readManager(resource: JsonObject): string | undefined {
  const id = fieldOf(fieldOf(resource[enterpriseUrn], 'manager'), 'value');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** A field of a value that may be no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[name] : undefined;
}
