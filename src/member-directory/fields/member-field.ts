import type { Language, Sentence } from '../../errors/sentence.ts';

/** Longest name, title or other text field of a member, in UTF-16 units. */
export const memberTextLengthMaxChars = 256;

/** An attribute of SCIM that the built-in mapping rules fill a field from, and the transform that they apply. */
interface DefaultSource {
  path: string;
  transform?: { name: string; args: string[] };
}

interface TextField {
  /** What people call the field in the middle of a sentence. */
  title: Sentence;
  /** What the documentation of the API says. */
  description: string;
  lengthMaxChars: number;
  /** Where the built-in rules look for it, first choice first. */
  sources: readonly DefaultSource[];
}

/**
 * The text fields of a member, in the order in which people see them. All else that knows these fields is made from this
 * list: the table, statements, input, API, CSV columns, synchronization, built-in rules and suggestions. `firstName` is
 * the column `first_name`. See docs/how-to/add-a-member-field.md.
 */
const textFields = {
  email: {
    title: { en: 'e-mail address', de: 'E-Mail-Adresse' },
    description: 'E-mail address; no other member may have it.',
    lengthMaxChars: memberTextLengthMaxChars,
    sources: [
      { path: 'emails[primary eq true].value' },
      { path: 'emails[type eq "work"].value' },
      { path: 'emails.value' },
      { path: 'userName', transform: { name: 'onlyEmail', args: [] } },
    ],
  },
  firstName: {
    title: { en: 'first name', de: 'Vorname' },
    description: 'Given name.',
    lengthMaxChars: memberTextLengthMaxChars,
    sources: [{ path: 'name.givenName' }],
  },
  lastName: {
    title: { en: 'last name', de: 'Nachname' },
    description: 'Family name.',
    lengthMaxChars: memberTextLengthMaxChars,
    sources: [{ path: 'name.familyName' }],
  },
  displayName: {
    title: { en: 'display name', de: 'Anzeigename' },
    description: 'Name as it is shown.',
    lengthMaxChars: memberTextLengthMaxChars,
    sources: [
      { path: 'displayName' },
      { path: 'name.formatted' },
      {
        path: 'name.familyName',
        transform: { name: 'template', args: ['{name.givenName} {name.familyName}'] },
      },
    ],
  },
  jobTitle: {
    title: { en: 'job title', de: 'Position' },
    description: 'Job title.',
    lengthMaxChars: memberTextLengthMaxChars,
    sources: [{ path: 'title' }],
  },
  language: {
    title: { en: 'language', de: 'Sprache' },
    description: 'Language as in BCP 47: de, en-US.',
    lengthMaxChars: memberTextLengthMaxChars,
    sources: [
      { path: 'preferredLanguage', transform: { name: 'matchLanguage', args: [] } },
      { path: 'locale', transform: { name: 'matchLanguage', args: [] } },
    ],
  },
} satisfies Record<string, TextField>;

/** A text field of a member, as the API and mapping rules name it. */
export type MemberField = keyof typeof textFields;

/** What is known about each text field. */
export const memberTextFields: Readonly<Record<MemberField, TextField>> = textFields;

/** A text field that a member need not have. */
export type OptionalMemberField = Exclude<MemberField, 'email'>;

/** The text fields of a member. */
export type MemberTexts = { email: string } & Record<OptionalMemberField, string | null>;

/** What a person or a mapping rule can write; the manager is a reference and stands apart. */
export const memberFields = Object.keys(memberTextFields) as MemberField[];

export const optionalMemberFields = memberFields.filter(
  (field): field is OptionalMemberField => field !== 'email',
);

/** The text fields of a member, each made from its name. */
export function forEachMemberField<Value>(make: (field: MemberField) => Value): Record<MemberField, Value> {
  return Object.fromEntries(memberFields.map((field) => [field, make(field)])) as Record<MemberField, Value>;
}

/** The optional text fields of a member, each made from its name. */
export function forEachOptionalField<Value>(
  make: (field: OptionalMemberField) => Value,
): Record<OptionalMemberField, Value> {
  return Object.fromEntries(optionalMemberFields.map((field) => [field, make(field)])) as Record<
    OptionalMemberField,
    Value
  >;
}

const managerTitle: Sentence = { en: 'manager', de: 'Führungskraft' };
const roleTitle: Sentence = { en: 'role', de: 'Rolle' };

/** The words for a field that a change names; for a property, its key. */
export function fieldTitle(name: string, language: Language): string {
  if (Object.hasOwn(memberTextFields, name)) return memberTextFields[name as MemberField].title[language];
  if (name === 'managerId') return managerTitle[language];
  if (name === 'role') return roleTitle[language];
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
