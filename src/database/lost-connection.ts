import { QueryRunnerAlreadyReleasedError, type QueryRunner } from 'typeorm';

/**
 * Whether the connection of a transaction broke while no statement was under way. TypeORM gives it back then, and says of
 * every later statement, the commit too, that it comes after the end.
 */
export function hasLostConnection({ isReleased, isTransactionActive }: QueryRunner): boolean {
  return isReleased && isTransactionActive;
}

/** The error of a transaction, in the words of pg where TypeORM says only that the connection was given back. */
export function inWordsOfPg(error: unknown): unknown {
  return error instanceof QueryRunnerAlreadyReleasedError ? connectionLost(error) : error;
}

/** What pg says of a connection that breaks while a statement is under way. */
export function connectionLost(cause?: unknown): Error {
  return new Error('Connection terminated unexpectedly', { cause });
}
