import { causeOf } from '../../errors/data-error.ts';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { knownErrorOf } from '../../errors/known-error.ts';
import type { Reason } from '../decision/change.ts';
import { type Language, reasonSentences, reasonText } from '../wording/reasons.ts';
import { newReference } from '../decision/refusals.ts';

/** A run cannot go on for a reason that an admin can be told. */
export class RunStoppedError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Why a run failed: as an admin is told, by a code and a reference, and as the log tells. */
export interface RunFailure {
  reason: Reason;
  cause: Record<string, unknown>;
}

/** What is to be said of an error that ended a run. Its own words are for the log alone: they may hold anybody's data. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof RunStoppedError) return { reason: { code: error.code, params: {} }, cause: {} };
  const reference = newReference();
  const code = knownErrorOf(error) instanceof UnavailableError ? 'run-database-away' : 'run-failed';
  return { reason: { code, params: { reference } }, cause: { reference, ...causeOf(error) } };
}

/**
 * The stored reason in words. What earlier versions stored is a text of any origin: of those only what this service said
 * itself is shown.
 */
export function failureText(stored: string | null, language: Language): string | null {
  if (stored === null) return null;
  const reason = parsed(stored);
  if (reason !== null) return reasonText(reason, language);
  const isOwn = /^(?:Given up: |User provisioning is not active)/.test(stored);
  return isOwn ? stored.split('. ', 1)[0]! : reasonText({ code: 'run-failed', params: {} }, language);
}

function parsed(stored: string): Reason | null {
  if (!stored.startsWith('{')) return null;
  try {
    const reason = JSON.parse(stored) as Reason;
    return Object.hasOwn(reasonSentences, reason.code) ? reason : null;
  } catch {
    return null;
  }
}
