import type { runsEn } from './runs-en.ts';

/** German texts of runs of chosen people, the schedule, the page of a run, and suspended members. */
export const runsDe: Record<keyof typeof runsEn, string> = {
  'runs.title': 'Synchronisierungen',
  'runs.intro':
    'Alle Synchronisierungen: manuell, nach Zeitplan und wenn jemand ausscheidet oder zurückkehrt.',
  'runs.one.manual': 'Manuelle Synchronisierung',
  'runs.one.nightly': 'Synchronisierung nach Zeitplan',
  'runs.one.leaver': 'Synchronisierung von Austritten',
  'runs.one.returner': 'Synchronisierung von Rückkehrenden',
  'runs.one.bring_back': 'Zurückgeholte Personen',
  'runs.one.seat': 'Synchronisierung für freie Plätze',
  'runs.one.undo': 'Rücknahme einer Synchronisierung',
  'runs.one.redo': 'Wiederherstellung',
  'runs.series': '{count, plural, one {# Synchronisierung} other {# Synchronisierungen}}',
  'runs.undoes': 'Macht rückgängig',
  'runs.undoneRun': 'diese Synchronisierung',
  'runs.undoneUndo': 'diese Rücknahme',
  'runs.at': 'Synchronisierung',
  'runs.state': 'Status',
  'runs.by': 'Ausgelöst von',
  'runs.counts': 'Änderungen',
  'runs.started': 'Begonnen',
  'runs.finished': 'Beendet',
  'runs.changes': 'Änderungen im Einzelnen',
  'runs.exported': '{count, plural, one {# Änderung exportiert} other {# Änderungen exportiert}}',
  'runs.exportedFirst': 'Die ersten {count, number} Änderungen wurden exportiert; es gibt weitere',
  'changes.reason': 'Grund',
  'runs.nothingText': 'Alles war bereits aktuell.',
  'runs.emptyTitle': 'Noch keine Synchronisierung',
  'runs.emptyText':
    'Hier erscheint jede Synchronisierung: wenn Sie sie starten, danach nach Zeitplan und wenn jemand ausscheidet oder zurückkehrt.',
  'undo.action': 'Rückgängig machen',
  'undo.title': 'Diese Synchronisierung rückgängig machen?',
  'undo.confirm':
    '{count, plural, one {# Änderung rückgängig machen} other {# Änderungen rückgängig machen}}',
  'undo.people':
    '{count, plural, one {# Person wird auf ihren vorherigen Stand zurückgesetzt. Das bleibt so, bis Ihr Identitätsanbieter etwas Neueres sendet oder Sie es wiederherstellen.} other {# Personen werden auf ihren vorherigen Stand zurückgesetzt. Das bleibt so, bis Ihr Identitätsanbieter etwas Neueres sendet oder Sie es wiederherstellen.}} Hat er seit dieser Synchronisierung schon etwas Neueres zu ihnen gesendet, führt die nächste Synchronisierung das aus.',
  'undo.removed': '{count, plural, one {# Person wird entfernt.} other {# Personen werden entfernt.}}',
  'undo.deactivated':
    '{count, plural, one {# Person verliert den Zugang.} other {# Personen verlieren den Zugang.}}',
  'undo.reactivated':
    '{count, plural, one {# Person erhält den Zugang zurück. Hat ein Admin sie gesperrt, erhält sie ihn, sobald die Sperre aufgehoben ist.} other {# Personen erhalten den Zugang zurück. Wer von einem Admin gesperrt ist, erhält ihn, sobald die Sperre aufgehoben ist.}}',
  'undo.kept':
    '{count, plural, one {# Änderung lässt sich nicht mehr rückgängig machen und bleibt bestehen. Den Grund sehen Sie danach bei dieser Synchronisierung.} other {# Änderungen lassen sich nicht mehr rückgängig machen und bleiben bestehen. Die Gründe sehen Sie danach bei dieser Synchronisierung.}}',
  'undo.held':
    '{count, plural, one {# Deaktivierung, die hier zurückgestellt ist, wird abgelehnt.} other {# Deaktivierungen, die hier zurückgestellt sind, werden abgelehnt.}}',
  'undo.nothing': 'Von dieser Synchronisierung lässt sich nichts mehr rückgängig machen.',
  'undo.groups':
    'Auch die Gruppen werden auf ihren vorherigen Stand zurückgesetzt, sofern sich seither nichts anderes geändert hat.',
  'undo.groups.text':
    'Die Gruppen werden auf ihren vorherigen Stand zurückgesetzt, sofern sich seither nichts anderes geändert hat. Das bleibt so, bis Ihr Identitätsanbieter sie umbenennt oder Sie die Änderungen wieder zulassen.',
  'undo.again.action': 'Wiederherstellen',
  'undo.again.title': 'Rückgängig gemachte Änderungen wiederherstellen?',
  'undo.again.confirm':
    '{count, plural, one {# Änderung wiederherstellen} other {# Änderungen wiederherstellen}}',
  'undo.again.people':
    '{count, plural, one {# Änderung, die hier rückgängig gemacht wurde, wird wieder ausgeführt. Sie bleibt nicht ausgesetzt.} other {# Änderungen, die hier rückgängig gemacht wurden, werden wieder ausgeführt. Keine davon bleibt ausgesetzt.}}',
  'undo.again.held':
    '{count, plural, one {# Deaktivierung wird wieder zurückgestellt.} other {# Deaktivierungen werden wieder zurückgestellt.}}',
  'undo.again.kept':
    '{count, plural, one {# Änderung lässt sich nicht mehr wiederherstellen und bleibt rückgängig gemacht. Den Grund sehen Sie danach hier.} other {# Änderungen lassen sich nicht mehr wiederherstellen und bleiben rückgängig gemacht. Die Gründe sehen Sie danach hier.}}',
  'undo.again.groups':
    'Auch die Änderungen an Gruppen werden wieder ausgeführt, sofern sich seither nichts anderes geändert hat.',
  'undo.again.nothing': 'Davon lässt sich nichts mehr wiederherstellen.',
  'chosen.action': 'Nur einige Personen …',
  'chosen.only': 'Nur diese synchronisieren …',
  'chosen.title': 'Nur einige Personen synchronisieren',
  'chosen.text':
    'Probieren Sie es zuerst mit wenigen Personen aus. Synchronisiert werden nur die Personen, die Sie auswählen. Alle anderen bleiben, wie sie sind, und stehen weiter in der Vorschau.',
  'chosen.people': 'Personen',
  'chosen.groups': 'Gruppen des Verzeichnisses',
  'chosen.search': 'Name, Adresse oder Objekt-ID',
  'chosen.searchGroups': 'Gruppen suchen',
  'chosen.add': '{name} hinzufügen',
  'chosen.addShort': 'Hinzufügen',
  'chosen.remove': '{name} entfernen',
  'chosen.changedText':
    'Bei den ausgewählten Personen hat sich etwas geändert, seit Sie die Zahlen gesehen haben. Die Zahlen sind wieder aktuell: Prüfen Sie sie, und starten Sie noch einmal.',
  'chosen.nobodyFound': 'Im Verzeichnis passt niemand zu dieser Suche.',
  'chosen.picked': 'Ausgewählt: {people, plural, =0 {niemand} one {# Person} other {# Personen}}',
  'chosen.groupPeople': '{count, plural, one {# Person} other {# Personen}}',
  'chosen.nobody': 'Wählen Sie Personen oder eine Gruppe aus, um zu sehen, was geschehen würde.',
  'chosen.nothing': 'Für die ausgewählten Personen würde sich nichts ändern.',
  'chosen.counting': 'Wird gezählt …',
  'chosen.go': '{count, plural, one {# Person synchronisieren} other {# Personen synchronisieren}}',
  'chosen.notAutomatic':
    'Die automatische Synchronisierung beginnt dadurch nicht. Bis Sie sie starten, geschieht nichts von selbst: Wer jetzt synchronisiert wird und später aus Ihrem Verzeichnis ausscheidet, behält den Zugang bis zur nächsten Synchronisierung.',
  'chosen.automaticStays': 'Die automatische Synchronisierung bleibt, wie sie ist, und gilt für alle.',
  'chosen.automaticPaused': 'Die automatische Synchronisierung bleibt pausiert.',
  'chosen.heldAccess': 'Wessen Deaktivierung zurückgestellt ist, hat keinen Zugang, bis Sie entscheiden.',
  'chosen.groupsNote':
    'Gruppen, in denen die ausgewählten Personen sind, werden angelegt. Namen von Gruppen bleiben, wie sie sind.',
  'settings.guardToday':
    'Nach heutigem Stand {allowed, plural, one {kann # Deaktivierung} other {können # Deaktivierungen}} innerhalb von 24 Stunden ausgeführt werden, bei {active, plural, one {# Mitglied mit Zugang, das} other {# Mitgliedern mit Zugang, die}} Ihr Identitätsanbieter verwaltet. Weitere werden zurückgestellt.',
  'settings.guardUsed':
    '{used, plural, =0 {In den letzten 24 Stunden wurde keine ausgeführt.} one {In den letzten 24 Stunden wurde # ausgeführt} other {In den letzten 24 Stunden wurden # ausgeführt}}{used, plural, =0 {} other {{left, plural, =0 {; die nächste wird zurückgestellt.} one {; # weitere ist möglich.} other {; # weitere sind möglich.}}}}',
  'settings.guardNobodyToday':
    '{active, plural, =0 {Nach heutigem Stand stellt der Schutz niemanden zurück: Ihr Identitätsanbieter verwaltet noch keine Mitglieder mit Zugang.} one {Nach heutigem Stand stellt der Schutz niemanden zurück: Ihr Identitätsanbieter verwaltet nur # Mitglied mit Zugang.} other {Nach heutigem Stand stellt der Schutz niemanden zurück: Ihr Identitätsanbieter verwaltet nur # Mitglieder mit Zugang.}}',
  'schedule.which': 'Wie oft',
  'schedule.daily': 'Einmal am Tag',
  'schedule.hours': 'Alle paar Stunden',
  'schedule.times.add': 'Uhrzeit hinzufügen',
  'schedule.times.remove': '{time} entfernen',
  'schedule.times.one': '{number}. Uhrzeit',
  'schedule.everyHours': 'Abstand',
  'schedule.hoursOption': '{count, plural, one {jede Stunde} other {alle # Stunden}}',
  'schedule.hint.daily':
    'Beginnt innerhalb der Stunde ab dieser Uhrzeit. Die Arbeitsbereiche verteilen sich über die Stunde.',
  'schedule.hint.times': 'Beginnt jeweils innerhalb einer Viertelstunde ab jeder Uhrzeit.',
  'schedule.hint.hours':
    'Zählt ab Mitternacht in dieser Zeitzone und beginnt jeweils innerhalb einer Viertelstunde ab der vollen Stunde.',
  'schedule.next': 'Nächste Synchronisierung:',
  'schedule.notOn': 'Gilt, sobald die automatische Synchronisierung eingeschaltet ist.',
  'runs.duration': 'Dauer',
  'runs.filteredNone': 'Keine Änderung dieser Synchronisierung passt dazu.',
  'runs.filteredNoneText': 'Ändern Sie die Suche oder den Filter.',
  'runs.showKind': 'Nur anzeigen: {kind}',
  'run.groups.create': '{count, plural, one {# Gruppe angelegt} other {# Gruppen angelegt}}',
  'run.groups.rename': '{count, plural, one {# Gruppe umbenannt} other {# Gruppen umbenannt}}',
  'run.groups.members':
    '{count, plural, one {Mitglieder von # Gruppe geändert} other {Mitglieder von # Gruppen geändert}}',
  'run.groups.delete': '{count, plural, one {# Gruppe gelöscht} other {# Gruppen gelöscht}}',
  'suspend.action': 'Sofort sperren',
  'suspend.title': '{name} sofort sperren?',
  'suspend.text':
    '{name} verliert innerhalb von Sekunden den Zugang und bleibt Mitglied. Keine Synchronisierung und nichts, was Ihr Identitätsanbieter sendet, gibt den Zugang zurück: Nur ein Admin kann die Sperre hier aufheben.',
  'suspend.textHeld':
    '{name} hat jetzt keinen Zugang, weil die Deaktivierung zurückgestellt ist. Mit einer Sperre bleibt das so, auch wenn die Deaktivierung abgelehnt wird oder Ihr Identitätsanbieter das Konto wieder aktiviert, bis ein Admin sie hier aufhebt.',
  'suspend.textInactive':
    '{name} hat jetzt keinen Zugang. Mit einer Sperre bleibt das so, auch wenn Ihr Identitätsanbieter das Konto wieder aktiviert, bis ein Admin sie hier aufhebt.',
  'suspend.reason': 'Grund (optional)',
  'suspend.reasonHint': 'Andere Admins sehen ihn hier und im Audit-Protokoll.',
  'suspend.done': '{name} ist gesperrt',
  'suspend.badge': 'Gesperrt',
  'suspend.noticeTitle': '{by} hat dieses Mitglied gesperrt',
  'suspend.noticeText':
    'Kein Zugang, bis ein Admin die Sperre aufhebt, unabhängig davon, was Ihr Identitätsanbieter sendet.',
  'suspend.noticeReason': 'Grund: {reason}',
  'suspend.since': 'Seit',
  'member.withoutDot': 'Hinter dem @ steht kein Punkt. Ist die Adresse vollständig?',
  'suspend.lift': 'Sperre aufheben',
  'suspend.liftTitle': 'Sperre von {name} aufheben?',
  'suspend.liftText.active': '{name} hat sofort wieder Zugang.',
  'suspend.liftText.held':
    '{name} bleibt vorerst ohne Zugang: Der Schutz stellt die Deaktivierung zurück, bis Sie entscheiden.',
  'suspend.liftText.inactive':
    '{name} bleibt vorerst ohne Zugang, weil das Mitglied deaktiviert ist. Aktiviert Ihr Identitätsanbieter das Konto wieder, besteht wieder Zugang.',
  'suspend.lifted': 'Die Sperre von {name} ist aufgehoben',
  'member.access.byAdmin': 'durch {by}',
  'member.statusOwned':
    'Ihr Identitätsanbieter verwaltet den Status. Sperren Sie dieses Mitglied im Notfall hier.',
  'adminAction.member.suspended': 'Gesperrt',
  'adminAction.member.suspension-lifted': 'Sperre aufgehoben',
  'adminAction.reason': 'Grund: {reason}',
  'seats.title': 'Plätze',
  'seats.order': 'Wer zuerst einen Platz bekommt',
  'seats.orderHint': 'Gilt, wenn es weniger Plätze als Personen gibt. Niemand verliert dadurch einen Platz.',
  'seats.order.first_come': 'Wer zuerst ins Verzeichnis kam',
  'seats.order.groups': 'Die Personen bestimmter Gruppen',
  'seats.groups': 'Gruppen, die zuerst kommen',
  'seats.groupsHint': 'In der Reihenfolge, in der Sie sie wählen. Alle anderen kommen danach.',
};
