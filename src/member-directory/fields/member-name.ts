type NameTexts = Record<'displayName' | 'firstName' | 'lastName' | 'email', string | null>;

/**
 * What a member is called: the display name, else first and last name, else the address. `memberNameSql` says the same.
 *
 * @returns empty: none of them is known yet, which happens to no member
 */
export function memberName({ displayName, firstName, lastName, email }: Partial<NameTexts>): string {
  return displayName || [firstName, lastName].filter(Boolean).join(' ') || (email ?? '');
}
