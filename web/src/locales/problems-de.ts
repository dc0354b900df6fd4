import type { problemsEn } from './problems-en.ts';

/** What the service refuses, by the stable names of its problems and faults; in German. */
export const problemsDe: Record<keyof typeof problemsEn, string> = {
  'problem.not-found':
    'Das gibt es nicht mehr. Vielleicht wurde es gelöscht; gehen Sie zurück und prüfen Sie es.',
  'problem.workspace-moved':
    'Dieser Arbeitsbereich ist an eine andere Adresse des Produkts umgezogen. Öffnen Sie ihn dort.',
  'problem.not-entitled':
    'Die Benutzerbereitstellung ist nicht mehr Teil Ihres Tarifs. Wenden Sie sich an Ihre Ansprechperson bei {product}.',
  'problem.suspended':
    'Die Benutzerbereitstellung ist bis {until} ausgesetzt: Sie ist nicht mehr Teil Ihres Tarifs, und Änderungen sind nicht möglich. Wenden Sie sich an Ihre Ansprechperson bei {product}.',
  'problem.not-active':
    'Die Benutzerbereitstellung ist in diesem Arbeitsbereich nicht aktiv. Aktivieren Sie sie zuerst.',
  'problem.already-active':
    'Jemand anderes hat die Benutzerbereitstellung schon aktiviert. Laden Sie die Seite neu.',
  'problem.role': 'Ihre Rolle erlaubt das nicht. Wenden Sie sich an einen Inhaber des Arbeitsbereichs.',
  'problem.csrf':
    'Diese Seite gehört zu einer früheren Sitzung. Laden Sie sie neu und versuchen Sie es erneut.',
  'problem.bad-input': 'Einige Angaben sind ungültig.',
  'problem.content-too-large':
    'Das ist größer als die {megabytesMax, number} MB, die der Dienst auf einmal annimmt. Teilen Sie es auf, und senden Sie einen Teil nach dem anderen.',
  'problem.too-costly':
    'Diese Suche dauert zu lange. Grenzen Sie sie ein: weniger Filter oder mehr Buchstaben eines Namens.',
  'problem.too-many-requests':
    'In diesem Arbeitsbereich laufen gerade zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es erneut.',
  'problem.other-session': 'In diesem Browser ist jemand anderes angemeldet.',
  'problem.client-not-live': 'Dieser OAuth-Client ist widerrufen. Legen Sie stattdessen einen neuen an.',
  'problem.too-many-clients':
    'Dieser Arbeitsbereich hat die Höchstzahl von {clientsMax, number} gültigen OAuth-Clients erreicht. Widerrufen Sie einen, der nicht mehr gebraucht wird.',
  'problem.rate-limited':
    'In kurzer Zeit wurden zu viele Anfragen gesendet. Versuchen Sie es in {retryAfterSeconds, plural, one {# Sekunde} other {# Sekunden}} erneut.',
  'problem.quota-reached':
    'Dieser Arbeitsbereich hat die Höchstzahl von {quota, select, users {{max, number} Benutzern} groups {{max, plural, one {# Gruppe} other {# Gruppen}}} other {{max, plural, one {# Mitglied} other {# Mitgliedern}}}} erreicht. Entfernen Sie nicht mehr benötigte Einträge, oder wenden Sie sich an Ihre Ansprechperson bei {product}.',
  'problem.unsupported-media-type':
    'Der Dienst nimmt Dateien dieser Art nicht an. Speichern Sie sie als CSV oder JSON, wie es auf der Seite steht.',
  'problem.unavailable':
    'Der Dienst ist gerade nicht bereit. Warten Sie einen Moment und versuchen Sie es erneut.',
  'problem.internal-error':
    'Bei uns ist ein Fehler aufgetreten. Versuchen Sie es erneut. Tritt er wieder auf, wenden Sie sich an unseren Support.',
  'problem.email-taken': 'Ein anderes Mitglied hat diese E-Mail-Adresse.',
  'problem.member-provisioned':
    'Die Benutzerbereitstellung verwaltet dieses Mitglied. Heben Sie stattdessen bei Ihrem Identitätsanbieter die Zuweisung auf, oder deaktivieren Sie dort die Person. Ist die Deaktivierung schon zurückgestellt, geben Sie sie frei.',
  'problem.field-provisioned':
    'Die Benutzerbereitstellung füllt {fields} dieses Mitglieds. Ändern Sie es bei Ihrem Identitätsanbieter.',
  'problem.property-key-taken': 'Eine andere Eigenschaft hat diesen Schlüssel.',
  'problem.too-many-properties':
    'Dieser Arbeitsbereich hat die Höchstzahl von {propertiesMax, number} Eigenschaften erreicht. Löschen Sie eine, die nicht mehr gebraucht wird.',
  'problem.property-in-use':
    'Eine Regel der Attributzuordnung füllt diese Eigenschaft. Entfernen Sie zuerst die Regel, dann die Eigenschaft.',
  'problem.option-in-use':
    'Mitglieder haben noch Optionen von „{property}“, die wegfallen würden: {options}. Behalten Sie diese Optionen, oder geben Sie den Mitgliedern zuerst andere.',
  'problem.rules-do-not-fit':
    'Das würde Regeln der Attributzuordnung unbrauchbar machen. Ändern Sie zuerst diese Regeln:',
  'problem.mail-not-set-up':
    'Der E-Mail-Versand ist nicht eingerichtet: Der Betreiber von {product} muss zuerst einen Mailserver angeben.',
  'problem.too-many-channels':
    'Die Höchstzahl von {channelsMax, number} Kanälen ist erreicht. Entfernen Sie einen, den Sie nicht mehr brauchen.',
  'problem.too-many-messages':
    'Dieser Arbeitsbereich hat innerhalb von 24 Stunden {messagesMax, number} Nachrichten gesendet. Versuchen Sie es morgen wieder.',
  'problem.precondition-failed':
    'Jemand anderes hat das inzwischen geändert. Laden Sie die Seite neu und nehmen Sie Ihre Änderung erneut vor.',
  'problem.mapping-changed':
    'Jemand anderes hat die Attributzuordnung inzwischen geändert. Laden Sie sie neu und nehmen Sie Ihre Änderung erneut vor.',
  'problem.preview-changed':
    'Seit Ihrer letzten Prüfung hat sich etwas geändert. Prüfen Sie die Änderungen noch einmal, bevor Sie fortfahren.',
  'problem.sync-run-active':
    'Eine Synchronisierung läuft bereits oder ist eingereiht. Warten Sie, bis sie abgeschlossen ist.',
  'problem.already-running':
    'Eine Simulation läuft bereits. Warten Sie, bis sie abgeschlossen ist, oder stoppen Sie sie.',
  'problem.no-first-day':
    'Der erste Tag der simulierten Firma ist noch nicht vollständig angekommen. Starten Sie die Simulation erneut.',
  'problem.not-a-sandbox':
    'Dieser Arbeitsbereich ist keine Sandbox. Ihre Ansprechperson bei {product} kann ihn dazu machen.',
  'problem.role-mapping-changed':
    'Jemand anderes hat die Regeln inzwischen geändert. Laden Sie die Seite neu und nehmen Sie Ihre Änderung erneut vor.',
  'problem.undo-active': 'Diese Synchronisierung wird bereits rückgängig gemacht.',
  'problem.not-undoable': 'Diese Synchronisierung kann nicht rückgängig gemacht werden oder wurde es schon.',
  'problem.nobody-to-bring-back':
    'Alle, die den Zugang verloren hatten, haben ihn wieder, sind endgültig ausgeschieden oder wurden ausgeschlossen.',
  'problem.nothing-held': 'Hier ist nichts mehr zurückgestellt; jemand anderes hat entschieden.',
  'problem.already-linked': 'Diese Person ist schon mit einem Mitglied verknüpft.',
  'problem.member-linked': 'Dieses Mitglied gehört zu einer anderen, aktiven Person im Verzeichnis.',
  'problem.never-given-away':
    'Kein Mitglied dieser Person wurde mit jemand anderem verknüpft, oder das ist bereits geklärt.',
  'problem.member-removed': 'Dieses Mitglied wurde entfernt.',
  'problem.not-excluded': 'Diese Person ist nicht mehr ausgeschlossen.',
  'problem.no-conflict': 'Bei dieser Person besteht kein Konflikt mehr.',
  'problem.not-suspended': 'Dieses Mitglied ist nicht mehr durch einen Admin gesperrt.',
  'problem.not-suppressed': 'Die Änderungen an dieser Person sind nicht mehr ausgesetzt.',
  'problem.token-not-live':
    'Dieses Token ist widerrufen oder abgelaufen. Erstellen Sie stattdessen ein neues.',
  'problem.too-many-tokens':
    'Dieser Arbeitsbereich hat die Höchstzahl von {tokensMax, number} gültigen API-Tokens erreicht. Widerrufen Sie eines, das nicht mehr gebraucht wird.',
  'fault.nothing-suppressed': 'Hier ist nichts mehr ausgesetzt.',
  'fault.nothing-held': 'Über diese Person hat schon jemand anderes entschieden.',
  'fault.no-person': 'ist keine ID einer Person im Verzeichnis',
  'fault.no-group': 'ist keine ID einer Gruppe im Verzeichnis',
  'fault.person-twice': 'steht zweimal in der Liste',
  'fault.database-away': 'Die Datenbank antwortet nicht.',
  'fault.database-full': 'Der Datenbank fehlt Speicherplatz.',
  'fault.database-crowded': 'Bei der Datenbank ist keine Verbindung frei.',
  'fault.database-read-only': 'Die Datenbank nimmt zurzeit keine Änderungen an.',
  'fault.database-slow': 'Die Datenbank hat hierfür zu lange gebraucht.',
  'fault.database-contended': 'Andere ändern gerade dieselben Daten.',
  'fault.database-pooler': 'Die Verbindung zur Datenbank hat gewechselt.',
  'fault.database-moving': 'Dieser Arbeitsbereich wird gerade in eine andere Datenbank verschoben.',
  'fault.database-refuses': 'Die Datenbank lehnt die Verbindung des Dienstes ab.',
  'fault.required': 'ist ein Pflichtfeld',
  'fault.unknown-property': 'ist keine Eigenschaft dieses Arbeitsbereichs mehr',
  'fault.provisioned-only': 'kann nur von der Benutzerbereitstellung gefüllt werden',
  'fault.no-member': 'ist kein Mitglied',
  'fault.no-workspace': 'ist kein Arbeitsbereich',
  'fault.self': 'darf nicht das Mitglied selbst sein',
  'fault.option-twice': 'enthält {name} doppelt',
  'fault.too-long': 'darf höchstens {lengthMaxChars, number} Zeichen lang sein',
  'fault.not-a-number': 'muss eine Zahl sein, mit einem Punkt als Dezimaltrennzeichen',
  'fault.not-an-email-address': 'muss eine E-Mail-Adresse sein',
  'fault.too-many-values': 'darf höchstens {valuesMax, number} Werte haben',
  'problem.values-do-not-convert':
    'Werte von „{property}“ passen bei {doesNotConvert, plural, one {# Mitglied} other {# Mitgliedern}} nicht zum neuen Typ. Behalten Sie den Typ, oder ändern Sie zuerst diese Werte.',
  'fault.unknown-field': 'ist kein bekanntes Feld; prüfen Sie die Schreibweise, oder lassen Sie es weg',
  'fault.not-an-object': 'muss ein Objekt sein: Namen und Werte in geschweiften Klammern',
  'fault.not-a-list': 'muss eine Liste sein',
  'fault.not-a-text': 'muss ein Text sein',
  'fault.not-a-plain-text':
    'muss ein Text mit {lengthMinChars, number} bis {lengthMaxChars, number} Zeichen sein, ohne das Zeichen NUL',
  'fault.not-a-readable-text':
    'muss ein Text mit mindestens einem sichtbaren Zeichen sein, in einer Zeile, ohne Steuerzeichen und ohne unsichtbare Zeichen',
  'fault.broken-text': 'enthält ein halbes Zeichen; geben Sie den Text noch einmal ein',
  'fault.not-true-or-false': 'muss wahr (true) oder falsch (false) sein',
  'fault.not-a-whole-number': 'muss eine ganze Zahl sein',
  'fault.not-a-moment': 'muss aus Datum, Uhrzeit und Abweichung von UTC bestehen, etwa 2030-01-31T12:00:00Z',
  'fault.not-a-time-of-day': 'muss eine Uhrzeit sein, etwa 02:00',
  'fault.not-a-time-zone': 'muss der Name einer Zeitzone sein, etwa Europe/Berlin',
  'fault.not-a-page':
    'muss eine Seite der Einstellungen sein, etwa user-provisioning/synchronize oder members',
  'fault.not-an-id': 'muss eine ID (UUID) sein',
  'fault.not-one-of': 'muss eines davon sein: {values}',
  'fault.not-in-future': 'muss in der Zukunft liegen',
  'fault.in-future': 'darf nicht in der Zukunft liegen',
  'fault.too-small': 'muss mindestens {min, number} sein',
  'fault.too-large': 'darf höchstens {max, number} sein',
  'fault.too-short': 'muss mindestens {lengthMinChars, number} Zeichen lang sein',
  'fault.length-out-of-range': 'muss {lengthMinChars, number} bis {lengthMaxChars, number} Zeichen lang sein',
  'fault.too-many-keys': 'darf höchstens {keysMax, number} Namen in einem Objekt haben',
  'fault.too-deep': 'darf höchstens {levelsMax, number} Ebenen tief verschachtelt sein',
  'fault.bad-key':
    'muss mit einem Buchstaben beginnen, dann nur Buchstaben, Ziffern, _ oder - enthalten und höchstens {lengthMaxChars, number} Zeichen lang sein',
  'fault.key-stays':
    'kann nicht geändert werden und bleibt {key}; legen Sie für einen anderen Schlüssel eine weitere Eigenschaft an',
  'fault.no-options-here': 'gibt es nur bei den Typen select und multi_select, nicht bei {type}',
  'fault.bad-option':
    'muss einen Namen (und darf einen Schlüssel) mit 1 bis {lengthMaxChars, number} Zeichen haben',
  'fault.no-header': 'fehlt; sie muss die Spalten nennen, darunter email',
  'fault.no-email-column': 'muss eine Spalte namens email enthalten',
  'fault.unknown-column':
    'ist weder Feld noch Eigenschaft: {name}; korrigieren Sie den Namen, oder entfernen Sie die Spalte',
  'fault.column-twice': 'bezeichnet dasselbe Feld wie Spalte {column}: {name}; entfernen Sie eine der beiden',
  'fault.lost-character':
    'enthält ein Zeichen, das ein anderes Programm nicht lesen konnte; speichern Sie die Datei im ursprünglichen Programm noch einmal',
  'fault.wrong-cell-count':
    'muss eine Zelle pro Spalte haben ({columns, number}), hat aber {cells, number}; setzen Sie Text mit Komma in Anführungszeichen',
  'fault.bad-quotes':
    'hat Anführungszeichen, die nicht zusammenpassen; das erste davon kann in einer früheren Zeile stehen',
  'fault.unreadable-csv': 'kann nicht als CSV gelesen werden; speichern Sie die Datei als CSV in UTF-8',
  'fault.too-many-rows': 'darf höchstens {rowsMax, number} Zeilen haben; teilen Sie die Datei auf',
  'fault.address-twice': 'steht schon in Zeile {line}; entfernen Sie eine der beiden',
  'fault.address-taken':
    'gehört schon einem Mitglied; entfernen Sie die Zeile, oder lassen Sie vorhandene Mitglieder aktualisieren',
  'fault.member-known':
    'ist schon die ID eines Mitglieds; entfernen Sie die Zeile, oder lassen Sie vorhandene Mitglieder aktualisieren',
  'fault.member-twice': 'bezeichnet dasselbe Mitglied wie Zeile {line}; entfernen Sie eine der beiden',
  'fault.two-members-meant':
    'gehört zu einem anderen Mitglied als die ID der Zeile; behalten Sie eine der beiden Angaben',
  'fault.external-id-shared': 'gehört zu mehreren Mitgliedern; geben Sie das Mitglied mit seiner ID an',
  'fault.no-other-member': 'gehört keinem anderen Mitglied, weder hier noch in der Datei',
  'place.whole': 'Eingabe',
  'place.near': 'meinten Sie {name}?',
  'place.line': 'Zeile {number}',
  'place.column': 'Spalte {number}',
  'place.rule': 'Regel {number}',
  'place.transform': 'Transformation {number}',
  'place.when': 'wann die Regel gilt',
  'place.unknownOption': 'Werte, die keine Option sind',
  'place.option': 'Option {number}',
  'place.key': 'Schlüssel',
  'place.managerEmail': 'E-Mail der Führungskraft',
  'place.search': 'Suche',
};
