import type { bulkEn } from './bulk-en.ts';

/** German texts of lists to sort and choose from, and of acts about many people. */
export const bulkDe: Record<keyof typeof bulkEn, string> = {
  'list.sort': 'Sortieren nach',
  'list.sortBy': 'Nach {name} sortieren',
  'list.found': '{count, plural, =0 {Niemand gefunden} one {# Person gefunden} other {# Personen gefunden}}',
  'list.chooseOne': '{name} auswählen',
  'list.chooseLoaded': 'Alle geladenen Personen auswählen',
  'preview.sort.arrival': 'Reihenfolge der Synchronisierung',
  'preview.sort.name': 'Name',
  'preview.sort.email': 'E-Mail-Adresse',
  'preview.sort.department': 'Abteilung',
  'preview.sort.title': 'Position',
  'preview.sort.kind': 'Art',
  'preview.descending': 'Absteigend',
  'preview.since': 'Seit der letzten Synchronisierung',
  'preview.sinceNote': 'Was seit der Synchronisierung vom {at} hinzugekommen ist.',
  'lift.allGroups': 'Änderungen an allen Gruppen wieder zulassen',
  'lift.groupsDone':
    '{count, plural, one {Änderungen an # Gruppe sind wieder zugelassen} other {Änderungen an # Gruppen sind wieder zugelassen}}',
  'preview.sinceNever': 'Es wurden noch nie alle synchronisiert, daher ist alles neu.',
  'preview.held.removal':
    '{count, plural, one {# zurückgestellte Deaktivierung} other {# zurückgestellte Deaktivierungen}}',
  'preview.held.seat':
    '{count, plural, one {# Person, die auf einen Platz wartet} other {# Personen, die auf einen Platz warten}}',
  'preview.held.role':
    '{count, plural, one {# Person, die auf eine Rolle wartet} other {# Personen, die auf eine Rolle warten}}',
  'preview.export': 'Exportieren',
  'preview.tab.people': 'Personen',
  'preview.tab.groups': 'Gruppen',
  'groupChanges.none': 'Keine Gruppe ändert sich',
  'groupChanges.noneText': 'Die nächste Synchronisierung lässt alle Gruppen, wie sie sind.',
  'groupChanges.noneFoundText': 'Keine Gruppe, die sich ändert, heißt so.',
  'groupChanges.search': 'Gruppe suchen',
  'groupChanges.counts':
    '{joining, plural, =0 {} one {# wird hinzugefügt} other {# werden hinzugefügt}}{leaving, plural, =0 {} other {{joining, plural, =0 {} other {, }}}}{leaving, plural, =0 {} one {# wird entfernt} other {# werden entfernt}}',
  'groupChanges.joins': 'wird hinzugefügt',
  'groupChanges.leaves': 'wird entfernt',
  'groupChanges.morePeople': 'Weitere Personen anzeigen',
  'groupChanges.inList': 'Änderungen dieser Personen anzeigen',
  'groupChanges.nobody': 'Niemand wird hinzugefügt oder entfernt.',
  'bulk.region': 'Ausgewählte Personen',
  'bulk.count': '{count, plural, one {# Person ausgewählt} other {# Personen ausgewählt}}',
  'bulk.all': 'Alle {count, number} passenden auswählen',
  'bulk.managed':
    'Ihr Identitätsanbieter verwaltet sie: Heben Sie dort die Zuweisung auf, oder deaktivieren Sie sie dort.',
  'bulk.removed': 'Entfernte Mitglieder lassen sich nicht ändern.',
  'bulk.clear': 'Auswahl aufheben',
  'bulk.action.approve': 'Freigeben',
  'bulk.action.reject': 'Ablehnen',
  'bulk.action.exclude': 'Ausschließen',
  'bulk.action.include': 'Wieder einbeziehen',
  'bulk.action.lift': 'Wieder zulassen',
  'bulk.action.retry': 'Erneut versuchen',
  'bulk.action.link': 'Wie vorgeschlagen verknüpfen',
  'bulk.action.deactivate': 'Deaktivieren',
  'bulk.action.reactivate': 'Reaktivieren',
  'bulk.action.remove': 'Entfernen',
  'bulk.title.exclude':
    '{count, plural, one {# Person von der Synchronisierung ausschließen?} other {# Personen von der Synchronisierung ausschließen?}}',
  'bulk.text.exclude':
    '{count, plural, one {Die Synchronisierung lässt diese Person, wie sie ist, bis Sie sie wieder einbeziehen.} other {Die Synchronisierung lässt diese Personen, wie sie sind, bis Sie sie wieder einbeziehen.}}',
  'bulk.title.include':
    '{count, plural, one {# Person wieder einbeziehen?} other {# Personen wieder einbeziehen?}}',
  'bulk.text.include': 'Die nächste Synchronisierung berücksichtigt sie wieder.',
  'bulk.title.lift':
    '{count, plural, one {Die Änderung bei # Person wieder zulassen?} other {Die Änderungen bei # Personen wieder zulassen?}}',
  'bulk.text.lift':
    'Die nächste Synchronisierung nimmt {count, plural, one {diese Änderung vor, falls sie noch ansteht} other {diese Änderungen vor, falls sie noch anstehen}}. Deaktivierungen, die über Ihren Schutz hinausgehen, werden zurückgestellt.',
  'bulk.title.retry':
    '{count, plural, one {# Konflikt erneut versuchen?} other {# Konflikte erneut versuchen?}}',
  'bulk.text.retry': 'Die nächste Synchronisierung versucht, sie zu synchronisieren.',
  'bulk.title.link':
    '{count, plural, one {# Person mit einem Mitglied verknüpfen?} other {# Personen mit ihren Mitgliedern verknüpfen?}}',
  'bulk.text.link':
    'Jede Person wird mit dem Mitglied mit derselben Adresse verknüpft. Es bleibt dasselbe Mitglied mit allem, was dazugehört. Felder, die Ihre Attributzuordnung füllt, erhalten die Werte Ihres Identitätsanbieters. Die nächste Synchronisierung führt das aus.',
  'bulk.title.deactivate':
    '{count, plural, one {# Mitglied deaktivieren?} other {# Mitglieder deaktivieren?}}',
  'bulk.text.deactivate':
    '{count, plural, one {Dieses Mitglied hat ab sofort keinen Zugang mehr. Sie können es wieder reaktivieren.} other {Diese Mitglieder haben ab sofort keinen Zugang mehr. Sie können sie wieder reaktivieren.}}',
  'bulk.title.reactivate':
    '{count, plural, one {# Mitglied reaktivieren?} other {# Mitglieder reaktivieren?}}',
  'bulk.text.reactivate':
    '{count, plural, one {Dieses Mitglied hat sofort wieder Zugang. Ist es von einem Admin gesperrt, erhält es ihn, sobald die Sperre aufgehoben ist.} other {Diese Mitglieder haben sofort wieder Zugang. Wer von einem Admin gesperrt ist, erhält ihn, sobald die Sperre aufgehoben ist.}}',
  'bulk.title.remove': '{count, plural, one {# Mitglied entfernen?} other {# Mitglieder entfernen?}}',
  'bulk.text.remove':
    '{count, plural, one {Dieses Mitglied hat keinen Zugang mehr, verlässt alle Gruppen, und seine Adresse wird frei.} other {Diese Mitglieder haben keinen Zugang mehr, verlassen alle Gruppen, und ihre Adressen werden frei.}} Das lässt sich nicht rückgängig machen.',
  'bulk.done.approve':
    '{count, plural, one {# Deaktivierung wurde ausgeführt} other {# Deaktivierungen wurden ausgeführt}}',
  'bulk.done.reject':
    '{count, plural, one {# Deaktivierung wurde abgelehnt} other {# Deaktivierungen wurden abgelehnt}}',
  'bulk.done.exclude':
    '{count, plural, one {# Person ist ausgeschlossen} other {# Personen sind ausgeschlossen}}',
  'bulk.done.include':
    '{count, plural, one {# Person ist wieder einbezogen} other {# Personen sind wieder einbezogen}}',
  'bulk.done.lift':
    '{count, plural, one {# Person ist wieder zugelassen} other {# Personen sind wieder zugelassen}}',
  'bulk.done.retry':
    '{count, plural, one {# Konflikt wird erneut versucht} other {# Konflikte werden erneut versucht}}',
  'bulk.done.link': '{count, plural, one {# Person ist verknüpft} other {# Personen sind verknüpft}}',
  'bulk.done.deactivate':
    '{count, plural, one {# Mitglied ist deaktiviert} other {# Mitglieder sind deaktiviert}}',
  'bulk.done.reactivate':
    '{count, plural, one {# Mitglied ist wieder aktiv} other {# Mitglieder sind wieder aktiv}}',
  'bulk.done.remove': '{count, plural, one {# Mitglied ist entfernt} other {# Mitglieder sind entfernt}}',
  'bulk.counting': 'Die Auswirkungen werden geprüft …',
  'bulk.working': '{count, plural, one {# Person wird bearbeitet …} other {# Personen werden bearbeitet …}}',
  'bulk.more': 'und {count, number} weitere',
  'bulk.names': 'Wer',
  'bulk.left': '{count, plural, one {# Person bleibt außen vor:} other {# Personen bleiben außen vor:}}',
  'bulk.leftBecause': '{count, number}: {reason}',
  'bulk.nobody': 'Das ist bei keiner der ausgewählten Personen möglich.',
  'bulk.changedTitle': 'Inzwischen passen andere Personen',
  'bulk.changedText': 'Es wurde nichts geändert. Dies sind die Zahlen und Namen von jetzt.',
  'bulk.undo': 'Rückgängig',
  'bulk.dismiss': 'Ausblenden',
  'refusal.already-excluded': 'schon ausgeschlossen',
  'refusal.not-excluded': 'nicht ausgeschlossen',
  'refusal.not-suppressed': 'nichts ist ausgesetzt',
  'refusal.no-conflict': 'kein Konflikt',
  'refusal.nothing-held': 'keine Deaktivierung ist zurückgestellt',
  'refusal.came-back-since': 'inzwischen wieder aktiv',
  'refusal.approval-refused': 'ließ sich nicht schreiben und ist jetzt ein Konflikt',
  'refusal.no-proposal': 'es gibt kein einzelnes Mitglied, das diese Person sein könnte',
  'refusal.proposed-twice':
    'mehrere Personen könnten dasselbe Mitglied sein: Verknüpfen Sie die richtige selbst',
  'refusal.already-linked': 'schon mit einem Mitglied verknüpft',
  'refusal.member-linked': 'das Mitglied gehört zu einer anderen Person, die aktiv ist',
  'refusal.member-removed': 'das Mitglied wurde entfernt',
  'refusal.not-found': 'nicht mehr vorhanden',
  'refusal.field-provisioned': 'ihr Status kommt von Ihrem Identitätsanbieter',
  'refusal.member-provisioned':
    'Ihr Identitätsanbieter verwaltet sie: Heben Sie dort die Zuweisung auf, deaktivieren Sie sie dort oder geben Sie die zurückgestellte Deaktivierung frei',
  'refusal.already-active': 'schon aktiv',
  'refusal.already-deactivated': 'schon deaktiviert',
  'refusal.already-removed': 'schon entfernt',
  'refusal.no-seat': 'alle Plätze sind vergeben',
  'problem.no-seat':
    '{limit, plural, one {Der einzige Platz ist vergeben} other {Alle # Plätze sind vergeben}}. Deaktivieren oder entfernen Sie ein Mitglied (bei Ihrem Identitätsanbieter, falls er es verwaltet), oder kaufen Sie mehr Plätze.',
  'problem.too-few-seats':
    'Diese Datei fügt {wanted, plural, one {# Mitglied} other {# Mitglieder}} hinzu, und {free, plural, one {# von {limit, number} Plätzen ist} other {# von {limit, number} Plätzen sind}} frei. Kürzen Sie die Datei, deaktivieren oder entfernen Sie Mitglieder (bei Ihrem Identitätsanbieter, falls er sie verwaltet), oder kaufen Sie mehr Plätze.',
  'problem.selection-changed':
    'Inzwischen passen andere Personen als die, die Sie bestätigt haben. Sehen Sie sie noch einmal an.',
  'fault.too-many-people':
    '{people, number} Personen passen dazu, und auf einmal gehen höchstens {peopleMax, number}. Schränken Sie die Suche ein',
  'fault.one-choice': 'wählen Sie Personen entweder über ihre IDs oder über eine Suche aus',
  'adminAction.members.deactivated': 'Manuell deaktiviert',
  'adminAction.members.reactivated': 'Manuell reaktiviert',
  'adminAction.members.removed': 'Manuell entfernt',
  'adminAction.people.excluded': 'Von der Synchronisierung ausgeschlossen',
  'adminAction.people.included': 'Wieder in die Synchronisierung einbezogen',
  'adminAction.people.linked': 'Mit einer Person aus dem Verzeichnis verknüpft',
  'adminAction.suppressions.lifted': 'Änderungen wieder zugelassen',
  'adminAction.conflicts.retried': 'Konflikt soll erneut versucht werden',
  'adminAction.removals.approved': 'Deaktivierung freigegeben',
  'adminAction.removals.rejected': 'Deaktivierung abgelehnt',
};
