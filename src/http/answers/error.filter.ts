import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { KnownRequest, KnownResponse } from '../request/request-state.ts';
import { BusyError, UnauthenticatedError, UnavailableError } from '../../errors/domain-errors.ts';
import { ConstraintErrors } from '../../errors/constraint-errors.ts';
import { knownErrorOf } from '../../errors/known-error.ts';
import { languageOf } from '../request/language.ts';
import { PassingFaultLog } from '../../errors/passing-fault-log.ts';
import { RateLimitedError } from '../../errors/rate-limited-error.ts';
import { oauthProblemOf } from './oauth-answer.ts';
import { plainPath } from './plain-path.ts';
import { RefusedRequests } from './refused-requests.ts';
import { problemOf } from './problem.ts';
import { scimErrorOf } from './scim-answer.ts';

/**
 * The one filter that turns errors into responses, for every route, unknown routes and unreadable bodies too:
 * a SCIM error body under `/scim` (RFC 7644 §3.12), that of OAuth at its token endpoint (RFC 6749 §5.2),
 * `application/problem+json` elsewhere (RFC 9457). An error that it does not know is a bug: 500, logged with its stack,
 * which the client does not see. A temporary condition of the database is 503 with `Retry-After`.
 */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(
    private readonly passing: PassingFaultLog,
    private readonly constraints: ConstraintErrors,
    private readonly refused: RefusedRequests,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<KnownRequest>();
    const response = host.switchToHttp().getResponse<KnownResponse>();
    const error = knownErrorOf(this.constraints.errorOf(thrown) ?? thrown);

    if (error instanceof UnavailableError) this.passing.takes(thrown, 'a request');
    if (error === null) {
      this.logger.error(
        { err: thrown, method: request.method, path: plainPath(request.path) },
        'Unexpected error',
      );
    }
    this.refused.note(request, error);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (error instanceof UnauthenticatedError) response.setHeader('WWW-Authenticate', error.challenge);
    if (error instanceof UnavailableError || error instanceof BusyError) {
      response.setHeader('Retry-After', '5');
    }
    if (error instanceof RateLimitedError) response.setHeader('Retry-After', String(error.retryAfterSeconds));
    if (request.door === 'scim') {
      const body = scimErrorOf(error).toBody();
      // The provisioning log shows the admin what the identity provider was told.
      response.locals.scimError = body;
      response.setHeader('Cache-Control', 'no-store');
      response.status(Number(body.status)).type('application/scim+json').send(JSON.stringify(body));
      return;
    }
    if (request.door === 'oauth') {
      const { status, body } = oauthProblemOf(error);
      response.status(status).type('application/json').send(JSON.stringify(body));
      return;
    }
    const problem = problemOf(error, languageOf(request));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
