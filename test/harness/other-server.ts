import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverUser } from '../../src/database/embedded/cluster.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { pg } from './one-query-at-a-time.ts';

const user = 'postgres';
const password = 'only-for-tests';
const answersWithinMs = 30_000;
const tryEveryMs = 100;

/** A PostgreSQL server of another release than the embedded one. */
export interface OtherServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL whose programs are in a folder, e.g. `/usr/lib/postgresql/17/bin`, on new data, with the locale
 * that Debian's packages take in a container.
 *
 * @param bin the folder with `initdb` and `postgres`
 * @param dataDir a folder of its own
 * @param settings of the server
 */
export async function startOtherServer(
  bin: string,
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<OtherServer> {
  const runAs = serverUser(dataDir);
  const cluster = join(dataDir, 'cluster');
  const passwordFile = join(dataDir, 'password');
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, password);
  if (runAs !== null)
    for (const path of [dataDir, cluster, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
  const options = { ...runAs, cwd: '/', env: { PATH: process.env.PATH, TZ: 'UTC' } };
  const { status, stderr } = spawnSync(
    join(bin, 'initdb'),
    [
      `--pgdata=${cluster}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--locale=C.UTF-8',
      '--encoding=UTF8',
    ],
    { ...options, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The PostgreSQL of ${bin} could not be set up: ${stderr}`);
  const port = String(await findFreePort());
  const given = { ...settings, port, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const log = openSync(join(dataDir, 'log'), 'a');
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', cluster, ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...options, stdio: ['ignore', log, log] },
  );
  const url = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  await waitUntilItAnswers(url, server);
  return { url, stop: () => stopped(server) };
}

async function waitUntilItAnswers(url: string, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + answersWithinMs;
  while (server.exitCode === null && performance.now() < deadline) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    const answers = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (answers) return;
    await sleep(tryEveryMs);
  }
  server.kill('SIGQUIT');
  throw new Error('The PostgreSQL for the tests does not answer');
}

function stopped(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}
