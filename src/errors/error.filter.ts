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
import { DomainError, UnauthenticatedError, UnavailableError } from './domain-errors.ts';
import { bodyErrorOf } from './body-error.ts';
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
      response.setHeader('Cache-Control', 'no-store');
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

/**
 * SQLSTATE classes that are no bug of ours: the server is away (08, 57P, 53300, network errors), or a text that
 * PostgreSQL cannot store got past validation (22021, 22P05).
 */
function databaseErrorOf(error: unknown): DomainError | ScimError | null {
  const state = sqlState(error);
  if (state === '22021' || state === '22P05') {
    return ScimError.invalidValue('A text holds a character that cannot be stored.');
  }
  const away = state === null ? isBrokenConnection(error) : awayStates.test(state);
  return away ? new UnavailableError('The database does not answer. Try again in a moment.') : null;
}

const awayStates = /^(?:08|57P|53300$|ECONNREFUSED$|ECONNRESET$|EPIPE$|ENOENT$|ETIMEDOUT$)/;

/** pg tells of a connection that broke by words alone. */
function isBrokenConnection(error: unknown): boolean {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  return /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error/.test(
    message,
  );
}
