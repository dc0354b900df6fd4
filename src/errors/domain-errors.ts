/**
 * One fault in a request body or query: where it is (`rules[3].source`) and what is wrong. Where a client may want to
 * word it himself, `code` names the fault for good and `params` holds what the sentence needs.
 */
export interface InputFault {
  path: string;
  message: string;
  code?: string;
  params?: Record<string, unknown>;
}

/**
 * An error in the words of the domain. Services throw these; the error filter alone knows how they look over HTTP.
 *
 * @property type stable kebab-case name, the last part of the problem's `type` URI (RFC 9457)
 * @property extra further members of the problem document, e.g. `{ runId }`
 */
export abstract class DomainError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  readonly type: string;
  readonly extra: Record<string, unknown>;

  constructor(type: string, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.name = new.target.name;
    this.type = type;
    this.extra = extra;
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
  readonly errors: readonly InputFault[];

  constructor(errors: readonly InputFault[], message?: string) {
    super('bad-input', message ?? summaryOf(errors), { errors });
    this.errors = errors;
  }
}

/** The body is larger than the limit that the message names. */
export class TooLargeError extends DomainError {
  readonly status = 413;
  readonly title = 'Content too large';

  constructor(message: string) {
    super('content-too-large', message);
  }
}

/** Something this service needs does not answer now; the same request may succeed later. */
export class UnavailableError extends DomainError {
  readonly status = 503;
  readonly title = 'Service unavailable';

  constructor(message: string) {
    super('unavailable', message);
  }
}

function summaryOf(errors: readonly InputFault[]): string {
  const [first] = errors;
  if (!first) return 'The request is not valid.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}`;
}
