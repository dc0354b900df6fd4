import type { importEn } from './import-en.ts';

/** What a file of members needs in German. */
export const importDe: Record<keyof typeof importEn, string> = {
  'import.text':
    'Entweder werden alle Personen der Datei importiert oder keine. Jeder Fehler wird mit Zeilennummer genannt. Die erste Zeile enthält die Spaltennamen, zum Beispiel „Vorname“ oder firstName; nur die E-Mail-Adresse ist erforderlich.',
  'import.file': 'CSV-Datei',
  'import.choose': 'Datei auswählen',
  'import.update': 'Vorhandene Mitglieder aktualisieren',
  'import.updateText':
    'Vorhandene Mitglieder werden über id, externalId oder E-Mail erkannt und aus der Datei aktualisiert. Eine leere Zelle ändert nichts.',
  'import.understood': 'Gelesen als {encoding}, Trennzeichen: {separator}.',
  'import.separator.comma': 'Komma',
  'import.separator.semicolon': 'Semikolon',
  'import.separator.tab': 'Tabulator',
  'import.ignored': 'Diese Spalten haben keine Wirkung: {columns}.',
  'import.changed': '{count, plural, one {# Mitglied ändert sich} other {# Mitglieder ändern sich}}',
  'import.unchanged':
    '{count, plural, one {# Mitglied ist bereits aktuell} other {# Mitglieder sind bereits aktuell}}',
  'import.apply': '{count, plural, one {# Mitglied importieren} other {# Mitglieder importieren}}',
  'import.applied': '{count, plural, one {# Mitglied importiert} other {# Mitglieder importiert}}',
  'import.done': '{count, plural, one {# Mitglied hinzugefügt} other {# Mitglieder hinzugefügt}}',
  'import.faults': 'Nichts wurde importiert: {count, number} Fehler',
  'import.template': 'Vorlage herunterladen',
  'import.ready':
    '{count, plural, one {# Mitglied kann hinzugefügt werden} other {# Mitglieder können hinzugefügt werden}}',
  'import.readyText': 'Die Datei wurde geprüft und enthält keine Fehler. Bisher wurde nichts geändert.',
  'import.action': '{count, plural, one {# Mitglied hinzufügen} other {# Mitglieder hinzufügen}}',
  'import.moreFaults': '{count, plural, one {und # weiterer} other {und # weitere}}',
  'import.line': 'Zeile',
  'import.column': 'Spalte',
  'import.fault': 'Fehler',
  'import.lineText': 'Text',
  'import.faultFile': 'Fehler herunterladen',
};
