/** Why an attempt did not succeed, by a name that never changes, and what is said of it. */
export const attemptErrors = {
  status: 'The receiver answered with an error.',
  redirect: 'The receiver answered with a redirect, and none is followed. Set the URL that it leads to.',
  gone: 'The receiver answered with 410: it wants no more events. The webhook was disabled.',
  timeout: 'The receiver did not answer within 15 seconds.',
  unresolved: 'The name of the host could not be resolved.',
  'private-address':
    'The URL is not https, or its host has an address that is not public. WEBHOOK_ALLOW_PRIVATE=on would allow it, for development and for receivers in the same network.',
  unreachable: 'No connection could be made.',
  tls: 'No secure connection could be made: the certificate or the protocol was refused.',
  broken: 'The connection broke before the answer was complete, or what came was no HTTP.',
  'secret-unreadable':
    'The secret cannot be read: SECRETS_KEY, or the operator token where it is not set, is another one than it was. Bring the former one back as SECRETS_KEY, or rotate the secret.',
} as const;

export type AttemptError = keyof typeof attemptErrors;

export const attemptErrorCodes = Object.keys(attemptErrors) as AttemptError[];

/** How an attempt failed that got no answer, by what Node says of it. */
export function errorOfFailure(failure: unknown): AttemptError {
  const code = (failure as NodeJS.ErrnoException | null)?.code ?? '';
  if (unresolved.has(code)) return 'unresolved';
  if (unreachable.has(code)) return 'unreachable';
  return tls.test(code) ? 'tls' : 'broken';
}

const unresolved: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'ENODATA',
  'ESERVFAIL',
]);

const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EACCES',
]);

/** OpenSSL's own codes, and those of a certificate that does not hold. */
const tls = /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$|HOSTNAME_MISMATCH$)/;
