import type { components } from './openapi.ts';

/** A problem document (RFC 9457). */
export type Problem = Partial<components['schemas']['Problem']>;

/** The service answered with a problem. The message says what and where; `status` and `type` tell kinds apart. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  /** The stable name of the kind of problem, such as `field-provisioned`. */
  readonly type: string;
  readonly problem: Problem;
  /** How long to wait before another attempt, as the service asks (`Retry-After`); null: it does not say. */
  readonly retryAfterMs: number | null;

  constructor(status: number, problem: Problem, retryAfterMs: number | null = null) {
    super(messageOf(status, problem));
    this.status = status;
    this.type = (problem.type ?? '').split(':').at(-1) ?? '';
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later: the service is busy, restarts, or asks for patience. */
  get mayPass(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** 410: what follows the cursor is no longer kept. Take a snapshot, and continue after its cursor. */
export class CursorTooOld extends ProblemError {
  override name = 'CursorTooOld';
}

/** The error for an answer that is no success. @param body what the answer says, if it could be read */
export function problemOf(response: Response, body: unknown): ProblemError {
  const problem: Problem = typeof body === 'object' && body !== null ? body : {};
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), Date.now());
  if (response.status === 410) return new CursorTooOld(response.status, problem, retryAfterMs);
  return new ProblemError(response.status, problem, retryAfterMs);
}

/** `Retry-After` in ms: seconds or a date (RFC 9110, section 10.2.3); null when it is absent or unreadable. */
export function readRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

function messageOf(status: number, problem: Problem): string {
  const faults = (problem.errors ?? []).map(({ path, message }) =>
    path === '' ? message : `${path}: ${message}`,
  );
  const text = problem.detail ?? problem.title ?? 'The service answered with an error.';
  return [`${text} (${status})`, ...faults].join(' ');
}
