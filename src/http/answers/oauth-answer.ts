import { HttpException } from '@nestjs/common';
import type { ScimError } from '../../scim-core/scim-error.ts';
import { DomainError, UnavailableError } from '../../errors/domain-errors.ts';
import { OAuthError } from '../../errors/oauth-error.ts';
import { RateLimitedError } from '../../errors/rate-limited-error.ts';

/** How a token endpoint says what went wrong (RFC 6749 §5.2). */
export interface OAuthProblem {
  status: number;
  body: { error: string; error_description: string };
}

/** The answer for an error of any kind; null stands for a bug and becomes a 500 that tells nothing of it. */
export function oauthProblemOf(error: DomainError | ScimError | HttpException | null): OAuthProblem {
  if (error === null)
    return problem(
      500,
      'server_error',
      'Something went wrong on our side. X-Request-Id finds it in the log.',
    );
  const status = error instanceof HttpException ? error.getStatus() : error.status;
  return problem(status, codeOf(error), error.message);
}

function codeOf(error: DomainError | ScimError | HttpException): string {
  if (error instanceof OAuthError) return error.code;
  const passes = error instanceof UnavailableError || error instanceof RateLimitedError;
  return passes ? 'temporarily_unavailable' : 'invalid_request';
}

/** A description may hold neither quotes nor characters beyond ASCII. */
function problem(status: number, error: string, description: string): OAuthProblem {
  const plain = description.replaceAll('"', "'").replaceAll(/[^\x20-\x5b\x5d-\x7e]/g, '');
  return { status, body: { error, error_description: plain } };
}
