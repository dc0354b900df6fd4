import type { Member } from '../../api/shapes.ts';

/** How a member is called: display name, else first and last name, else the address. */
export function memberName(member: Pick<Member, 'displayName' | 'firstName' | 'lastName' | 'email'>): string {
  if (member.displayName) return member.displayName;
  return [member.firstName, member.lastName].filter(Boolean).join(' ') || member.email;
}
