import { QueryFailedError } from 'typeorm';
import { sqlState } from './failed-query.ts';

/**
 * SQLSTATE classes that say that what was to be written cannot be: its values (22), a constraint (23, 44, 21), a limit of
 * PostgreSQL's (54), or a trigger's veto (P0, 2F, 38, 39). Not a connection, a lock or a statement of ours that is wrong.
 */
const dataClasses = /^(?:21|22|23|2F|38|39|44|54|P0)/;

/** Did a statement fail because of the data in it, so that it would go through without some of them? */
export function isDataError(error: unknown): boolean {
  return dataClasses.test(sqlState(error) ?? '');
}

/** What the log may hold of a failed statement: where and how it failed, and no value of it. */
export function causeOf(error: unknown): Record<string, unknown> {
  const source: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (sqlState(error) === null || typeof source !== 'object' || source === null) return { err: error };
  const fields = source as Record<string, unknown>;
  return Object.fromEntries(
    ['code', 'schema', 'table', 'column', 'dataType', 'constraint', 'file', 'routine'].flatMap((name) =>
      fields[name] === undefined ? [] : [[name, fields[name]]],
    ),
  );
}
