import type { Property } from '../../member-directory/properties/property-row.ts';
import { departmentProperty } from '../../member-directory/properties/default-property.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import { own } from '../../scim-core/resource.ts';
import type { MemberState, Person } from '../decision/person.ts';

/**
 * What tells people of one name apart: as the member will be; of who stays as they are, as the member is; of who is no member,
 * as the identity provider sent it.
 */
export interface PersonFacts {
  email: string | null;
  department: string | null;
  title: string | null;
}

/** Where the facts of a person come from; what is not there is null. */
interface FactSources {
  mapped: Person['mapped'];
  resource: unknown;
  member: Pick<MemberState, 'email' | 'jobTitle' | 'properties'> | null;
}

/** The facts of somebody who is planned. */
export function factsOf(
  { mapped, directoryUser, member }: Person,
  properties: readonly Property[],
): PersonFacts {
  return factsFrom({ mapped, resource: directoryUser?.resource, member }, properties);
}

/** The facts of somebody, from what there is of them. */
export function factsFrom(
  { mapped, resource, member }: FactSources,
  properties: readonly Property[],
): PersonFacts {
  const department = properties.find(({ key }) => key === departmentProperty.key);
  const shown = (values: Record<string, unknown> | undefined) =>
    shownValue(own(values, departmentProperty.key), department);
  return {
    email: textIn(mapped?.fields.email) ?? member?.email ?? addressIn(own(resource, 'emails')),
    department:
      shown(mapped?.properties) ??
      shown(member?.properties) ??
      textIn(own(own(resource, enterpriseUserUrn), 'department')),
    title: textIn(mapped?.fields.jobTitle) ?? member?.jobTitle ?? textIn(own(resource, 'title')),
  };
}

/** The primary address, or else the first. */
export function addressIn(emails: unknown): string | null {
  if (!Array.isArray(emails)) return null;
  const addresses = emails as unknown[];
  const chosen = addresses.find((email) => own(email, 'primary') === true) ?? addresses[0];
  return textIn(own(chosen, 'value'));
}

/** A value as people read it: an option by its name. */
function shownValue(value: unknown, property: Property | undefined): string | null {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const names = values.flatMap((each) => {
    const text = textIn(each);
    return text === null ? [] : (property?.options?.find(({ key }) => key === text)?.name ?? text);
  });
  return names.length === 0 ? null : names.join(', ');
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
