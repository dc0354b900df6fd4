import { UnauthenticatedError } from '../../errors/domain-errors.ts';

/**
 * The refusal of credentials that came but are no good, with its challenge (RFC 6750 §3). The `error_description` may hold
 * neither quotes nor characters beyond ASCII.
 *
 * @param realm the challenge of the door, without an error: `Bearer realm="SCIM"`
 * @param message what is wrong and what to do; nothing of the credentials
 */
export function bearerRefusal(
  realm: string,
  code: 'invalid_token' | 'invalid_request',
  message: string,
): UnauthenticatedError {
  const description = message.replaceAll('"', "'").replace(/[^\x20-\x7e]/g, '');
  return new UnauthenticatedError(message, `${realm}, error="${code}", error_description="${description}"`);
}

/** The same refusal, which knows for the audit log whose credential it was. */
export function aboutCredential(
  refusal: UnauthenticatedError,
  workspaceId: string | null,
  credentialId: string,
): UnauthenticatedError {
  refusal.about = { workspaceId, credentialId };
  return refusal;
}
