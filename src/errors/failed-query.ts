import { QueryFailedError } from 'typeorm';

/** The name of the constraint that a failed query violated, or null when it failed for another reason. */
export function violatedConstraint(error: unknown): string | null {
  return textOf(error, 'constraint');
}

/**
 * The SQLSTATE of a failed query, or the name of the network error (`ECONNREFUSED`) that kept it from being asked; or
 * null. Told by its shape: errors of Node's own modules need not be instances of this realm's `Error`.
 */
export function sqlState(error: unknown): string | null {
  return textOf(error, 'code');
}

/** What the driver threw, whether TypeORM sent the query or a pool. */
export function thrownBy(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}

function textOf(error: unknown, field: 'code' | 'constraint'): string | null {
  const source = thrownBy(error);
  const text =
    typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[field] : null;
  return typeof text === 'string' ? text : null;
}
