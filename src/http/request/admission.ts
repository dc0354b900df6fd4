import type { RequestState } from './request-state.ts';

/**
 * How long a process may go on trusting credentials that it has found good, without asking the database again. Below
 * one second, so that every process feels a revocation within a second.
 */
export const credentialsTrustMs = 900;

/** Notes that the credentials of a request were found good just now. */
export function noteAdmission(request: RequestState): void {
  request.admittedAtMs = performance.now();
}

/**
 * Whether the credentials of a request were found good, so short a time ago that they need no second look. They are
 * checked before the body is read and asked for again behind it; a body that comes slowly does not outlive a revocation.
 */
export function isAdmitted({ admittedAtMs }: RequestState): boolean {
  return admittedAtMs !== undefined && performance.now() - admittedAtMs < credentialsTrustMs;
}
