import type pg from 'pg';
import { sqlState } from '../errors/failed-query.ts';

/** What stands between this process and PostgreSQL. */
export type Pooler = 'none' | 'knows prepared statements' | 'does not know prepared statements';

const statement = { name: 'user-provisioning-probe', text: 'SELECT $1::int AS asked' };

/** A prepared statement is not there, or there already: the pooler gave another session. */
const otherSession = /^(?:26000|42P05)$/;

/**
 * Looks whether a pooler in transaction mode stands before the database, and whether it takes prepared statements along.
 * Such a pooler gives each transaction another session; while `other` holds the session that was used last, the next
 * statement cannot get it.
 *
 * @param other another connection to the same database
 */
export async function lookForPooler(client: pg.Client, other: pg.Client): Promise<Pooler> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  if (rows[0]?.pid === (client as unknown as { processID: number | null }).processID) return 'none';
  try {
    await client.query({ ...statement, values: [1] });
    await other.query('BEGIN');
    await other.query('SELECT 1');
    await client.query({ ...statement, values: [2] });
    await other.query({ ...statement, values: [3] });
    return 'knows prepared statements';
  } catch (error) {
    if (otherSession.test(sqlState(error) ?? '')) return 'does not know prepared statements';
    throw error;
  } finally {
    await other.query('ROLLBACK');
  }
}
