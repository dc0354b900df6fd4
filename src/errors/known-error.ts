import { HttpException } from '@nestjs/common';
import { ScimError } from '../scim-core/scim-error.ts';
import { bodyErrorOf } from './body-error.ts';
import { constraintErrorOf, sqlState } from './constraint-errors.ts';
import { DomainError, UnavailableError } from './domain-errors.ts';

/** What the thrown thing means, in the words of the domain; null when it is a bug. */
export function knownErrorOf(thrown: unknown): DomainError | ScimError | HttpException | null {
  const error = constraintErrorOf(thrown) ?? thrown;
  if (error instanceof DomainError || error instanceof ScimError) return error;
  if (error instanceof HttpException) return error.getStatus() < 500 ? error : null;
  return bodyErrorOf(error) ?? databaseErrorOf(error);
}

/**
 * SQLSTATE classes that are no bug of ours: the server is away (08, 57P, 53300, network errors), or a text that
 * PostgreSQL cannot store (22021, 22P05) or that is too long for an index (54000) got past validation.
 */
function databaseErrorOf(error: unknown): DomainError | ScimError | null {
  const state = sqlState(error);
  if (state === '22021' || state === '22P05') {
    return ScimError.invalidValue('A text holds a character that cannot be stored.');
  }
  if (state === '54000') {
    return ScimError.invalidValue('A name or reference is too long: use less than 2,500 bytes.');
  }
  if (state !== null && unreadableStates.has(state)) {
    return ScimError.invalidValue('A value does not have the form, or the size, that it must have.');
  }
  const away = state === null ? isBrokenConnection(error) : awayStates.test(state);
  return away ? new UnavailableError('The database does not answer. Try again in a moment.') : null;
}

/** No such number, date, UUID or the like, or one out of range: a value that somebody sent got past validation. */
const unreadableStates = new Set(['22P02', '22007', '22008', '22003']);

/** Of 08, a violated protocol (08P01) is a bug of ours. */
const awayStates = /^(?:08(?!P01)|57P|53300$|ECONNREFUSED$|ECONNRESET$|EPIPE$|ENOENT$|ETIMEDOUT$)/;

/** pg tells of a connection that broke by words alone. */
function isBrokenConnection(error: unknown): boolean {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  return /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error/.test(
    message,
  );
}
