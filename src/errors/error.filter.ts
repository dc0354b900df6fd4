import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Injectable,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { ScimError } from '../scim-core/scim-error.ts';
import { constraintErrorOf, sqlState } from './constraint-errors.ts';
import { DomainError, TooLargeError, UnauthenticatedError, UnavailableError } from './domain-errors.ts';
import { problemOf } from './problem.ts';
import { scimErrorOf } from './scim-answer.ts';

/**
 * The one filter that turns errors into responses, for every route, unknown routes and unreadable bodies too:
 * a SCIM error body under `/scim` (RFC 7644 §3.12), `application/problem+json` elsewhere (RFC 9457).
 * What it does not know is a bug: 500, logged with its stack, told to the client without it.
 */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = translate(thrown);
    if (error === null) {
      this.logger.error({ err: thrown, method: request.method, path: request.path }, 'Unexpected error');
    }
    if (response.headersSent) {
      response.end();
      return;
    }
    if (error instanceof UnauthenticatedError) response.setHeader('WWW-Authenticate', error.challenge);
    if (error instanceof UnavailableError) response.setHeader('Retry-After', '5');
    if (request.path.startsWith('/scim/') || request.path === '/scim') {
      const body = scimErrorOf(error).toBody();
      // The provisioning log shows the admin what his identity provider was told.
      response.locals.scimError = { scimType: body.scimType ?? null, detail: body.detail };
      response.status(Number(body.status)).type('application/scim+json').send(JSON.stringify(body));
      return;
    }
    const problem = problemOf(error);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** What the thrown thing means, in the words of the domain; null when it is a bug. */
function translate(thrown: unknown): DomainError | ScimError | HttpException | null {
  const error = constraintErrorOf(thrown) ?? thrown;
  if (error instanceof DomainError || error instanceof ScimError) return error;
  if (error instanceof HttpException) return error.getStatus() < 500 ? error : null;
  return bodyErrorOf(error) ?? databaseErrorOf(error);
}

/** Errors of Express's body parser and router: they carry a status and a type of their own. */
function bodyErrorOf(error: unknown): DomainError | ScimError | HttpException | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const type = 'type' in error ? error.type : null;
  if (type === 'entity.too.large') {
    const limit = 'limit' in error && typeof error.limit === 'number' ? ` of ${error.limit} bytes` : '';
    return new TooLargeError(`The body is larger than the limit${limit}.`);
  }
  if (type === 'entity.parse.failed')
    return ScimError.invalidSyntax(`The body is not valid JSON: ${error.message}`);
  if (typeof error.status === 'number' && error.status >= 400 && error.status < 500) {
    return new HttpException(error.message, error.status);
  }
  return null;
}

/**
 * SQLSTATE classes that are no bug of ours: the server is away (08, 57), or a text that PostgreSQL cannot store
 * got past validation (22021, 22P05).
 */
function databaseErrorOf(error: unknown): DomainError | ScimError | null {
  const state = sqlState(error);
  if (state === null) return null;
  if (state === '22021' || state === '22P05')
    return ScimError.invalidValue('A text holds a character that cannot be stored.');
  const away =
    state.startsWith('08') ||
    state.startsWith('57P') ||
    state === '53300' ||
    state === 'ECONNREFUSED' ||
    state === 'ECONNRESET' ||
    state === 'ENOENT';
  return away ? new UnavailableError('The database does not answer. Try again in a moment.') : null;
}
