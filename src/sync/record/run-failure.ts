import { causeOf } from '../../errors/data-error.ts';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { knownErrorOf } from '../../errors/known-error.ts';
import type { RunFailureReason, ShownReason } from '../decision/reason.ts';
import { newReference } from '../decision/refusals.ts';
import type { Language } from '../../errors/sentence.ts';
import { reasonSentences, reasonText } from '../wording/reasons.ts';

/** A run cannot go on for a reason that an admin can be told. */
export class RunStoppedError extends Error {
  readonly code: 'run-not-active';

  constructor(code: 'run-not-active') {
    super(code);
    this.code = code;
  }
}

/** Why a run failed: for an admin a reason, for the log the cause; the reference leads from one to the other. */
export interface RunFailure {
  reason: RunFailureReason;
  reference?: string;
  cause: Record<string, unknown>;
}

/** What to report about an error that ended a run. Its own words are for the log alone: they may hold anybody's data. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof RunStoppedError) return { reason: { code: error.code, params: {} }, cause: {} };
  const reference = newReference();
  const code = knownErrorOf(error) instanceof UnavailableError ? 'run-database-away' : 'run-failed';
  return { reason: { code, params: { reference } }, reference, cause: { reference, ...causeOf(error) } };
}

/** The stored reason in words. Earlier versions stored texts of any origin: of those, only the service's own are shown. */
export function failureText(stored: string | null, language: Language): string | null {
  if (stored === null) return null;
  const reason = parsed(stored);
  if (reason !== null) return reasonText(reason, language);
  const isOwn = /^(?:Given up: |User provisioning is not active)/.test(stored);
  return isOwn ? stored.split('. ', 1)[0]! : reasonText({ code: 'run-failed', params: {} }, language);
}

function parsed(stored: string): ShownReason | null {
  if (!stored.startsWith('{')) return null;
  try {
    const reason = JSON.parse(stored) as ShownReason;
    return Object.hasOwn(reasonSentences, reason.code) ? reason : null;
  } catch {
    return null;
  }
}
