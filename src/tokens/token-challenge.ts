import type { OperatorToken } from '../config/operator-tokens.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { bearerRefusal } from '../http/request/bearer-refusal.ts';
import {
  accessTokenPrefix,
  apiTokenPrefix,
  tokenKindOf,
  wrongKindMessage,
} from '../http/request/token-kind.ts';
import { checkSecret } from '../http/request/token-secret.ts';

const realm = 'Bearer realm="SCIM"';

/**
 * The answer to a request whose token is no good (RFC 6750 §3). The detail is what the admin of the identity provider
 * reads, so it says what to do.
 */
export const tokenRefusal = {
  missing: () =>
    new UnauthenticatedError(
      'Send the API token in the Authorization header: "Authorization: Bearer mcs_…".',
      realm,
    ),
  misplaced: () =>
    refusal(
      'invalid_request',
      'An access_token in the address or the body is not accepted, because it ends up in logs. ' +
        'Send the API token in the Authorization header, and replace it, since it may have been recorded.',
    ),
  /** @param came what the header holds, as `credentialsOf` says it */
  notBearer: (came: string) =>
    refusal(
      'invalid_request',
      `The Authorization header must read "Bearer", a space and the API token, or be the token alone. What came was ${came}. ` +
        'Paste the token alone into your identity provider, without the word Bearer and without spaces.',
    ),
  foreign: () =>
    invalid('This is no API token of this service: one begins with "mcs_". Is the right secret pasted?'),
  identityProvidersOwn: () =>
    invalid(
      'The identity provider sent a token of its own, as Microsoft Entra ID does when its Secret Token field is empty. ' +
        'Paste the API token there.',
    ),
  mistyped: () => invalid('The token looks truncated or mistyped. Copy the whole API token again.'),
  unknown: () => invalid('There is no such API token.'),
  revoked: () => invalid('This API token was revoked.'),
  expired: () => invalid('This API token has expired.'),
  accessTokenExpired: () => invalid('This access token has expired. Ask POST /oauth/token for another one.'),
  clientRevoked: () => invalid('The OAuth client of this access token was revoked.'),
  inactive: () => invalid('User provisioning is not active in this workspace.'),
} as const;

/**
 * Why this text cannot be an API token, without asking the database; null when it could be one.
 *
 * @param operatorTokens those of this service, to tell when one came instead
 */
export function malformedRefusalOf(
  secret: string,
  operatorTokens: readonly OperatorToken[],
): UnauthenticatedError | null {
  if (checkSecret(apiTokenPrefix, secret) === 'ok' || checkSecret(accessTokenPrefix, secret) === 'ok')
    return null;
  const kind = tokenKindOf(secret, operatorTokens);
  if (kind === 'api-token' || kind === 'access-token') return tokenRefusal.mistyped();
  if (kind === 'json-web-token') return tokenRefusal.identityProvidersOwn();
  const wrongKind = wrongKindMessage(secret, 'api-token', operatorTokens);
  return wrongKind === null ? tokenRefusal.foreign() : invalid(wrongKind);
}

function invalid(message: string): UnauthenticatedError {
  return refusal('invalid_token', message);
}

function refusal(code: 'invalid_token' | 'invalid_request', message: string): UnauthenticatedError {
  return bearerRefusal(realm, code, message);
}
