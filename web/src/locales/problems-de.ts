import type { problemsEn } from './problems-en.ts';

/** What the service refuses, by the stable names of its problems and faults; in German. */
export const problemsDe: Record<keyof typeof problemsEn, string> = {
  'problem.not-found':
    'Das gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht; gehen Sie zurück und sehen Sie noch einmal nach.',
  'problem.not-entitled':
    'Die Benutzerbereitstellung ist nicht mehr Teil Ihres Tarifs. Fragen Sie Ihren Ansprechpartner.',
  'problem.not-active':
    'Die Benutzerbereitstellung ist in diesem Arbeitsbereich nicht aktiv. Aktivieren Sie sie zuerst.',
  'problem.already-active':
    'Die Benutzerbereitstellung ist schon aktiv; jemand anderes war schneller. Laden Sie die Seite neu.',
  'problem.csrf':
    'Diese Seite gehört zu einer früheren Sitzung. Laden Sie sie neu und versuchen Sie es erneut.',
  'problem.bad-input': 'Etwas davon passt nicht.',
  'problem.content-too-large': 'Das ist größer, als der Dienst auf einmal annimmt.',
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
    'Dieser Arbeitsbereich hat so viele Eigenschaften wie möglich. Löschen Sie eine, die nicht mehr gebraucht wird.',
  'problem.property-in-use':
    'Eine Regel der Attributzuordnung füllt diese Eigenschaft. Entfernen Sie zuerst die Regel, dann die Eigenschaft.',
  'problem.option-in-use': 'Mitglieder haben Optionen, die wegfallen würden: {{options}}.',
  'problem.rules-do-not-fit': 'Die Attributzuordnung könnte so nicht weiterarbeiten: {{rules}}.',
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
  'problem.not-a-sandbox': 'Dieser Arbeitsbereich ist keine Sandbox. Ihr Anbieter kann ihn dazu machen.',
  'problem.undo-active': 'Dieser Lauf wird bereits zurückgenommen.',
  'problem.not-undoable': 'Dieser Lauf lässt sich nicht zurücknehmen oder ist es schon.',
  'problem.nothing-held': 'Hier ist nichts mehr angehalten; jemand anderes hat entschieden.',
  'problem.already-linked': 'Diese Person ist schon mit einem Mitglied verknüpft.',
  'problem.member-linked': 'Dieses Mitglied gehört zu einer anderen Person des Verzeichnisses.',
  'problem.member-removed': 'Dieses Mitglied wurde entfernt.',
  'problem.not-excluded': 'Diese Person ist nicht mehr ausgeschlossen.',
  'problem.not-suppressed': 'Für diese Person wird nichts mehr unterdrückt.',
  'problem.token-not-live':
    'Dieses Token ist widerrufen oder abgelaufen. Erstellen Sie stattdessen ein neues.',
  'problem.too-many-tokens':
    'Dieser Arbeitsbereich hat so viele gültige API-Token wie möglich. Widerrufen Sie eines, das nicht mehr gebraucht wird.',
  'fault.nothing-held': 'Über diese Person hat schon jemand anderes entschieden.',
  'fault.required': 'ist ein Pflichtfeld',
  'fault.unknown-property': 'ist keine Eigenschaft dieses Arbeitsbereichs mehr',
  'fault.provisioned-only': 'wird allein von der Benutzerbereitstellung gefüllt',
  'fault.no-member': 'ist niemand unter den Mitgliedern',
  'fault.self': 'ist das Mitglied selbst',
  'fault.option-twice': 'ist doppelt vorhanden: {{name}}',
  'fault.too-long': 'darf höchstens {{lengthMaxChars}} Zeichen lang sein',
  'fault.not-a-language': 'muss eine Sprache sein, etwa en oder de-DE',
  'fault.not-a-number': 'muss eine Zahl sein, mit einem Punkt vor den Nachkommastellen',
  'fault.not-a-date': 'muss ein Tag sein',
  'fault.not-a-web-address': 'muss eine Webadresse sein, die mit https:// oder http:// beginnt',
  'fault.not-an-email-address': 'muss eine E-Mail-Adresse sein',
  'fault.not-a-phone-number': 'muss eine Telefonnummer sein',
  'fault.unknown-option': 'ist keine Option dieser Eigenschaft: {{value}}',
  'fault.too-many-values': 'darf höchstens {{valuesMax}} Werte haben',
};
