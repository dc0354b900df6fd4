import type { Sentence, Wording } from '../errors/language.ts';

/** What can be wrong with what people say about members and properties, without its subject, which is the place. */
const memberFaults = {
  'is-required': { en: 'is required', de: 'ist ein Pflichtfeld' },
  'unknown-property': {
    en: 'is no property of this workspace',
    de: 'ist keine Eigenschaft dieses Arbeitsbereichs',
  },
  'filled-by-provisioning': {
    en: 'is filled by user provisioning alone',
    de: 'wird allein von der Benutzerbereitstellung gefüllt',
  },
  'no-member': { en: 'is the id of no member', de: 'ist die ID keines Mitglieds' },
  'own-manager': { en: 'is the member himself', de: 'ist das Mitglied selbst' },
  'no-header': {
    en: 'is missing: it must name the columns',
    de: 'fehlt: sie muss die Spalten nennen',
  },
  'too-many-rows': {
    en: 'The file must have at most {rowsMax} rows.',
    de: 'Die Datei darf höchstens {rowsMax} Zeilen haben.',
  },
  'unknown-column': {
    en: 'names no field or property: {column}',
    de: 'nennt kein Feld und keine Eigenschaft: {column}',
  },
  'no-email-column': { en: 'must name a column email', de: 'muss eine Spalte email nennen' },
  'email-missing': { en: 'is missing', de: 'fehlt' },
  'email-twice': { en: 'is on line {line} already', de: 'steht schon in Zeile {line}' },
  'email-taken': {
    en: 'is the address of another member',
    de: 'ist die Adresse eines anderen Mitglieds',
  },
  'no-other-member': {
    en: 'is the address of no other member',
    de: 'ist die Adresse keines anderen Mitglieds',
  },
  'no-list': { en: 'must be a list', de: 'muss eine Liste sein' },
  'many-options': {
    en: 'must be at most {optionsMax} options',
    de: 'dürfen höchstens {optionsMax} Optionen sein',
  },
  'bad-option': {
    en: 'must have a name (and may have a key) of 1 to {lengthMaxChars} characters',
    de: 'muss einen Namen mit 1 bis {lengthMaxChars} Zeichen haben (und darf einen solchen Schlüssel haben)',
  },
  'option-twice': { en: 'is there twice: {option}', de: 'kommt zweimal vor: {option}' },
  'no-options': {
    en: 'a property of type {type} has no options',
    de: 'eine Eigenschaft der Art {type} hat keine Optionen',
  },
  'bad-key': {
    en: 'must begin with a letter, go on with letters, digits, _ or -, and be at most 64 characters long',
    de: 'muss mit einem Buchstaben beginnen, mit Buchstaben, Ziffern, _ oder - weitergehen und höchstens 64 Zeichen lang sein',
  },
  'key-stays': {
    en: 'cannot change: the key of this property stays {key}',
    de: 'lässt sich nicht ändern: der Schlüssel dieser Eigenschaft bleibt {key}',
  },
} satisfies Record<string, Sentence>;

export type MemberFaultCode = keyof typeof memberFaults;

/** Their codes. */
export const memberFaultCodes = Object.keys(memberFaults) as MemberFaultCode[];

/** What is wrong, with what the sentence about it needs. */
export function memberFault(code: MemberFaultCode, params: Record<string, unknown> = {}): Wording {
  return { code, params, sentence: memberFaults[code] };
}
