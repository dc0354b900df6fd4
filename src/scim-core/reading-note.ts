/** What a note on a request can say: why something was left out, or what was assumed. */
export type NoteCode = keyof typeof leftOutReasons | keyof typeof remarks;

/** One thing that the service did not read as sent, or that it decided because the request left it open. */
export interface ReadingNote {
  /** The attribute, as SCIM calls it: `title`, `addresses.postalCode`, `<URN>:department`. */
  readonly path: string;
  readonly code: NoteCode;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** Longest path that a note names, in UTF-16 units. */
const notePathLengthMaxChars = 200;

/**
 * Why something was left out. The English texts continue after the attribute's name, or after "it", and are also the
 * `detail` of a refusal. The German texts are complete sentences.
 */
const leftOutReasons = {
  'not-text': { en: 'must be text', de: 'Hier muss Text stehen.' },
  'several-values': {
    en: 'takes one value, not {count}',
    de: 'Hier ist ein einziger Wert möglich, gesendet wurden {count}.',
  },
  'not-an-object': {
    en: 'must be an object with named parts',
    de: 'Hier muss ein Objekt mit benannten Teilen stehen.',
  },
  'not-true-or-false': { en: 'must be true or false', de: 'Hier muss true oder false stehen.' },
  'not-a-number': { en: 'must be a number', de: 'Hier muss eine Zahl stehen.' },
  'not-a-date': {
    en: 'must be a date and time such as "2026-01-31T12:00:00Z"',
    de: 'Hier muss ein Zeitpunkt wie „2026-01-31T12:00:00Z“ stehen.',
  },
  'unstorable-text': {
    en: 'contains characters that text cannot have',
    de: 'Es kommen Zeichen vor, die in Text nicht vorkommen können.',
  },
  'inexact-number': {
    en: 'is a number with more digits than can be read exactly; it can be sent as text',
    de: 'Die Zahl hat mehr Stellen, als sich genau lesen lassen; sie kann als Text gesendet werden.',
  },
  'too-deep': {
    en: 'nests deeper than {levelsMax} levels',
    de: 'Der Wert ist tiefer als {levelsMax} Ebenen verschachtelt.',
  },
  'nothing-given': { en: 'holds no value', de: 'Es steht kein Wert darin.' },
  'part-missing': { en: 'needs {part}', de: 'Es fehlt {part}.' },
  'no-such-part': {
    en: 'names a part that the attribute cannot have',
    de: 'Einen solchen Teil kann das Attribut nicht haben.',
  },
  'not-a-name': {
    en: 'is not the name of an attribute',
    de: 'Das ist kein Name eines Attributs.',
  },
  'part-of-schema-name': {
    en: 'is only the beginning of the name of a schema',
    de: 'Das ist nur der Anfang des Namens eines Schemas.',
  },
  'read-only': { en: 'is read-only', de: 'Das Attribut kann nur gelesen werden.' },
  'too-large': {
    en: 'is too large: the resource would take more than {bytesMax} bytes',
    de: 'Es ist zu groß: Der Eintrag würde mehr als {bytesMax} Bytes umfassen.',
  },
  'secret-name': {
    en: 'is named like a password or another secret, and the service keeps none',
    de: 'Der Name ist der eines Passworts oder eines anderen Geheimnisses, und der Dienst bewahrt keine auf.',
  },
  'member-detail': {
    en: 'is not kept: of a member the service keeps value, type and display',
    de: 'Von einem Mitglied bewahrt der Dienst nur value, type und display auf.',
  },
} as const;

/** What was decided because the request left it open. */
const remarks = {
  'active-kept': {
    en: 'The request did not say whether the person is active; active stays {active}.',
    de: 'Die Anfrage sagt nicht, ob die Person aktiv ist; active bleibt {active}.',
  },
  'active-absent': {
    en: 'The request did not say whether the person is active; by the setting of this workspace that means inactive.',
    de: 'Die Anfrage sagt nicht, ob die Person aktiv ist; nach der Einstellung dieses Arbeitsbereichs heißt das inaktiv.',
  },
} as const;

/** Codes for readable values that were left out on purpose. */
const deliberate: ReadonlySet<NoteCode> = new Set<NoteCode>([
  'secret-name',
  'member-detail',
  'read-only',
  'too-large',
]);
/** Codes for faults of a name rather than of a value. */
const ofNames: ReadonlySet<NoteCode> = new Set<NoteCode>([
  'no-such-part',
  'not-a-name',
  'part-of-schema-name',
]);

/** A note about an attribute. */
export function readingNote(path: string, code: NoteCode, params: ReadingNote['params'] = {}): ReadingNote {
  return { path: path.slice(0, notePathLengthMaxChars).toWellFormed().replaceAll('\0', ''), code, params };
}

/** Whether the note is about something that was left out because it could not be read. */
export function isUnreadable({ code }: ReadingNote): boolean {
  return isLeftOut(code) && !deliberate.has(code);
}

/** Whether a note is about a name, so that a refusal for it blames the path. */
export function isAboutName({ code }: ReadingNote): boolean {
  return ofNames.has(code);
}

/** The text of a refusal for the same reason: `title must be text.` */
export function refusalDetail({ path, code, params }: ReadingNote): string {
  const reason = isLeftOut(code) ? leftOutReasons[code].en : remarks[code].en;
  return isLeftOut(code) ? `${path} ${filled(reason, params)}.` : filled(reason, params);
}

/** What a note tells the admin, in their language. */
export function noteText({ path, code, params }: ReadingNote, language: 'en' | 'de'): string {
  if (!isLeftOut(code)) return filled(remarks[code][language], params);
  const reason = filled(leftOutReasons[code][language], params);
  return language === 'en' ? `${path} was left out: it ${reason}.` : `${path} wurde ausgelassen. ${reason}`;
}

/** Whether a text is the code of a note. */
export function isNoteCode(text: unknown): text is NoteCode {
  return typeof text === 'string' && (Object.hasOwn(leftOutReasons, text) || Object.hasOwn(remarks, text));
}

/** Every code, for documentation. */
export const noteCodes = [...Object.keys(leftOutReasons), ...Object.keys(remarks)] as NoteCode[];

function isLeftOut(code: NoteCode): code is keyof typeof leftOutReasons {
  return Object.hasOwn(leftOutReasons, code);
}

function filled(sentence: string, params: ReadingNote['params']): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : '–',
  );
}
