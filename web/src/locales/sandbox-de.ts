import type { sandboxEn } from './sandbox-en.ts';

/** German texts of the sandbox. */
export const sandboxDe: Record<keyof typeof sandboxEn, string> = {
  'sandbox.title': 'Ohne Identitätsanbieter ausprobieren',
  'sandbox.intro':
    'Dieser Arbeitsbereich ist eine Sandbox. Ein simulierter Identitätsanbieter sendet eine fiktive Firma über SCIM, genau wie ein echter. Sehen Sie zu, wie Personen ankommen, prüfen Sie jede Anfrage im Protokoll, und synchronisieren Sie dann.',
  'sandbox.provider': 'Identitätsanbieter',
  'sandbox.entra': 'Microsoft Entra ID',
  'sandbox.entraHint':
    'Sucht alle anhand der Objekt-ID und sendet dann Führungskräfte, Gruppen und deren Mitglieder.',
  'sandbox.okta': 'Okta',
  'sandbox.oktaHint': 'Sucht alle anhand des Benutzernamens, sendet ganze Profile und überträgt Gruppen.',
  'sandbox.people': 'Anzahl der Personen',
  'sandbox.peopleHint': 'Höchstens {max, number}',
  'sandbox.peopleWrong': 'Eine ganze Zahl von 1 bis {max, number}',
  'sandbox.start': 'Simulation starten',
  'sandbox.token':
    'Die Simulation verwendet ein eigenes API-Token. Sie finden es unter API-Tokens; am Ende der Simulation wird es widerrufen.',
  'sandbox.running': '{provider} wird simuliert',
  'sandbox.starting': 'Verbindung wird getestet …',
  'sandbox.phase.users': 'Personen: {done, number} von {total, number}',
  'sandbox.phase.disabled users': 'Beurlaubte: {done, number} von {total, number}',
  'sandbox.phase.managers': 'Führungskräfte: {done, number} von {total, number}',
  'sandbox.phase.groups': 'Gruppen: {done, number} von {total, number}',
  'sandbox.phase.members': 'Gruppenmitglieder: {done, number} von {total, number}',
  'sandbox.nextDay': 'Nächsten Tag simulieren',
  'sandbox.nextDayHint':
    'Jeden Tag kommen einige Personen hinzu, scheiden aus, wechseln die Abteilung oder ändern ihren Namen.',
  'sandbox.runningDay': '{provider} wird simuliert: Tag {day, number}',
  'sandbox.succeededDay': 'Tag {day, number} der simulierten Firma ist angekommen',
  'sandbox.succeededDayText': 'Sehen Sie sich an, was er ändern würde, und synchronisieren Sie.',
  'sandbox.stop': 'Stoppen',
  'sandbox.succeeded': 'Die simulierte Firma ist angekommen',
  'sandbox.succeededText': 'Sehen Sie sich an, was sich ändern würde, und synchronisieren Sie.',
  'sandbox.nothingPending': 'Alles davon ist synchronisiert.',
  'sandbox.stopped': 'Die Simulation wurde gestoppt',
  'sandbox.stoppedText': 'Was angekommen ist, bleibt. Starten Sie erneut, um dort weiterzumachen.',
  'sandbox.stoppedDayText':
    'Was angekommen ist, bleibt. Simulieren Sie den nächsten Tag, um zu senden, was von Tag {day, number} fehlt.',
  'sandbox.failed': 'Die Simulation konnte nicht fortgesetzt werden',
  'sandbox.failedText': 'Sie wurde unerwartet beendet. Starten Sie sie erneut.',
  'sandbox.failedDayText':
    'Sie wurde unerwartet beendet. Simulieren Sie den nächsten Tag, um zu senden, was von Tag {day, number} fehlt.',
  'sandbox.refused':
    '{count, plural, one {# Person oder Gruppe wurde abgewiesen; das Bereitstellungsprotokoll sagt, warum.} other {# Personen oder Gruppen wurden abgewiesen; das Bereitstellungsprotokoll sagt, warum.}}',
  'sandbox.review': 'Ansehen, was sich ändern würde',
  'sandbox.again': 'Erneut starten',
};
