import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { buildIfNeeded } from '../../scripts/build-if-needed.ts';
import { clusterDir } from '../../src/database/embedded/cluster.ts';
import { freeRates } from '../../scripts/free-rates.ts';
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.ts';
import { ServerProcess } from '../server-process.ts';

export const operatorToken = 'operator-token-of-the-benchmark';
const exitInterrupted = 130;
const mainProgram = join(import.meta.dirname, '../../dist/src/main.js');

/** The built service in a process of its own, on an embedded PostgreSQL with the settings of every day. */
export interface BenchService {
  url: string;
  /** The process of the service, and the first one of PostgreSQL. */
  pid: number;
  postmaster: number;
  sql: pg.Client;
  /** Ends the process and starts another on the same database, with these variables besides. Use what it returns from then on. */
  restart(environment: Record<string, string>): Promise<BenchService>;
  stop(): Promise<void>;
}

/** What ends the services that were started, for when the benchmark is interrupted. */
const started = new Set<() => Promise<void>>();

async function interrupt(): Promise<void> {
  await Promise.allSettled([...started].map((stop) => stop()));
  process.exit(exitInterrupted);
}

/** A benchmark that is interrupted leaves no service, no PostgreSQL and no folder behind. */
function endWhenInterrupted(stop: () => Promise<void>): void {
  if (started.size === 0)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => void interrupt());
  started.add(stop);
}

/**
 * Starts it in a new temporary folder.
 *
 * @param options `program`: another file to run than the service's own; `environment`: further variables; `isRated`: it takes
 *   as many requests as by default, instead of as many as come
 */
export async function startBenchService({
  program = mainProgram,
  environment: more = {},
  isRated = false,
}: {
  program?: string;
  environment?: Record<string, string>;
  isRated?: boolean;
} = {}): Promise<BenchService> {
  await buildIfNeeded();
  const dataDir = await mkdtemp(join(tmpdir(), 'user-provisioning-bench-'));
  const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  const environment = {
    DATABASE_URL: postgres.url,
    OPERATOR_TOKEN: operatorToken,
    LOG_LEVEL: 'warn',
    ...(!isRated && freeRates),
    ...more,
  };
  const serve = async (variables: Record<string, string>): Promise<ServerProcess> => {
    const serving = new ServerProcess(program, variables, await findFreePort());
    await serving.ready('/health/ready');
    return serving;
  };
  let server = await serve(environment);
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  const end = async (): Promise<void> => {
    await sql.end();
    await server.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  let ending: Promise<void> | null = null;
  // Who is interrupted is told so by what it was waiting for, and wants to stop, too.
  const stop = () => (ending ??= end());
  endWhenInterrupted(stop);
  const postmaster = readPostmasterFile(clusterDir(dataDir))?.pid ?? 0;
  const restart = async (further: Record<string, string>): Promise<BenchService> => {
    await server.stop();
    server = await serve({ ...environment, ...further });
    return { url: server.url, pid: server.pid, postmaster, sql, restart, stop };
  };
  return { url: server.url, pid: server.pid, postmaster, sql, restart, stop };
}

/** A workspace of the benchmark, and who speaks for it. */
export interface BenchWorkspace {
  id: string;
  /** The credentials of the identity provider and of the admin. */
  apiToken: string;
  sessionToken: string;
  /** Sends a request as the admin and answers with the body. @throws Error for a status of 400 or more */
  admin: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** The same as the identity provider; paths below `/scim/v2`. */
  scim: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** The same as the operator. */
  operator: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Makes an active workspace. */
export async function givenBenchWorkspace(service: BenchService, name: string): Promise<BenchWorkspace> {
  const operator = sender(service.url, operatorToken);
  const { id } = (await operator('POST', '/operator/workspaces', { name })) as { id: string };
  await operator('PATCH', `/operator/workspaces/${id}`, { entitled: true });
  const email = 'admin@example.com';
  const link = await operator('POST', `/operator/workspaces/${id}/admin-links`, { email });
  const { code } = link as { code: string };
  const opened = await sender(service.url, '')('POST', '/api/session', { code });
  const { token: sessionToken } = opened as { token: string };
  const admin = sender(service.url, sessionToken);
  const activated = await admin('POST', '/api/user-provisioning/activate');
  const { secret: apiToken } = (activated as { token: { secret: string } }).token;
  return { id, apiToken, sessionToken, admin, scim: sender(`${service.url}/scim/v2`, apiToken), operator };
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
