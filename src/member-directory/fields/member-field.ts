import type { Language, Sentence } from '../../errors/language.ts';

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

/** What people call the fields, the manager included. */
const fieldTitles: Record<MemberField | 'managerId', Sentence> = {
  email: { en: 'e-mail address', de: 'E-Mail-Adresse' },
  firstName: { en: 'first name', de: 'Vorname' },
  lastName: { en: 'last name', de: 'Nachname' },
  displayName: { en: 'display name', de: 'Anzeigename' },
  jobTitle: { en: 'job title', de: 'Position' },
  language: { en: 'language', de: 'Sprache' },
  managerId: { en: 'manager', de: 'Führungskraft' },
};

/** A field in words, by the name that a change gives it; of a property the key. */
export function fieldTitle(name: string, language: Language): string {
  if (Object.hasOwn(fieldTitles, name)) return fieldTitles[name as keyof typeof fieldTitles][language];
  return propertyKeyIn(name) ?? name;
}

const propertyPrefix = 'properties.';

/** How `member.provisioned_fields` and a change name a property. */
export function propertyFieldName(propertyKey: string): string {
  return propertyPrefix + propertyKey;
}

/** The key of the property that a field name stands for, or null for a field of the member itself. */
export function propertyKeyIn(fieldName: string): string | null {
  return fieldName.startsWith(propertyPrefix) ? fieldName.slice(propertyPrefix.length) : null;
}
