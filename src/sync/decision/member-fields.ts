import { isDeepStrictEqual } from 'node:util';
import { managerTarget } from '../../attribute-mapping/mapping/map-attributes.ts';
import { optionalMemberFields, propertyKeyIn } from '../../member-directory/fields/member-field.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { own, setOwn } from '../../scim-core/resource.ts';
import type { MemberState } from './person.ts';
import { roleField } from './roles.ts';

/** Whether a field of a member, named as in a change, holds this value; null: it is empty. */
export function hasValue(member: MemberState, field: string, value: unknown): boolean {
  const key = propertyKeyIn(field);
  if (key !== null) return isDeepStrictEqual(own(member.properties, key) ?? null, value);
  return isDeepStrictEqual((member as unknown as Record<string, unknown>)[field] ?? null, value);
}

/** Sets a field of a member in place, named as in a change; null empties it. An address is never emptied. */
export function setValue(member: MemberState, field: string, value: unknown): void {
  const key = propertyKeyIn(field);
  if (key !== null) {
    if (value === null) delete member.properties[key];
    else setOwn(member.properties, key, value);
    return;
  }
  const text = typeof value === 'string' ? value : null;
  const textField = optionalMemberFields.find((known) => known === field);
  if (textField !== undefined) member[textField] = text;
  else if (field === managerTarget) member.managerId = text;
  else if (field === roleField) {
    member.role = text;
    // What gives it is known again when the person is next looked at.
    member.roleGroups = [];
  } else if (field === 'status') member.status = value as MemberState['status'];
  else if (field === 'email' && text !== null) {
    member.email = text;
    member.emailKey = foldCase(text);
  }
}
