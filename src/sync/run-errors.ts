import { knownErrorOf } from '../errors/known-error.ts';
import { UnavailableError } from '../errors/domain-errors.ts';
import { type Language, type Sentence, sentenceText } from '../errors/language.ts';

/** Why a run failed, or is tried again: what is stored. Admins read the sentence, operators the log. */
export const runErrorCodes = ['not-active', 'database-away', 'process-ended', 'unexpected'] as const;
export type RunErrorCode = (typeof runErrorCodes)[number];

const sentences: Record<RunErrorCode, Sentence> = {
  'not-active': {
    en: 'User provisioning is not active in this workspace any more.',
    de: 'User Provisioning ist in diesem Workspace nicht mehr aktiv.',
  },
  'database-away': {
    en: 'The database did not answer.',
    de: 'Die Datenbank hat nicht geantwortet.',
  },
  'process-ended': {
    en: 'Given up: the process that worked on this run ended several times before it got any further.',
    de: 'Aufgegeben: Der Prozess, der diesen Lauf bearbeitete, endete mehrmals, bevor er weiterkam.',
  },
  unexpected: {
    en: 'Something went wrong on our side. The log of the service has the details under the id of this run.',
    de: 'Bei uns ist etwas schiefgegangen. Das Protokoll des Dienstes nennt unter der ID dieses Laufs die Einzelheiten.',
  },
};

/** Provisioning was switched off while a run waited for its turn. */
export class ProvisioningEndedError extends Error {
  constructor() {
    super('User provisioning is not active in this workspace any more.');
  }
}

/** What is stored of an error: never its message, which may hold SQL and what stands in rows. */
export function runErrorCode(error: unknown): RunErrorCode {
  if (error instanceof ProvisioningEndedError) return 'not-active';
  return knownErrorOf(error) instanceof UnavailableError ? 'database-away' : 'unexpected';
}

/** The sentence for a stored code in the asker's language. */
export function runErrorText(code: RunErrorCode, language: Language): string {
  return sentenceText(sentences[code], language, {});
}

/** The code that is stored; what runs of older versions left there is a message of something unexpected. */
export function storedRunError(stored: string | null): RunErrorCode | null {
  if (stored === null) return null;
  return runErrorCodes.find((code) => code === stored) ?? 'unexpected';
}
