import { stepsOf } from '../../scripts/distribute/steps.ts';
import { prepareDatabase } from '../../src/database/prepare-database.ts';
import { templateDatabase, urlOfDatabase } from './database-url.ts';
import { pg } from './one-query-at-a-time.ts';
import { runSql, type TestPostgres, uuidsOfTestsSql } from './test-postgres.ts';

/** Few, so that a new database is made quickly. */
const shardCount = 4;

interface CitusNode {
  host: string;
  port: number;
  group: number;
}

/**
 * Makes the database that those of the tests are cloned from on a cluster of Citus, and distributes it.
 *
 * @param url a database of the coordinator that knows its workers
 */
export async function startOnCitus(url: string): Promise<TestPostgres & { nodes: string[] }> {
  const known = await query<CitusNode>(
    url,
    'SELECT nodename AS host, nodeport AS port, groupid AS "group" FROM pg_dist_node ORDER BY groupid',
  );
  const workers = known.filter(({ group }) => group !== 0);
  const nodes = [url, ...workers.map((worker) => urlOf(url, worker))];
  for (const node of nodes) {
    await runSql(node, `DROP DATABASE IF EXISTS ${templateDatabase} WITH (FORCE)`);
    await runSql(node, `CREATE DATABASE ${templateDatabase} TEMPLATE template0`);
    await runSql(urlOfDatabase(node, templateDatabase), 'CREATE EXTENSION citus');
  }
  for (const node of nodes) await runSql(urlOfDatabase(node, templateDatabase), uuidsOfTestsSql);
  const template = urlOfDatabase(url, templateDatabase);
  const { hostname, port } = new URL(url);
  await runSql(template, `SELECT citus_set_coordinator_host('${hostname}', ${port || '5432'})`);
  for (const worker of workers)
    await runSql(template, `SELECT citus_add_node('${worker.host}', ${worker.port})`);
  await prepareDatabase(template);
  const client = new pg.Client({ connectionString: template });
  await client.connect();
  try {
    await client.query(`SET citus.shard_count = ${shardCount}`);
    for (const { statements } of await stepsOf(client))
      for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
  await leaveAlone(nodes);
  return { url, nodes, stop: () => Promise.resolve() };
}

/** Clones a database on each node: what it says of the others holds for the clone, too. */
export async function cloneOnNodes(nodes: readonly string[], name: string): Promise<void> {
  await Promise.all(
    nodes.map((node) =>
      runSql(node, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`),
    ),
  );
}

/**
 * Citus looks after each database with connections of its own. A database that somebody is connected to is not cloned, and
 * PostgreSQL waits for five seconds before it says so.
 */
async function leaveAlone(nodes: readonly string[]): Promise<void> {
  for (const node of nodes)
    await runSql(node, `ALTER DATABASE ${templateDatabase} WITH ALLOW_CONNECTIONS false`);
  for (const node of nodes)
    await runSql(
      node,
      `SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = '${templateDatabase}'`,
    );
}

function urlOf(coordinator: string, { host, port }: CitusNode): string {
  const url = new URL(coordinator);
  url.hostname = host;
  url.port = String(port);
  return url.href;
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Row>(sql);
    return rows;
  } finally {
    await client.end();
  }
}
