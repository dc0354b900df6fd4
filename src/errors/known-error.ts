import { HttpException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { ScimError } from '../scim-core/scim-error.ts';
import { bodyErrorOf } from './body-error.ts';
import { sqlState } from './failed-query.ts';
import { DomainError, UnavailableError } from './domain-errors.ts';
import { MovedError } from './moved-error.ts';
import { passingFaultOf } from './passing-fault.ts';

/**
 * What the thrown thing means, in the words of the domain; null when it is a bug. What a violated constraint means is in
 * `ConstraintErrors`.
 */
export function knownErrorOf(thrown: unknown): DomainError | ScimError | HttpException | null {
  const error = thrownByConnection(thrown);
  if (error instanceof DomainError || error instanceof ScimError) return error;
  if (error instanceof HttpException) return error.getStatus() < 500 ? error : null;
  return bodyErrorOf(error) ?? databaseErrorOf(error);
}

/** What a connection itself says of a statement, e.g. that it took too long: TypeORM wraps it like an error of pg. */
function thrownByConnection(thrown: unknown): unknown {
  return thrown instanceof QueryFailedError && thrown.driverError instanceof DomainError
    ? thrown.driverError
    : thrown;
}

/**
 * SQLSTATEs that are no bug of ours: a condition of the database that passes, or a text that PostgreSQL cannot store
 * (22021, 22P05) or that is too long for an index (54000) and got past validation.
 */
function databaseErrorOf(error: unknown): DomainError | ScimError | null {
  const passing = passingFaultOf(error);
  if (passing !== null) return new UnavailableError(passing.sentence.en, passing);
  const state = sqlState(error);
  if (state === movedState) return new MovedError(null);
  if (state === '22021' || state === '22P05') {
    return ScimError.invalidValue('A text holds a character that cannot be stored.');
  }
  if (state === '54000') {
    return ScimError.invalidValue('A name or reference is too long: use less than 2,500 bytes.');
  }
  if (state !== null && unreadableStates.has(state)) {
    return ScimError.invalidValue('A value does not have the form, or the size, that it must have.');
  }
  return null;
}

/** Raised by what `npm run workspace:move` leaves before the tables of the place that a workspace has left. */
const movedState = 'UM002';

/** No such number, date, UUID or the like, or one out of range: a value that somebody sent got past validation. */
const unreadableStates = new Set(['22P02', '22007', '22008', '22003']);
