import type { FaultCode } from './fault-codes.ts';
import { type Language, type Sentence, sentenceText, type Wording, wordingText } from './language.ts';

/**
 * One fault in a request body or query: where it is (`rules[3].source`) and what is wrong. Where a client may want to
 * word it himself, `code` names the fault for good and `params` holds what the sentence needs.
 */
export interface SaidFault {
  path: string;
  message: string;
  code?: string;
  params?: Record<string, unknown>;
}

/** The same before it is known who asks: `message` is in English, `sentence` says it in every language. */
export interface InputFault extends SaidFault {
  sentence?: Sentence;
}

/** A fault that a client words by its code; `message` is for those who do not. */
export function codedFault(
  path: string,
  code: FaultCode,
  message: string,
  params?: Record<string, unknown>,
): InputFault {
  return { path, message, code, ...(params && { params }) };
}

/** A fault that is worded in every language. */
export function wordedFault(path: string, wording: Wording): InputFault {
  return { path, message: wordingText(wording, 'en'), ...wording };
}

/**
 * An error in the words of the domain. Services throw these; the error filter alone knows how they look over HTTP.
 *
 * @property type stable kebab-case name, the last part of the problem's `type` URI (RFC 9457)
 * @property extra further members of the problem document, e.g. `{ runId }`
 * @property errors what in particular is wrong, and where
 */
export abstract class DomainError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  readonly type: string;
  readonly extra: Record<string, unknown>;
  readonly errors: readonly InputFault[];

  constructor(
    type: string,
    message: string,
    extra: Record<string, unknown> = {},
    errors: readonly InputFault[] = [],
  ) {
    super(message);
    this.name = new.target.name;
    this.type = type;
    this.extra = extra;
    this.errors = errors;
  }

  /** What it says to somebody who asks in this language, as far as its faults are worded in it. */
  said(language: Language): { detail: string; errors?: SaidFault[] } {
    if (this.errors.length === 0) return { detail: this.message };
    return { detail: this.message, errors: this.errors.map((fault) => sayFault(fault, language)) };
  }
}

/** There is no such thing in this workspace. `what` completes the sentence "No … with this id". */
export class NotFoundError extends DomainError {
  readonly status = 404;
  readonly title = 'Not found';

  constructor(what: string) {
    super('not-found', `No ${what} with this id.`);
  }
}

/** The request is sound, but the present state does not allow it. */
export class ConflictError extends DomainError {
  readonly status = 409;
  readonly title = 'Conflict';
}

/** The caller is known, but may not do this. */
export class ForbiddenError extends DomainError {
  readonly status = 403;
  readonly title = 'Forbidden';
}

/**
 * The caller is not known.
 *
 * @property challenge the `WWW-Authenticate` header to send (RFC 6750 §3)
 */
export class UnauthenticatedError extends DomainError {
  readonly status = 401;
  readonly title = 'Unauthorized';
  readonly challenge: string;

  constructor(message: string, challenge = 'Bearer') {
    super('unauthenticated', message);
    this.challenge = challenge;
  }
}

/** The request says something that cannot be right; `errors` says what and where. */
export class BadInputError extends DomainError {
  readonly status = 400;
  readonly title = 'Bad request';

  constructor(errors: readonly InputFault[], message?: string) {
    super(
      'bad-input',
      message ??
        summaryOf(
          errors.map((fault) => sayFault(fault, 'en')),
          'en',
        ),
      {},
      errors,
    );
  }

  /** The faults, and a sentence that sums them up. */
  override said(language: Language): { detail: string; errors: SaidFault[] } {
    const errors = this.errors.map((fault) => sayFault(fault, language));
    return { detail: language === 'en' ? this.message : summaryOf(errors, language), errors };
  }
}

/** The body is larger than the limit that the message names. */
export class TooLargeError extends DomainError {
  readonly status = 413;
  readonly title = 'Content too large';

  /** @param bytesMax the limit, where it is known */
  constructor(message: string, bytesMax: number | null) {
    super('content-too-large', message, bytesMax === null ? {} : { bytesMax });
  }
}

/** Something this service needs does not answer now; the same request may succeed later. */
export class UnavailableError extends DomainError {
  readonly status = 503;
  readonly title = 'Service unavailable';

  constructor(message: string, extra: Record<string, unknown> = {}) {
    super('unavailable', message, extra);
  }
}

/** A fault in the asker's language, as far as it is worded in it. */
export function sayFault({ sentence, ...fault }: InputFault, language: Language): SaidFault {
  if (sentence === undefined) return fault;
  return { ...fault, message: sentenceText(sentence, language, fault.params ?? {}) };
}

function summaryOf(errors: readonly SaidFault[], language: Language): string {
  const [first] = errors;
  if (!first) return language === 'de' ? 'Die Anfrage ist nicht gültig.' : 'The request is not valid.';
  const count = errors.length - 1;
  const more = count === 0 ? '' : language === 'de' ? ` (und ${count} weitere)` : ` (and ${count} more)`;
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}`;
}
