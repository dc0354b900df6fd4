import { type Language, type Sentence, sentenceText } from '../../errors/sentence.ts';

/**
 * Why somebody may use the product, may not, or is unknown.
 *
 * Of a person that no run has made a member, `never-synchronized` says so, and its sentence what the person waits for.
 */
export const accessReasonCodes = [
  'granted',
  'suspended',
  'suspended-by-admin',
  'left',
  'deactivated',
  'removed',
  'never-synchronized',
  'nobody',
  'no-workspace',
] as const;
export type AccessReasonCode = (typeof accessReasonCodes)[number];

/** What a person that the directory knows and who is no member waits for. */
export const waitedFor = [
  'run',
  'conflict',
  'exclusion',
  'suppression',
  'activation',
  'provisioning',
  'seat',
] as const;
export type WaitedFor = (typeof waitedFor)[number];

/** A reason, and what its sentence needs. */
export interface AccessReason {
  code: AccessReasonCode;
  params: { since?: string; waitsFor?: WaitedFor };
}

const sentences: Record<Exclude<AccessReasonCode, 'never-synchronized'>, Sentence> = {
  granted: { en: 'The member has access.', de: 'Das Mitglied hat Zugang.' },
  suspended: {
    en: 'The person left in the directory. The removal guard holds the deactivation until an admin decides; until then the access is suspended.',
    de: 'Die Person ist im Verzeichnis ausgeschieden. Der Schutz stellt die Deaktivierung zurück, bis ein Admin entscheidet; bis dahin ist der Zugang ausgesetzt.',
  },
  'suspended-by-admin': {
    en: 'An admin suspended the member. The access stays suspended until an admin lifts that.',
    de: 'Ein Admin hat das Mitglied gesperrt. Der Zugang bleibt gesperrt, bis ein Admin die Sperre aufhebt.',
  },
  left: {
    en: 'The person left in the directory, and the member was deactivated.',
    de: 'Die Person ist im Verzeichnis ausgeschieden, und das Mitglied wurde deaktiviert.',
  },
  deactivated: { en: 'The member is deactivated.', de: 'Das Mitglied ist deaktiviert.' },
  removed: { en: 'The member was removed.', de: 'Das Mitglied wurde entfernt.' },
  nobody: {
    en: 'Neither the members nor the directory know this person.',
    de: 'Weder die Mitglieder noch das Verzeichnis kennen diese Person.',
  },
  'no-workspace': { en: 'There is no such workspace.', de: 'Diesen Arbeitsbereich gibt es nicht.' },
};

const waiting: Record<WaitedFor, Sentence> = {
  run: {
    en: 'The directory knows the person, but no synchronization has made them a member yet.',
    de: 'Das Verzeichnis kennt die Person, aber keine Synchronisierung hat sie bisher zum Mitglied gemacht.',
  },
  conflict: {
    en: 'The directory knows the person, but they are in conflict: an admin must decide.',
    de: 'Das Verzeichnis kennt die Person, aber sie ist in einem Konflikt: Ein Admin muss entscheiden.',
  },
  exclusion: {
    en: 'The directory knows the person, but they are excluded from synchronization.',
    de: 'Das Verzeichnis kennt die Person, aber sie ist von der Synchronisierung ausgeschlossen.',
  },
  suppression: {
    en: 'The directory knows the person, but an admin took the change back that made them a member.',
    de: 'Das Verzeichnis kennt die Person, aber ein Admin hat die Änderung zurückgenommen, die sie zum Mitglied machte.',
  },
  activation: {
    en: 'The directory knows the person, but they are not active there, and never were a member.',
    de: 'Das Verzeichnis kennt die Person, aber sie ist dort nicht aktiv und war nie Mitglied.',
  },
  seat: {
    en: 'The directory knows the person, but all seats of this workspace are taken: they wait for one.',
    de: 'Das Verzeichnis kennt die Person, aber alle Plätze dieses Arbeitsbereichs sind vergeben: Sie wartet auf einen.',
  },
  provisioning: {
    en: 'The directory knows the person, but user provisioning is not active in this workspace.',
    de: 'Das Verzeichnis kennt die Person, aber die Benutzerbereitstellung ist in diesem Arbeitsbereich nicht aktiv.',
  },
};

/** The reason in words. */
export function accessReasonText({ code, params }: AccessReason, language: Language): string {
  const sentence = code === 'never-synchronized' ? waiting[params.waitsFor ?? 'run'] : sentences[code];
  return sentenceText(sentence, language, {});
}
