import type { sandboxEn } from './sandbox-en.ts';

/** German texts of the sandbox. */
export const sandboxDe: Record<keyof typeof sandboxEn, string> = {
  'sandbox.title': 'Ohne Identitätsanbieter ausprobieren',
  'sandbox.intro':
    'Dieser Arbeitsbereich ist eine Sandbox. Ein simulierter Identitätsanbieter sendet eine erfundene Firma über SCIM, genau wie es der echte täte: Sehen Sie zu, wie Personen ankommen, sehen Sie sich jede Anfrage im Protokoll an, und synchronisieren Sie sie dann.',
  'sandbox.provider': 'Identitätsanbieter',
  'sandbox.entra': 'Microsoft Entra ID',
  'sandbox.entraHint':
    'Sucht alle nach der Objekt-ID und sendet dann Führungskräfte, Gruppen und deren Mitglieder.',
  'sandbox.okta': 'Okta',
  'sandbox.oktaHint': 'Sucht alle nach dem Benutzernamen, sendet ganze Profile und überträgt Gruppen.',
  'sandbox.people': 'Anzahl der Personen',
  'sandbox.peopleHint': 'Höchstens {{max, number}}',
  'sandbox.peopleWrong': 'Eine ganze Zahl von 1 bis {{max, number}}',
  'sandbox.start': 'Simulation starten',
  'sandbox.token':
    'Sie verwendet ein eigenes API-Token, das Sie unter API-Tokens sehen und das am Ende widerrufen wird.',
  'sandbox.running': '{{provider}} wird simuliert',
  'sandbox.starting': 'Verbindung wird getestet …',
  'sandbox.phase.users': 'Personen: {{done, number}} von {{total, number}}',
  'sandbox.phase.disabled users': 'Beurlaubte: {{done, number}} von {{total, number}}',
  'sandbox.phase.managers': 'Führungskräfte: {{done, number}} von {{total, number}}',
  'sandbox.phase.groups': 'Gruppen: {{done, number}} von {{total, number}}',
  'sandbox.phase.members': 'Gruppenmitglieder: {{done, number}} von {{total, number}}',
  'sandbox.nextDay': 'Nächsten Tag kommen lassen',
  'sandbox.nextDayHint':
    'Die Firma lebt weiter: Jeden Tag kommen und gehen einige Personen, wechseln die Abteilung oder heißen anders.',
  'sandbox.runningDay': '{{provider}} wird simuliert: Tag {{day, number}}',
  'sandbox.succeededDay': 'Tag {{day, number}} der simulierten Firma ist angekommen',
  'sandbox.succeededDayText': 'Sehen Sie sich an, was er ändern würde, und synchronisieren Sie.',
  'sandbox.stop': 'Anhalten',
  'sandbox.succeeded': 'Die simulierte Firma ist angekommen',
  'sandbox.succeededText': 'Sehen Sie sich an, was sich ändern würde, und synchronisieren Sie.',
  'sandbox.stopped': 'Die Simulation wurde angehalten',
  'sandbox.stoppedText':
    'Was bis dahin angekommen ist, bleibt. Starten Sie erneut, dann geht es dort weiter.',
  'sandbox.failed': 'Die Simulation konnte nicht weitergehen',
  'sandbox.failedText': 'Sie endete unerwartet. Starten Sie sie erneut.',
  'sandbox.refused_one':
    '{{count, number}} Person oder Gruppe wurde abgewiesen; das Bereitstellungsprotokoll sagt, warum.',
  'sandbox.refused_other':
    '{{count, number}} Personen oder Gruppen wurden abgewiesen; das Bereitstellungsprotokoll sagt, warum.',
  'sandbox.review': 'Ansehen, was sich ändern würde',
  'sandbox.again': 'Noch einmal',
};
