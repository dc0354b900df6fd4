import type { MemberTexts } from './member-field.ts';

/** What a member is called: the display name, else first and last name, else the address. `memberNameSql` says the same. */
export function memberName({
  displayName,
  firstName,
  lastName,
  email,
}: Pick<MemberTexts, 'displayName' | 'firstName' | 'lastName' | 'email'>): string {
  return displayName || [firstName, lastName].filter(Boolean).join(' ') || email;
}
