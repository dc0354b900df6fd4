import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../src/database/embedded/free-port.ts';
import { personBody } from '../test/harness/directory-person.ts';
import { plainHttp } from '../test/harness/plain-http.ts';
import { startTestPostgres } from '../test/harness/test-postgres.ts';
import { givenWorkspace } from '../test/harness/workspace.ts';
import { carryOut, environmentOf, type Image } from './image/carry-out.ts';
import { readDockerfile, type Stage } from './image/dockerfile.ts';

const context = join(import.meta.dirname, '..');
const readyWithinMs = 120_000;
const endsWithinMs = 15_000;
const checkEveryMs = 100;
const operatorToken = 'operator-token-of-the-image';

/** The user `node` of the official image. */
const nodeUser = { uid: 1000, gid: 1000 };

/**
 * `npm run check:image`: carries the Dockerfile's own steps out in an empty folder, starts what comes of them beside a
 * PostgreSQL, and asks it for what a service must answer. It needs no Docker. Ends with 1 and one sentence when the
 * image would not build, start, answer or stop.
 */
async function main(): Promise<void> {
  const stages = readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  requireLockedNode(stages);
  const folder = mkdtempSync(join(tmpdir(), 'user-provisioning-image-'));
  // The user of the image must be able to enter it, as in a container.
  chmodSync(folder, 0o755);
  try {
    const image = carryOut(stages, { context, folder });
    await tryOut(image);
    process.stdout.write('The image builds, starts, answers and stops.\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is tested is what is shipped: the tests run on the Node of the lock file. */
function requireLockedNode(stages: readonly Stage[]): void {
  const lock = JSON.parse(readFileSync(join(context, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const wanted = `node:${lock.packages['node_modules/node']?.version}-slim`;
  const names = new Set(stages.map(({ name }) => name));
  for (const { from } of stages) {
    if (!names.has(from) && from !== wanted)
      throw new Error(`The Dockerfile begins with ${from}, package-lock.json says ${wanted}`);
  }
}

async function tryOut(image: Image): Promise<void> {
  const postgres = await startTestPostgres();
  const port = await findFreePort();
  const environment = {
    ...environmentOf(image),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: postgres.url,
    OPERATOR_TOKEN: operatorToken,
    LOG_LEVEL: 'warn',
  };
  const [program = '', ...programArguments] = image.command;
  const place = { cwd: join(image.root, image.workDir), env: environment, ...userOf(image) };
  const service = spawn(program, programArguments, { ...place, stdio: ['ignore', 2, 2] });
  const ended = endOf(service);
  try {
    await untilReady(`http://127.0.0.1:${port}/health/ready`, service);
    await requireAnswers(`http://127.0.0.1:${port}`);
    requireHealthy(image, place, true);
    service.kill('SIGTERM');
    const end = await Promise.race([ended, sleep(endsWithinMs, 'no end', { ref: false })]);
    if (end !== 0) throw new Error(`SIGTERM ends the service with ${end}, not with 0`);
    requireHealthy(image, place, false);
  } finally {
    service.kill('SIGKILL');
    await ended;
    await postgres.stop();
  }
}

/** Only root can become the user of the image; anybody else is an ordinary user already. */
function userOf({ user }: Image): { uid: number; gid: number } | Record<string, never> {
  if (user !== 'node') throw new Error(`The image runs as ${user}, not as the ordinary user "node"`);
  return process.getuid?.() === 0 ? nodeUser : {};
}

function endOf(service: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    service.once('error', (error) => resolve(error.message));
    service.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
}

async function untilReady(url: string, service: ChildProcess): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    if (service.exitCode !== null || service.pid === undefined) throw new Error('The image does not start');
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(checkEveryMs);
  }
  throw new Error('The image is not ready in time');
}

async function requireAnswers(url: string): Promise<void> {
  await fetchOk(`${url}/health/live`);
  const { scim } = await givenWorkspace({ http: plainHttp(url), config: { operatorToken } });
  await scim
    .get('/ServiceProviderConfig')
    .expect(200)
    .expect('Content-Type', /^application\/scim\+json/);
  await scim.post('/Users', personBody('first.person@example.com')).expect(201);
  const page = await fetchOk(`${url}/settings/user-provisioning`);
  const assets = [...page.matchAll(/(?:src|href)="(\/settings\/assets\/[^"]+\.(?:js|css))"/g)];
  if (assets.length === 0) throw new Error('The settings screen names no script');
  for (const [, asset] of assets) await fetchOk(url + asset);
}

async function fetchOk(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.text();
}

function requireHealthy(image: Image, place: object, wanted: boolean): void {
  const [program = '', ...programArguments] = image.healthCheck;
  const { status } = spawnSync(program, programArguments, { ...place, stdio: ['ignore', 2, 2] });
  if ((status === 0) !== wanted)
    throw new Error(`HEALTHCHECK ends with ${status}; the service ${wanted ? 'runs' : 'has ended'}`);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
