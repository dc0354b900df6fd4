import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.ts';
import { clusterDir } from '../../src/database/embedded/cluster.ts';
import { cloneDatabase } from './database.ts';
import { readOperatorToken } from './process.ts';
import { operatorToken } from './service.ts';

/** The database of service processes, which a test kills. */
export interface KilledDatabase {
  /** What a process of the service is started with. */
  environment: Record<string, string>;
  operatorToken(): Promise<string>;
  kill(): Promise<void>;
}

/**
 * The embedded PostgreSQL of a data folder, whose first process is killed. On Citus, a database on all nodes: other tests use
 * these, so that all its connections are cut instead, those between nodes included.
 */
export async function killedDatabase(dataDir: string): Promise<KilledDatabase> {
  const { TEST_CITUS_NODES: nodes } = process.env;
  if (nodes === undefined) return embedded(dataDir);
  const { url } = await cloneDatabase();
  return {
    environment: { DATABASE_URL: url, OPERATOR_TOKEN: operatorToken },
    operatorToken: () => Promise.resolve(operatorToken),
    kill: () => cutConnections(JSON.parse(nodes) as string[], new URL(url).pathname.slice(1)),
  };
}

function embedded(dataDir: string): KilledDatabase {
  return {
    environment: { DATA_DIR: dataDir },
    operatorToken: () => readOperatorToken(dataDir),
    kill: () => {
      const postmaster = readPostmasterFile(clusterDir(dataDir));
      if (postmaster !== null) process.kill(postmaster.pid, 'SIGKILL');
      return Promise.resolve();
    },
  };
}

async function cutConnections(nodes: readonly string[], name: string): Promise<void> {
  const { runSql } = await loadService();
  for (const node of nodes)
    await runSql(
      node,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = '${name}' AND backend_type = 'client backend'`,
    );
}
