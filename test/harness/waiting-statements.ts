import type { DataSource } from 'typeorm';

const ofOneServer = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`;

/**
 * Where rows lie on several nodes, it is there that somebody waits: the coordinator knows which statement of its own that was. A
 * call of a function may be any.
 */
const ofAllNodes = `SELECT FROM citus_lock_waits WHERE blocked_statement LIKE $1 OR blocked_statement LIKE '%on_node_%'`;

/**
 * How many statements wait for the lock of another transaction.
 *
 * @param like a pattern of the statements that count; default: all
 */
export async function waitingStatements(dataSource: Pick<DataSource, 'query'>, like = '%'): Promise<number> {
  const asked = process.env.TEST_CITUS_NODES === undefined ? [ofOneServer] : [ofOneServer, ofAllNodes];
  let most = 0;
  for (const text of asked) {
    const { length } = await dataSource.query<unknown[]>(text, [like]);
    most = Math.max(most, length);
  }
  return most;
}

const sleeping = `SELECT count(*)::int AS n FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event = 'PgSleep'`;

/** How many statements sleep, as a test has them do; where rows lie on several nodes, it is there that they do. */
export async function sleepingStatements(dataSource: Pick<DataSource, 'query'>): Promise<number> {
  const ofNodes = `SELECT sum(result::int)::int AS n FROM run_command_on_workers($sleeping$${sleeping}$sleeping$)`;
  const asked = process.env.TEST_CITUS_NODES === undefined ? sleeping : ofNodes;
  const [row] = await dataSource.query<{ n: number }[]>(asked);
  return row?.n ?? 0;
}
