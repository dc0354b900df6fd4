import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freeRates } from '../scripts/free-rates.ts';
import { ProductApi } from '../scripts/demo/product-api.ts';
import { clusterDir } from '../src/database/embedded/cluster.ts';
import { EmbeddedPostgres } from '../src/database/embedded/embedded-postgres.ts';
import { findFreePort } from '../src/database/embedded/free-port.ts';
import { readPostmasterFile } from '../src/database/embedded/postmaster-file.ts';
import { ServerProcess } from './server-process.ts';

export const systemNames = ['service', 'floor', 'peer'] as const;
export type SystemName = (typeof systemNames)[number];

/** Connections to PostgreSQL of each server: the service's default. */
export const poolSize = 10;

const root = join(import.meta.dirname, '..');
const programs: Record<SystemName, string> = {
  service: join(root, 'dist/src/main.js'),
  floor: join(import.meta.dirname, 'floor/main.ts'),
  peer: join(import.meta.dirname, 'peer/main.ts'),
};

/**
 * One PostgreSQL with the service's own settings, a database in it for each system, and the systems as processes on
 * the Node that runs this.
 */
export class Ground {
  readonly postmaster: number;
  /** Where PostgreSQL writes what it has to say. */
  readonly logFile: string;
  readonly operatorToken: string;
  private readonly postgres: EmbeddedPostgres;
  private readonly dataDir: string;
  private readonly servers: ServerProcess[] = [];
  private ending = false;

  private constructor(postgres: EmbeddedPostgres, dataDir: string) {
    this.postgres = postgres;
    this.dataDir = dataDir;
    this.postmaster = readPostmasterFile(clusterDir(dataDir))?.pid ?? 0;
    this.logFile = join(dataDir, 'postgresql.log');
    this.operatorToken = randomBytes(32).toString('base64url');
  }

  /** Makes the server and the databases in a new temporary folder. */
  static async make(): Promise<Ground> {
    const dataDir = await mkdtemp(join(tmpdir(), 'user-provisioning-bench-'));
    try {
      const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
      const ground = new Ground(postgres, dataDir);
      for (const name of systemNames) await ground.sql(null, `CREATE DATABASE ${name}`);
      return ground;
    } catch (error) {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Starts a system and waits until it answers.
   *
   * @param sessionSettings PostgreSQL settings for its connections, as `-c name=value`
   */
  async start(name: SystemName, sessionSettings = ''): Promise<ServerProcess> {
    if (this.ending) throw new Error('The benchmark is being stopped');
    const url = this.databaseUrl(name);
    if (sessionSettings !== '') url.searchParams.set('options', sessionSettings);
    const environment = {
      DATABASE_URL: url.href,
      POOL_SIZE: String(poolSize),
      OPERATOR_TOKEN: this.operatorToken,
      LOG_LEVEL: 'warn',
      ...freeRates,
    };
    const server = new ServerProcess(programs[name], environment, await findFreePort());
    this.servers.push(server);
    await server.ready(name === 'service' ? '/health/ready' : '/scim/v2/Users?count=1');
    return server;
  }

  /** A new workspace of the service with provisioning active; answers with its API token. */
  async makeWorkspace(url: string, name: string): Promise<string> {
    const operator = new ProductApi(url, this.operatorToken);
    const { id } = await operator.createWorkspace(name);
    await operator.entitle(id);
    const { code } = await operator.createAdminLink(id, 'admin@contoso.example');
    const { token } = await new ProductApi(url, null).openSession(code);
    return (await new ProductApi(url, token).activate()).secret;
  }

  /** Does in every database now what autovacuum would do within the next minute, at a moment of its own choice. */
  async vacuum(): Promise<void> {
    for (const name of systemNames) await this.sql(name, 'VACUUM (ANALYZE)');
    await this.sql(null, 'CHECKPOINT');
  }

  /** Ends all processes and removes the data. */
  async end(): Promise<void> {
    this.ending = true;
    await Promise.all(this.servers.map((server) => server.stop()));
    await this.postgres.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async sql(name: SystemName | null, statement: string): Promise<void> {
    const client = new pg.Client({
      connectionString: name ? this.databaseUrl(name).href : this.postgres.url,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  private databaseUrl(name: SystemName): URL {
    const url = new URL(this.postgres.url);
    url.pathname = `/${name}`;
    return url;
  }
}
