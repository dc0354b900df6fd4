/** The text fields of a member, in the order in which the screen shows them, with their names. */
const fields = {
  email: { en: 'E-mail', de: 'E-Mail' },
  firstName: { en: 'First name', de: 'Vorname' },
  lastName: { en: 'Last name', de: 'Nachname' },
  displayName: { en: 'Display name', de: 'Anzeigename' },
  jobTitle: { en: 'Job title', de: 'Position' },
  language: { en: 'Language', de: 'Sprache' },
};

export type MemberTextField = keyof typeof fields;

export const memberTextFields = Object.keys(fields) as MemberTextField[];

type FieldTexts = Record<`field.${MemberTextField}`, string>;

/** The names of the fields in one language, as the locales hold them. */
export function memberFieldTexts(language: 'en' | 'de'): FieldTexts {
  return Object.fromEntries(
    memberTextFields.map((field) => [`field.${field}`, fields[field][language]]),
  ) as FieldTexts;
}
