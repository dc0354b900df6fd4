import type { FaultCode } from './fault-codes.ts';
import { faultSentence } from './fault-sentences.ts';
import { type Language, type Sentence, sentenceText, type Wording, wordingText } from './sentence.ts';

/**
 * One fault in a request body or query: where it is (`rules[3].source`) and what is wrong. Where a client may want its
 * own words, `code` names the fault for good and `params` holds what the sentence needs.
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

  constructor(what: string, message = `No ${what} with this id.`) {
    super('not-found', message);
  }
}

/** The request is sound, but the present state does not allow it. */
export class ConflictError extends DomainError {
  readonly status = 409;
  readonly title = 'Conflict';
}

/** The write names a state of the resource, and it is in another one by now (RFC 9110 §13.1.1). */
export class PreconditionFailedError extends DomainError {
  readonly status = 412;
  readonly title = 'Precondition failed';

  constructor() {
    super('precondition-failed', 'This was changed meanwhile. Load it again, and make your change there.');
  }
}

/** What follows a cursor of the events is no longer kept, or this database has another history (RFC 9110 §15.5.11). */
export class CursorTooOldError extends DomainError {
  readonly status = 410;
  readonly title = 'Gone';

  constructor(
    message = 'What follows this cursor is no longer kept. Take a snapshot, and continue after its cursor.',
  ) {
    super('cursor-too-old', message);
  }
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
  /** Which credential it was, where that is known all the same, e.g. one that was revoked: for the audit log alone. */
  about: { workspaceId: string | null; credentialId: string } | null = null;

  constructor(message: string, challenge = 'Bearer') {
    super('unauthenticated', message);
    this.challenge = challenge;
  }
}

/** The request says something that cannot be right; `errors` says what and where. */
export class BadInputError extends DomainError {
  readonly status = 400;
  readonly title = 'Bad request';

  constructor(errors: readonly InputFault[], message?: string, extra: Record<string, unknown> = {}) {
    super(
      'bad-input',
      message ??
        summaryOf(
          errors.map((fault) => sayFault(fault, 'en')),
          'en',
        ),
      extra,
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

/** The body is of a media type, charset or content coding that this route does not take. */
export class UnsupportedMediaTypeError extends DomainError {
  readonly status = 415;
  readonly title = 'Unsupported media type';

  constructor(message: string) {
    super('unsupported-media-type', message);
  }
}

/** A condition of the database that passes: no bug of ours. */
export type PassingFaultCode = Extract<FaultCode, `database-${string}`>;

/** Such a condition, and how it is told. */
interface PassingCondition {
  code: PassingFaultCode;
  sentence: Sentence;
}

/** Something this service needs does not answer now; the same request may succeed later. */
export class UnavailableError extends DomainError {
  readonly status = 503;
  readonly title = 'Service unavailable';
  private readonly passing: PassingCondition | undefined;

  constructor(message: string, passing?: PassingCondition, extra: Record<string, unknown> = {}) {
    const faults = passing
      ? [wordedFault('', { code: passing.code, sentence: passing.sentence, params: {} })]
      : [];
    super('unavailable', message, extra, faults);
    this.passing = passing;
  }

  /** What keeps it from answering, where that is the database. */
  get condition(): PassingFaultCode | null {
    return this.passing?.code ?? null;
  }

  /** The same with further members for its problem document. */
  beside(extra: Record<string, unknown>): UnavailableError {
    return new UnavailableError(this.message, this.passing, { ...this.extra, ...extra });
  }

  /** The fault says it all, in the asker's language. */
  override said(language: Language): { detail: string; errors?: SaidFault[] } {
    const said = super.said(language);
    return { ...said, detail: said.errors?.[0]?.message ?? said.detail };
  }
}

/** The request is sound, but costs more than one may. The message says what to ask for instead. */
export class TooCostlyError extends DomainError {
  readonly status = 400;
  readonly title = 'Too costly';

  constructor(message: string) {
    super('too-costly', message);
  }
}

/** This workspace asks for more at a time than its share; the same request may succeed when others of it have ended. */
export class BusyError extends DomainError {
  readonly status = 429;
  readonly title = 'Too many requests';

  constructor(message = 'Too many requests of this workspace are under way. Try again in a moment.') {
    super('too-many-requests', message);
  }
}

/** The client has gone: nobody will read this. The status is the one that proxies log for it. */
export class ClientGoneError extends DomainError {
  readonly status = 499;
  readonly title = 'Client closed the request';

  constructor() {
    super('client-gone', 'The client closed the connection before it was answered.');
  }
}

/** A fault in the asker's language. One without a sentence of its own has the one of its code. */
export function sayFault({ sentence, ...fault }: InputFault, language: Language): SaidFault {
  if (sentence !== undefined) {
    return { ...fault, message: sentenceText(sentence, language, fault.params ?? {}) };
  }
  const ofCode = language === 'en' ? undefined : faultSentence(fault.code);
  return ofCode === undefined ? fault : { ...fault, message: saidOfPlace(fault, ofCode, language) };
}

/** What a sentence of a code says of the fault's place, which it names where it is a name. */
export function saidOfPlace(
  { path, params = {} }: Pick<SaidFault, 'path' | 'params'>,
  sentence: Sentence,
  language: Language,
): string {
  const listed = Object.entries(params).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  const said = sentenceText(sentence, language, Object.fromEntries(listed) as Record<string, unknown>);
  if (/^\p{Lu}/u.test(said) || filePlace.test(path)) return said;
  return `${path === '' ? sentenceText(theRequest, language, {}) : path} ${said}`;
}

const theRequest: Sentence = { en: 'The request', de: 'Die Anfrage' };

/** A place in a file: the path of the fault of a line, and perhaps of its column. */
const filePlace = /^line (\d+)(?:, column (\d+))?/u;

/** A path as it is read by people. */
function shownPath(path: string, language: Language): string {
  if (language === 'en') return path;
  return path.replace(filePlace, (_all, line: string, column?: string) =>
    column === undefined ? `Zeile ${line}` : `Zeile ${line}, Spalte ${column}`,
  );
}

const notValid: Sentence = { en: 'The request is not valid.', de: 'Die Anfrage ist nicht gültig.' };

/** Follows the first fault where it is not the only one. */
const andMore: Sentence = {
  en: '{count, plural, =0 {} other { (and # more)}}',
  de: '{count, plural, =0 {} other { (und # weitere)}}',
};

function summaryOf(errors: readonly SaidFault[], language: Language): string {
  const [first] = errors;
  if (!first) return sentenceText(notValid, language, {});
  const more = sentenceText(andMore, language, { count: errors.length - 1 });
  const isTold = first.path === '' || first.message.startsWith(`${first.path} `);
  return `${isTold ? '' : `${shownPath(first.path, language)}: `}${first.message}${more}`;
}
