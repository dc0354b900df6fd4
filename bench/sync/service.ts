import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { buildIfNeeded } from '../../scripts/build-if-needed.ts';
import { Config } from '../../src/config/config.ts';
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { prepareDatabase } from '../../src/database/prepare-database.ts';

const operatorToken = 'operator-token-of-the-benchmark';

/** The built service in this process, on an embedded PostgreSQL with the settings of every day. */
export interface BenchService {
  url: string;
  sql: pg.Client;
  stop(): Promise<void>;
}

/** Starts it in a new temporary folder. */
export async function startBenchService(): Promise<BenchService> {
  await buildIfNeeded();
  const dataDir = await mkdtemp(join(tmpdir(), 'user-provisioning-bench-'));
  const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined, detached: false });
  await prepareDatabase(postgres.url);
  const config = Config.fromEnvironment({
    PORT: String(await findFreePort()),
    DATABASE_URL: postgres.url,
    OPERATOR_TOKEN: operatorToken,
    LOG_LEVEL: 'error',
  });
  const { createApplication } = await builtApplication();
  const { nest } = await createApplication({ config, databaseUrl: postgres.url });
  await nest.listen(config.port, config.host);
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  const stop = async () => {
    await sql.end();
    nest.getHttpServer().closeAllConnections();
    await nest.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: await nest.getUrl(), sql, stop };
}

/** Node runs the sources straight, but not their decorators: the application comes from the build. */
async function builtApplication(): Promise<typeof import('../../src/application.ts')> {
  const built = new URL('../../dist/src/application.js', import.meta.url).href;
  return (await import(built)) as typeof import('../../src/application.ts');
}

/** A workspace of the benchmark, and who speaks for it. */
export interface BenchWorkspace {
  id: string;
  /** Sends a request as the admin and answers with the body. @throws Error for a status of 400 or more */
  admin: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** The same as the identity provider; paths below `/scim/v2`. */
  scim: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Makes an active workspace that removes nobody by itself while something is measured. */
export async function givenBenchWorkspace(service: BenchService, name: string): Promise<BenchWorkspace> {
  const operator = sender(service.url, operatorToken);
  const { id } = (await operator('POST', '/operator/workspaces', { name })) as { id: string };
  await operator('PATCH', `/operator/workspaces/${id}`, { entitled: true });
  const email = 'admin@example.com';
  const link = await operator('POST', `/operator/workspaces/${id}/admin-links`, { email });
  const { code } = link as { code: string };
  const opened = await sender(service.url, '')('POST', '/api/session', { code });
  const admin = sender(service.url, (opened as { token: string }).token);
  const activated = await admin('POST', '/api/user-provisioning/activate');
  const { secret } = (activated as { token: { secret: string } }).token;
  return { id, admin, scim: sender(`${service.url}/scim/v2`, secret) };
}

function sender(root: string, bearer: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(root + path, {
      method,
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}
