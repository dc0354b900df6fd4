import { DomainError } from './domain-errors.ts';

/** What is wrong with a request for an access token (RFC 6749 §5.2). */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope';

/** A request for an access token that is refused. The message is the `error_description`. */
export class OAuthError extends DomainError {
  readonly status: 400 | 401;
  readonly title = 'Refused';
  readonly code: OAuthErrorCode;

  constructor(code: OAuthErrorCode, message: string) {
    super('oauth', message);
    this.code = code;
    this.status = code === 'invalid_client' ? 401 : 400;
  }
}
