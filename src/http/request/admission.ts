/** For as long the answer to "who is this?" counts, while a body arrives: a revocation is felt within a second. */
const trustMs = 900;

/** A request whose credentials may have been found good. */
export interface AdmittedRequest {
  admittedAtMs?: number;
}

/** Notes that the credentials of a request were found good just now. */
export function noteAdmission(request: AdmittedRequest): void {
  request.admittedAtMs = performance.now();
}

/**
 * Whether the credentials of a request were found good, so short a time ago that they need no second look. They are
 * checked before the body is read and asked for again behind it; a body that comes slowly does not outlive a revocation.
 */
export function isAdmitted({ admittedAtMs }: AdmittedRequest): boolean {
  return admittedAtMs !== undefined && performance.now() - admittedAtMs < trustMs;
}
