import type { FaultCode } from './fault-codes.ts';
import type { Sentence } from './sentence.ts';

/** The codes of faults; conditions of the database bring their own sentences. */
type WordedCode = Exclude<FaultCode, `database-${string}`>;

/**
 * What is said of a place in a request or a file, by the code of the fault, for those who have no words of their own. Most
 * follow the name of the place; what begins with a capital letter stands alone.
 */
export const faultSentences: Readonly<Record<WordedCode, Sentence>> = {
  required: { en: 'is required', de: 'ist ein Pflichtfeld' },
  'unknown-field': {
    en: 'is not a known field; check the spelling or leave it out',
    de: 'ist kein bekanntes Feld; prüfen Sie die Schreibweise, oder lassen Sie es weg',
  },
  'not-an-object': {
    en: 'must be an object (names and values in braces)',
    de: 'muss ein Objekt sein: Namen und Werte in geschweiften Klammern',
  },
  'not-a-list': { en: 'must be a list', de: 'muss eine Liste sein' },
  'not-a-text': { en: 'must be text', de: 'muss ein Text sein' },
  'not-a-plain-text': {
    en: 'must be text of {lengthMinChars, number} to {lengthMaxChars, number} characters without NUL',
    de: 'muss ein Text mit {lengthMinChars, number} bis {lengthMaxChars, number} Zeichen sein, ohne das Zeichen NUL',
  },
  'not-a-readable-text': {
    en: 'must be text on one line, with at least one visible character and no control or invisible characters',
    de: 'muss ein Text mit mindestens einem sichtbaren Zeichen sein, in einer Zeile, ohne Steuerzeichen und ohne unsichtbare Zeichen',
  },
  'broken-text': {
    en: 'contains half a character; type it again',
    de: 'enthält ein halbes Zeichen; geben Sie den Text noch einmal ein',
  },
  'not-true-or-false': { en: 'must be true or false', de: 'muss wahr (true) oder falsch (false) sein' },
  'not-a-number': {
    en: 'must be a number, with a point as the decimal separator',
    de: 'muss eine Zahl sein, mit einem Punkt vor den Nachkommastellen',
  },
  'not-a-whole-number': { en: 'must be a whole number', de: 'muss eine ganze Zahl sein' },
  'not-a-moment': {
    en: 'must be a date and time with a UTC offset, such as 2030-01-31T12:00:00Z',
    de: 'muss Datum und Uhrzeit mit dem Abstand zu UTC sein, etwa 2030-01-31T12:00:00Z',
  },
  'not-a-time-of-day': {
    en: 'must be a time of day such as 02:00',
    de: 'muss eine Uhrzeit sein, etwa 02:00',
  },
  'not-a-time-zone': {
    en: 'must be the name of a time zone such as Europe/Berlin',
    de: 'muss der Name einer Zeitzone sein, etwa Europe/Berlin',
  },
  'not-a-page': {
    en: 'must be a page of the settings such as user-provisioning/synchronize or members',
    de: 'muss eine Seite der Einstellungen sein, etwa user-provisioning/synchronize oder members',
  },
  'not-an-email-address': { en: 'must be an e-mail address', de: 'muss eine E-Mail-Adresse sein' },
  'not-an-id': { en: 'must be an id (UUID)', de: 'muss eine id (UUID) sein' },
  'not-one-of': { en: 'must be one of: {values}', de: 'muss eines davon sein: {values}' },
  'not-in-future': { en: 'must be in the future', de: 'muss in der Zukunft liegen' },
  'in-future': { en: 'must not be in the future', de: 'darf nicht in der Zukunft liegen' },
  'too-small': { en: 'must be at least {min, number}', de: 'muss mindestens {min, number} sein' },
  'too-large': { en: 'must be at most {max, number}', de: 'darf höchstens {max, number} sein' },
  'too-short': {
    en: 'must be at least {lengthMinChars, number} characters long',
    de: 'muss mindestens {lengthMinChars, number} Zeichen lang sein',
  },
  'too-long': {
    en: 'must be at most {lengthMaxChars, number} characters long',
    de: 'darf höchstens {lengthMaxChars, number} Zeichen lang sein',
  },
  'length-out-of-range': {
    en: 'must be {lengthMinChars, number} to {lengthMaxChars, number} characters long',
    de: 'muss {lengthMinChars, number} bis {lengthMaxChars, number} Zeichen lang sein',
  },
  'too-many-values': {
    en: 'must have at most {valuesMax, number} values',
    de: 'darf höchstens {valuesMax, number} Werte haben',
  },
  'too-deep': {
    en: 'must not be nested more than {levelsMax, number} levels deep',
    de: 'darf höchstens {levelsMax, number} Ebenen tief verschachtelt sein',
  },
  'too-many-keys': {
    en: 'must have at most {keysMax, number} names in an object',
    de: 'darf höchstens {keysMax, number} Namen in einem Objekt haben',
  },
  'unknown-property': {
    en: 'is no property of this workspace',
    de: 'ist keine Eigenschaft dieses Arbeitsbereichs',
  },
  'provisioned-only': {
    en: 'can only be filled by user provisioning',
    de: 'kann nur von der Benutzerbereitstellung gefüllt werden',
  },
  'no-member': { en: 'is not a member', de: 'ist kein Mitglied' },
  'no-workspace': { en: 'is not a workspace', de: 'ist kein Arbeitsbereich' },
  self: { en: 'cannot be the same member', de: 'darf nicht das Mitglied selbst sein' },
  'bad-key': {
    en: 'must start with a letter, contain only letters, digits, _ or -, and have at most {lengthMaxChars, number} characters',
    de: 'muss mit einem Buchstaben beginnen, dann nur Buchstaben, Ziffern, _ oder - enthalten und höchstens {lengthMaxChars, number} Zeichen lang sein',
  },
  'key-stays': {
    en: 'cannot be changed from {key}; create another property to use another key',
    de: 'kann nicht geändert werden und bleibt {key}; legen Sie für einen anderen Schlüssel eine weitere Eigenschaft an',
  },
  'no-options-here': {
    en: 'are only available for the types select and multi_select, not for {type}',
    de: 'gibt es nur bei den Typen select und multi_select, nicht bei {type}',
  },
  'bad-option': {
    en: 'must have a name (and may have a key) of 1 to {lengthMaxChars, number} characters',
    de: 'muss einen Namen (und darf einen Schlüssel) mit 1 bis {lengthMaxChars, number} Zeichen haben',
  },
  'option-twice': { en: 'contains {name} twice', de: 'enthält {name} doppelt' },
  'no-header': {
    en: 'is missing; it must name the columns, including email',
    de: 'fehlt; sie muss die Spalten nennen, darunter email',
  },
  'no-email-column': { en: 'must include a column named email', de: 'muss eine Spalte email nennen' },
  'unknown-column': {
    en: 'is not a field or property: {name}; correct the name or remove the column',
    de: 'ist weder Feld noch Eigenschaft: {name}; korrigieren Sie den Namen, oder entfernen Sie die Spalte',
  },
  'column-twice': {
    en: 'names the same field as column {column}: {name}; remove one of them',
    de: 'bezeichnet dasselbe Feld wie Spalte {column}: {name}; entfernen Sie eine der beiden',
  },
  'lost-character': {
    en: 'contains a character that another program could not read; save the file again in the program it comes from',
    de: 'enthält ein Zeichen, das ein anderes Programm nicht lesen konnte; speichern Sie die Datei im ursprünglichen Programm noch einmal',
  },
  'wrong-cell-count': {
    en: 'must have one cell per column ({columns, number}), but has {cells, number}; put text that contains a comma in quotation marks',
    de: 'muss eine Zelle pro Spalte haben ({columns, number}), hat aber {cells, number}; setzen Sie Text mit Komma in Anführungszeichen',
  },
  'bad-quotes': {
    en: 'has quotation marks that do not match; the first of them may be on an earlier line',
    de: 'hat Anführungszeichen, die nicht zusammenpassen; das erste davon kann in einer früheren Zeile stehen',
  },
  'unreadable-csv': {
    en: 'cannot be read as CSV; save the file as CSV in UTF-8',
    de: 'kann nicht als CSV gelesen werden; speichern Sie die Datei als CSV in UTF-8',
  },
  'too-many-rows': {
    en: 'must have at most {rowsMax, number} rows; split the file',
    de: 'darf höchstens {rowsMax, number} Zeilen haben; teilen Sie die Datei auf',
  },
  'address-twice': {
    en: 'is already on line {line}; remove one of them',
    de: 'steht schon in Zeile {line}; entfernen Sie eine der beiden',
  },
  'address-taken': {
    en: 'already belongs to a member; remove the line, or choose to update existing members',
    de: 'gehört schon einem Mitglied; entfernen Sie die Zeile, oder lassen Sie vorhandene Mitglieder aktualisieren',
  },
  'member-known': {
    en: 'already is the id of a member; remove the line, or choose to update existing members',
    de: 'ist schon die id eines Mitglieds; entfernen Sie die Zeile, oder lassen Sie vorhandene Mitglieder aktualisieren',
  },
  'member-twice': {
    en: 'refers to the same member as line {line}; remove one of them',
    de: 'bezeichnet dasselbe Mitglied wie Zeile {line}; entfernen Sie eine der beiden',
  },
  'two-members-meant': {
    en: 'belongs to another member than the id of the row; keep one of the two',
    de: 'gehört zu einem anderen Mitglied als die id der Zeile; behalten Sie eins von beiden',
  },
  'external-id-shared': {
    en: 'belongs to several members; name the member by id',
    de: 'gehört zu mehreren Mitgliedern; geben Sie das Mitglied mit seiner id an',
  },
  'no-other-member': {
    en: 'does not belong to another member, either here or in the file',
    de: 'gehört keinem anderen Mitglied, weder hier noch in der Datei',
  },
  'nothing-held': {
    en: 'Somebody else has decided about this person already.',
    de: 'Über diese Person hat schon jemand anderes entschieden.',
  },
  'person-twice': { en: 'is in the list twice', de: 'steht zweimal in der Liste' },
  'no-person': {
    en: 'is the id of nobody in the directory',
    de: 'ist die id von niemandem im Verzeichnis',
  },
  'no-group': {
    en: 'is the id of no group in the directory',
    de: 'ist die id keiner Gruppe im Verzeichnis',
  },
  'too-many-people': {
    en: '{people, number} people match, and one act may be about {peopleMax, number} at most. Narrow the search',
    de: '{people, number} Personen passen dazu, und auf einmal gehen höchstens {peopleMax, number}. Schränken Sie die Suche ein',
  },
  'one-choice': {
    en: 'choose people either by their ids or by what they match',
    de: 'wählen Sie Personen entweder über ihre IDs oder über eine Suche aus',
  },
  'nothing-suppressed': {
    en: 'Nothing is suppressed here any more.',
    de: 'Hier ist nichts mehr ausgesetzt.',
  },
};

/** The sentence of a code; undefined for a code of another kind, which words itself. */
export function faultSentence(code: string | undefined): Sentence | undefined {
  if (code === undefined || !Object.hasOwn(faultSentences, code)) return undefined;
  return faultSentences[code as WordedCode];
}
