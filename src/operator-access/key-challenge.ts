import type { OperatorToken } from '../config/operator-tokens.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { bearerRefusal } from '../http/request/bearer-refusal.ts';
import { wrongKindMessage } from '../http/request/token-kind.ts';

const realm = 'Bearer realm="operator"';

/** The answer to a request of `/operator` whose credentials are no good (RFC 6750 §3), in words that say what to do. */
export const callerRefusal = {
  /** @param came what the header holds, as `credentialsOf` says it; null: there is none */
  missing: (came: string | null) =>
    new UnauthenticatedError(
      'Send a product key or the operator token in the Authorization header, as "Bearer" and the secret.' +
        (came === null ? '' : ` What came was ${came}.`),
      realm,
    ),
  /** Of another kind, or of none. */
  foreign: (token: string, operatorTokens: readonly OperatorToken[]) =>
    invalid(
      wrongKindMessage(token, 'operator-token', operatorTokens) ??
        'This is neither the operator token nor a product key: one begins with "upk_".',
    ),
  mistyped: () => invalid('The product key looks truncated or mistyped. Copy the whole key again.'),
  unknown: () => invalid('There is no such product key.'),
  revoked: () => invalid('This product key was revoked.'),
  expired: () => invalid('This product key has expired.'),
  replaced: () =>
    invalid('This secret of the product key was replaced, and its overlap is over. Use the new secret.'),
} as const;

function invalid(message: string): UnauthenticatedError {
  return bearerRefusal(realm, 'invalid_token', message);
}
