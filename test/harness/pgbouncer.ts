import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../src/database/embedded/free-port.ts';

/** PgBouncer does not run as root. */
const nobody = 65_534;
const startsWithinMs = 10_000;
const programs = ['pgbouncer', '/usr/sbin/pgbouncer'];

export interface PgBouncer {
  /** The same database, through it. */
  url: string;
  stop(): Promise<void>;
}

/** The version of the PgBouncer on this machine, such as `[1, 18]`; null when there is none. */
export function pgBouncerVersion(): [number, number] | null {
  for (const program of programs) {
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    const found = /PgBouncer (\d+)\.(\d+)/.exec(stdout ?? '');
    if (found) return [Number(found[1]), Number(found[2])];
  }
  return null;
}

/** Starts one in transaction mode in front of a database. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer> {
  // Not in the folder of the test run, which is for the one who runs it alone.
  const folder = mkdtempSync(join(tmpdir(), 'user-provisioning-pgbouncer-'));
  const port = await findFreePort();
  const { hostname, port: serverPort, pathname, username, password } = new URL(databaseUrl);
  const name = pathname.slice(1);
  const target = `host=${hostname} port=${serverPort} dbname=${name} user=${username} password=${decodeURIComponent(password)}`;
  const [, minor] = pgBouncerVersion() ?? [0, 0];
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
${name} = ${target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
${minor >= 21 ? 'max_prepared_statements = 500' : ''}
`,
  );
  const asRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o755);
  if (asRoot) for (const path of [folder, file]) chownSync(path, nobody, nobody);
  const child = spawn(programs.find((each) => !spawnSync(each, ['--version']).error) ?? '', [file], {
    stdio: 'ignore',
    ...(asRoot && { uid: nobody, gid: nobody }),
  });
  await listens(port, child);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listens(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startsWithinMs;
  while (performance.now() < deadline && child.exitCode === null) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
    });
    if (isThere) return;
    await sleep(50);
  }
  throw new Error('PgBouncer did not start');
}
