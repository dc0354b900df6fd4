import { sqlState } from '../errors/failed-query.ts';

/** deadlock_detected, serialization_failure: PostgreSQL has taken back everything that the transaction did. */
const takenBack = new Set(['40P01', '40001']);

const attemptsMax = 6;

/** Whether PostgreSQL has ended a statement for the sake of another transaction, and it may be sent again as it was. */
export function isTakenBack(error: unknown): boolean {
  return takenBack.has(sqlState(error) ?? '');
}

/**
 * Does a whole transaction again when PostgreSQL ended it for the sake of another one. `RepeatingDataSource` and
 * `StatementPool` use it; nobody else has to.
 *
 * @throws whatever it throws at last
 */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isTakenBack(error) || attempt === attemptsMax) throw error;
    }
  }
}
