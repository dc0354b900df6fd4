/** The member fields that a person or a mapping rule can write; the manager stands apart, since it is a reference. */
export const memberFields = [
  'email',
  'firstName',
  'lastName',
  'displayName',
  'jobTitle',
  'language',
] as const;

/** A text field of a member, as MEMBER spells it. */
export type MemberField = (typeof memberFields)[number];

/** Longest name, title or other text field of a member, in UTF-16 units. */
export const memberTextLengthMaxChars = 256;

/** Which column of `member` holds which field. */
export const memberColumns = {
  email: 'email',
  firstName: 'first_name',
  lastName: 'last_name',
  displayName: 'display_name',
  jobTitle: 'job_title',
  language: 'language',
} as const satisfies Record<MemberField, string>;

/** How `member.provisioned_fields` and a change name a property. */
export function propertyFieldName(propertyKey: string): string {
  return `properties.${propertyKey}`;
}
