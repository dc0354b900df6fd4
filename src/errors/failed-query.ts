import { QueryFailedError } from 'typeorm';

/**
 * The name of the constraint that a failed query violated, or null when it failed for another reason. A database that is
 * distributed over nodes (Citus) names the constraint of the shard, which ends in a number, and in the message only.
 */
export function violatedConstraint(error: unknown): string | null {
  const named = textOf(error, 'constraint') ?? namedInMessage(error);
  return named?.replace(shardNumber, '') ?? null;
}

/** Shards are numbered from 102008 on. */
const shardNumber = /_1\d{5,}$/;

/** Integrity constraint violations: class 23 of the SQLSTATEs. */
function namedInMessage(error: unknown): string | null {
  if (!sqlState(error)?.startsWith('23')) return null;
  return /constraint "([^"]+)"/.exec(textOf(error, 'message') ?? '')?.[1] ?? null;
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

function textOf(error: unknown, field: 'code' | 'constraint' | 'message'): string | null {
  const source = thrownBy(error);
  const text =
    typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[field] : null;
  return typeof text === 'string' ? text : null;
}
