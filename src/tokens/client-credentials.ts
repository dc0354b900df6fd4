import { OAuthError } from '../errors/oauth-error.ts';

/** A request for an access token, with who asks for it. */
export interface TokenRequest {
  clientId: string;
  clientSecret: string;
  /** Whether a scope was asked for. There is one only, so that any means it. */
  namesScope: boolean;
}

/** Most parameters of a request. Those that nobody knows are ignored (RFC 6749 §3.2). */
const parametersMax = 20;

/**
 * Reads a request for an access token (RFC 6749 §4.4.2), whose client says who it is by HTTP Basic (`client_secret_basic`)
 * or in the body (`client_secret_post`), and by one of them only (§2.3).
 *
 * @param authorization the `Authorization` header
 * @param form the body, as `application/x-www-form-urlencoded`
 * @throws OAuthError `invalid_request`, `unsupported_grant_type`, `invalid_client`
 */
export function readTokenRequest(authorization: string | undefined, form: unknown): TokenRequest {
  const parameters = parametersOf(form);
  const grantType = parameters.get('grant_type') ?? '';
  if (grantType === '')
    throw new OAuthError('invalid_request', 'grant_type is missing: send grant_type=client_credentials.');
  if (grantType !== 'client_credentials')
    throw new OAuthError('unsupported_grant_type', 'The only grant_type is client_credentials.');
  const namesScope = (parameters.get('scope') ?? '') !== '';
  const [bodyId = '', bodySecret = ''] = [parameters.get('client_id'), parameters.get('client_secret')];
  if (authorization === undefined) {
    if (bodyId === '' || bodySecret === '')
      throw new OAuthError(
        'invalid_client',
        'Send client_id and client_secret in the body, or by HTTP Basic.',
      );
    return { clientId: bodyId, clientSecret: bodySecret, namesScope };
  }
  const basic = basicCredentialsOf(authorization);
  if (bodySecret !== '')
    throw new OAuthError(
      'invalid_request',
      'Send the client_secret by HTTP Basic or in the body, not by both.',
    );
  if (bodyId !== '' && bodyId !== basic.clientId)
    throw new OAuthError(
      'invalid_request',
      'The client_id of the body is another one than that of HTTP Basic.',
    );
  return { ...basic, namesScope };
}

/** The user and password of an `Authorization` header, each of which the client has form-encoded (RFC 6749 §2.3.1). */
function basicCredentialsOf(authorization: string): { clientId: string; clientSecret: string } {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim()) ?? [];
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const [clientId, clientSecret] = [formDecoded(user), formDecoded(password)];
  if (clientId === '' || clientSecret === '')
    throw new OAuthError(
      'invalid_client',
      'The Authorization header must be Basic, with client_id and client_secret.',
    );
  return { clientId, clientSecret };
}

function formDecoded(text = ''): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

function parametersOf(form: unknown): ReadonlyMap<string, string> {
  if (typeof form !== 'string')
    throw new OAuthError('invalid_request', 'The body must be application/x-www-form-urlencoded.');
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(form)) {
    if (parameters.has(name)) throw new OAuthError('invalid_request', 'A parameter must not be there twice.');
    parameters.set(name, value);
    if (parameters.size > parametersMax)
      throw new OAuthError('invalid_request', `There must be at most ${parametersMax} parameters.`);
  }
  return parameters;
}
