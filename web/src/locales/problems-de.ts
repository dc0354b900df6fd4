import type { problemsEn } from './problems-en.ts';

/** What the service refuses, by the stable names of its problems and faults; in German. */
export const problemsDe: Record<keyof typeof problemsEn, string> = {
  'problem.not-found':
    'Das gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht; gehen Sie zurück und sehen Sie noch einmal nach.',
  'problem.not-entitled':
    'Die Benutzerbereitstellung ist nicht mehr Teil Ihres Tarifs. Fragen Sie Ihre Ansprechperson bei {{product}}.',
  'problem.suspended':
    'Die Benutzerbereitstellung ist bis {{until}} ausgesetzt: Sie ist nicht mehr Teil Ihres Tarifs, und nichts lässt sich ändern. Fragen Sie Ihre Ansprechperson bei {{product}}.',
  'problem.not-active':
    'Die Benutzerbereitstellung ist in diesem Arbeitsbereich nicht aktiv. Aktivieren Sie sie zuerst.',
  'problem.already-active':
    'Die Benutzerbereitstellung ist schon aktiv; jemand anderes war schneller. Laden Sie die Seite neu.',
  'problem.csrf':
    'Diese Seite gehört zu einer früheren Sitzung. Laden Sie sie neu und versuchen Sie es erneut.',
  'problem.bad-input': 'Etwas davon passt nicht.',
  'problem.content-too-large':
    'Das ist größer als die {{megabytesMax, number}} MB, die der Dienst auf einmal annimmt. Teilen Sie es auf, und senden Sie einen Teil nach dem anderen.',
  'problem.unavailable':
    'Der Dienst ist gerade nicht bereit. Warten Sie einen Moment und versuchen Sie es erneut.',
  'problem.internal-error':
    'Bei uns ist etwas schiefgegangen. Versuchen Sie es erneut; bleibt es so, wenden Sie sich an unseren Support.',
  'problem.email-taken': 'Ein anderes Mitglied hat diese E-Mail-Adresse.',
  'problem.member-provisioned':
    'Die Benutzerbereitstellung hält dieses Mitglied. Heben Sie stattdessen im Identitätsanbieter die Zuweisung auf oder deaktivieren Sie dort die Person.',
  'problem.field-provisioned':
    'Die Benutzerbereitstellung füllt {{fields}} dieses Mitglieds. Ändern Sie es in Ihrem Identitätsanbieter.',
  'problem.property-key-taken': 'Eine andere Eigenschaft hat diesen Schlüssel.',
  'problem.too-many-properties':
    'Dieser Arbeitsbereich hat so viele Eigenschaften wie möglich: {{propertiesMax, number}}. Löschen Sie eine, die nicht mehr gebraucht wird.',
  'problem.property-in-use':
    'Eine Regel der Attributzuordnung füllt diese Eigenschaft. Entfernen Sie zuerst die Regel, dann die Eigenschaft.',
  'problem.option-in-use':
    'Mitglieder haben Optionen von „{{property}}“, die wegfallen würden: {{options}}. Behalten Sie diese Optionen, oder geben Sie den Mitgliedern zuerst andere.',
  'problem.rules-do-not-fit':
    'Die Attributzuordnung könnte so nicht weiterarbeiten. Ändern Sie zuerst diese ihrer Regeln:',
  'problem.precondition-failed':
    'Jemand anderes hat das inzwischen geändert. Laden Sie die Seite neu und wiederholen Sie Ihre Änderung.',
  'problem.mapping-changed':
    'Jemand anderes hat die Attributzuordnung inzwischen geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung.',
  'problem.preview-changed':
    'Seit Sie hingesehen haben, hat sich etwas geändert. Sehen Sie noch einmal nach.',
  'problem.sync-run-active':
    'Eine Synchronisierung ist schon eingereiht oder läuft. Warten Sie, bis sie abgeschlossen ist.',
  'problem.already-running':
    'Eine Simulation läuft schon. Warten Sie, bis sie fertig ist, oder halten Sie sie an.',
  'problem.no-first-day':
    'Der erste Tag der simulierten Firma ist nicht ganz angekommen. Starten Sie die Simulation noch einmal.',
  'problem.not-a-sandbox':
    'Dieser Arbeitsbereich ist keine Sandbox. Ihre Ansprechperson bei {{product}} kann ihn dazu machen.',
  'problem.undo-active': 'Dieser Lauf wird bereits zurückgenommen.',
  'problem.not-undoable': 'Dieser Lauf lässt sich nicht zurücknehmen oder ist es schon.',
  'problem.nobody-to-bring-back':
    'Wer den Zugang verloren hatte, hat ihn wieder oder ist endgültig ausgeschieden.',
  'problem.nothing-held': 'Hier ist nichts mehr angehalten; jemand anderes hat entschieden.',
  'problem.already-linked': 'Diese Person ist schon mit einem Mitglied verknüpft.',
  'problem.member-linked':
    'Dieses Mitglied gehört zu einer anderen Person des Verzeichnisses, die aktiv ist.',
  'problem.never-given-away':
    'Kein Mitglied dieser Person wurde mit jemand anderem verknüpft, oder das ist schon geklärt.',
  'problem.member-removed': 'Dieses Mitglied wurde entfernt.',
  'problem.not-excluded': 'Diese Person ist nicht mehr ausgeschlossen.',
  'problem.no-conflict': 'Diese Person ist kein Konflikt mehr.',
  'problem.not-suppressed': 'Für diese Person wird nichts mehr unterdrückt.',
  'problem.token-not-live':
    'Dieses Token ist widerrufen oder abgelaufen. Erstellen Sie stattdessen ein neues.',
  'problem.too-many-tokens':
    'Dieser Arbeitsbereich hat so viele gültige API-Token wie möglich: {{tokensMax, number}}. Widerrufen Sie eines, das nicht mehr gebraucht wird.',
  'fault.nothing-suppressed': 'Hier ist nichts mehr unterdrückt.',
  'fault.nothing-held': 'Über diese Person hat schon jemand anderes entschieden.',
  'fault.person-twice': 'steht hier zweimal',
  'fault.database-away': 'Die Datenbank antwortet nicht.',
  'fault.database-full': 'In der Datenbank ist kein Platz mehr zum Schreiben.',
  'fault.database-crowded': 'In der Datenbank ist keine Verbindung frei.',
  'fault.database-read-only': 'Die Datenbank nimmt zurzeit keine Änderungen an.',
  'fault.database-slow': 'Die Datenbank hat hierfür zu lange gebraucht.',
  'fault.database-contended': 'Andere haben im selben Moment dasselbe geändert.',
  'fault.database-pooler': 'Die Verbindung zur Datenbank hat gewechselt.',
  'fault.database-refuses': 'Die Datenbank lässt den Dienst nicht ein.',
  'fault.required': 'ist ein Pflichtfeld',
  'fault.unknown-property': 'ist keine Eigenschaft dieses Arbeitsbereichs mehr',
  'fault.provisioned-only': 'wird allein von der Benutzerbereitstellung gefüllt',
  'fault.no-member': 'ist niemand unter den Mitgliedern',
  'fault.self': 'ist das Mitglied selbst',
  'fault.option-twice': 'ist doppelt vorhanden: {{name}}',
  'fault.too-long': 'darf höchstens {{lengthMaxChars, number}} Zeichen lang sein',
  'fault.not-a-number': 'muss eine Zahl sein, mit einem Punkt vor den Nachkommastellen',
  'fault.not-an-email-address': 'muss eine E-Mail-Adresse sein',
  'fault.too-many-values': 'darf höchstens {{valuesMax, number}} Werte haben',
  'problem.values-do-not-convert':
    'Werte von „{{property}}“ passen nicht zum neuen Typ; so viele Mitglieder haben sie: {{doesNotConvert, number}}. Behalten Sie den Typ, oder ändern Sie zuerst diese Werte.',
  'fault.unknown-field': 'ist hier nicht bekannt; prüfen Sie die Schreibweise, oder lassen Sie es weg',
  'fault.not-an-object': 'muss ein Objekt sein: Namen und Werte in geschweiften Klammern',
  'fault.not-a-list': 'muss eine Liste sein',
  'fault.not-a-text': 'muss ein Text sein',
  'fault.not-a-plain-text':
    'muss ein Text mit {{lengthMinChars, number}} bis {{lengthMaxChars, number}} Zeichen sein, ohne das Zeichen NUL',
  'fault.not-a-readable-text':
    'muss ein Text mit mindestens einem sichtbaren Zeichen sein, in einer Zeile und ohne Steuerzeichen',
  'fault.broken-text': 'enthält ein halbes Zeichen, das es in keinem Text gibt; geben Sie es noch einmal ein',
  'fault.not-true-or-false': 'muss wahr (true) oder falsch (false) sein',
  'fault.not-a-whole-number': 'muss eine ganze Zahl sein',
  'fault.not-a-moment': 'muss Datum und Uhrzeit mit dem Abstand zu UTC sein, etwa 2030-01-31T12:00:00Z',
  'fault.not-a-time-of-day': 'muss eine Uhrzeit sein, etwa 02:00',
  'fault.not-a-time-zone': 'muss der Name einer Zeitzone sein, etwa Europe/Berlin',
  'fault.not-an-id': 'muss eine id (UUID) sein',
  'fault.not-one-of': 'muss eines davon sein: {{values}}',
  'fault.not-in-future': 'muss in der Zukunft liegen',
  'fault.too-small': 'muss mindestens {{min, number}} sein',
  'fault.too-large': 'darf höchstens {{max, number}} sein',
  'fault.too-short': 'muss mindestens {{lengthMinChars, number}} Zeichen lang sein',
  'fault.length-out-of-range':
    'muss {{lengthMinChars, number}} bis {{lengthMaxChars, number}} Zeichen lang sein',
  'fault.too-many-keys': 'darf höchstens {{keysMax, number}} Namen in einem Objekt haben',
  'fault.too-deep': 'darf höchstens {{levelsMax, number}} Ebenen tief verschachtelt sein',
  'fault.bad-key':
    'muss mit einem Buchstaben beginnen, dann nur Buchstaben, Ziffern, _ oder - enthalten und höchstens {{lengthMaxChars, number}} Zeichen lang sein',
  'fault.key-stays':
    'lässt sich nicht ändern und bleibt {{key}}; legen Sie für einen anderen Schlüssel eine weitere Eigenschaft an',
  'fault.no-options-here': 'gibt es nur bei den Typen select und multi_select, nicht bei {{type}}',
  'fault.bad-option':
    'muss einen Namen (und darf einen Schlüssel) mit 1 bis {{lengthMaxChars, number}} Zeichen haben',
  'fault.no-header': 'fehlt; sie muss die Spalten nennen, darunter email',
  'fault.no-email-column': 'muss eine Spalte email nennen',
  'fault.unknown-column':
    'nennt kein Feld und keine Eigenschaft: {{name}}; berichtigen Sie den Namen, oder lassen Sie die Spalte weg',
  'fault.column-twice': 'nennt dasselbe wie Spalte {{column}}: {{name}}; lassen Sie eine der beiden weg',
  'fault.lost-character':
    'enthält ein Zeichen, das beim Lesen der Datei verloren ging; speichern Sie die Datei dort, woher sie kommt, noch einmal',
  'fault.wrong-cell-count':
    'muss so viele Zellen haben, wie es Spalten gibt: {{columns, number}}, nicht {{cells, number}}; ein Text mit Komma steht in Anführungszeichen',
  'fault.bad-quotes':
    'hat Anführungszeichen, die nicht zusammenpassen; das erste kann auf einer Zeile davor stehen',
  'fault.unreadable-csv': 'ist nicht als CSV zu lesen; speichern Sie die Datei neu als CSV in UTF-8',
  'fault.too-many-rows': 'darf höchstens {{rowsMax, number}} Zeilen haben; teilen Sie die Datei auf',
  'fault.address-twice': 'steht schon auf Zeile {{line}}; lassen Sie eine der beiden weg',
  'fault.address-taken':
    'gehört schon einem Mitglied; lassen Sie die Zeile weg, oder lassen Sie vorhandene Mitglieder ändern',
  'fault.member-known':
    'gehört schon einem Mitglied; lassen Sie die Zeile weg, oder lassen Sie vorhandene Mitglieder ändern',
  'fault.member-twice': 'meint noch einmal das Mitglied von Zeile {{line}}; lassen Sie eine der beiden weg',
  'fault.no-other-member': 'gehört keinem anderen Mitglied, weder hier noch in der Datei',
  'place.whole': 'Das Ganze',
  'place.near': 'meinten Sie {{name}}?',
  'place.line': 'Zeile {{number}}',
  'place.column': 'Spalte {{number}}',
  'place.rule': 'Regel {{number}}',
  'place.transform': 'Umformung {{number}}',
  'place.when': 'wann sie gilt',
  'place.unknownOption': 'Werte, die keine Option sind',
  'place.option': 'Option {{number}}',
  'place.key': 'Schlüssel',
  'place.managerEmail': 'E-Mail der Führungskraft',
  'place.search': 'Suche',
};
