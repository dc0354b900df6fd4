import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../src/database/embedded/free-port.ts';
import { prepareDatabase } from '../src/database/prepare-database.ts';
import { urlOfDatabase } from '../test/harness/database-url.ts';
import { plainHttp } from '../test/harness/plain-http.ts';
import { runSql, startTestPostgres } from '../test/harness/test-postgres.ts';
import { adminClient, givenWorkspace, scimClient, type TestWorkspace } from '../test/harness/workspace.ts';
import { buildIfNeeded } from './build-if-needed.ts';

const root = join(import.meta.dirname, '..');
const operatorToken = 'b52f4c0b8e1f4a7d9a63d0c4';
const readyWithinMs = 60_000;
const checkEveryMs = 100;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

interface Running {
  url: string;
  stop(): Promise<void>;
}

/**
 * `npm run test:upgrade [-- COMMIT]`: the previous release (the newest tag `v…`, or any commit) serves and writes on the
 * schema of this version, together with this version, which must find all that it wrote. The code is 1 when it does not.
 */
async function main(given: string | undefined): Promise<number> {
  const ref = given ?? newestTag();
  if (ref === null) {
    process.stderr.write('There is no tag v* yet: name a commit, as in npm run test:upgrade -- COMMIT\n');
    return 1;
  }
  await buildIfNeeded();
  const folder = mkdtempSync(join(tmpdir(), 'user-provisioning-upgrade-'));
  const previous = join(folder, 'previous');
  const postgres = await startTestPostgres();
  const services: Running[] = [];
  try {
    run('git', ['worktree', 'add', '--detach', previous, ref], root);
    symlinkSync(join(root, 'node_modules'), join(previous, 'node_modules'));
    run(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], previous);
    await runSql(postgres.url, 'CREATE DATABASE upgraded TEMPLATE template0');
    const databaseUrl = urlOfDatabase(postgres.url, 'upgraded');
    await prepareDatabase(databaseUrl);
    say(`The schema is that of this version; ${ref} begins to serve`);
    const old = await start(previous, databaseUrl);
    services.push(old);
    const workspace = await givenWorkspace(host(old));
    await write(workspace, 'before');
    const now = await start(root, databaseUrl);
    services.push(now);
    await write(workspace, 'meanwhile');
    const faults = [
      ...(await lookFor(now, workspace, 'before')),
      ...(await lookFor(now, workspace, 'meanwhile')),
    ];
    for (const fault of faults) process.stderr.write(`NOT FOUND: ${fault}\n`);
    say(faults.length === 0 ? `All that ${ref} wrote was found` : `${faults.length} things were not found`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    for (const service of services) await service.stop();
    await postgres.stop();
    spawnSync('git', ['worktree', 'remove', '--force', previous], { cwd: root });
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function newestTag(): string | null {
  const { status, stdout } = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v*'], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : null;
}

function run(program: string, programArguments: string[], cwd: string): void {
  const { status } = spawnSync(program, programArguments, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${program} ${programArguments.join(' ')} failed`);
}

async function start(folder: string, databaseUrl: string): Promise<Running> {
  const port = String(await findFreePort());
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      OPERATOR_TOKEN: operatorToken,
      PORT: port,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 2, 2],
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(url, child);
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        if (!child.kill()) resolve();
      }),
  };
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline && child.exitCode === null) {
    if (
      await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(checkEveryMs);
  }
  throw new Error('The service did not become ready');
}

function host({ url }: Running) {
  return { http: plainHttp(url), config: { operatorToken } };
}

/** Somebody with a manager, in a group, who becomes a member. */
async function write({ scim, admin }: TestWorkspace, when: string): Promise<void> {
  const boss = await scim
    .post('/Users', { userName: `boss-${when}@example.com`, externalId: `boss-${when}` })
    .expect(201);
  const person = await scim
    .post('/Users', {
      userName: `ada-${when}@example.com`,
      externalId: `ada-${when}`,
      displayName: `Ada ${when}`,
      emails: [{ value: `mail-${when}@example.com`, primary: true }],
      [enterprise]: { employeeNumber: `number-${when}`, manager: { value: `boss-${when}` } },
    })
    .expect(201);
  const members = [boss, person].map(({ body }) => ({ value: (body as { id: string }).id }));
  await scim.post('/Groups', { displayName: `Team ${when}`, members }).expect(201);
  const { body } = await admin.post('/api/sync-runs', {}).expect(202);
  for (;;) {
    const read = await admin.send('get', `/api/sync-runs/${(body as { id: string }).id}`);
    const { state } = read.body as { state: string };
    if (state === 'succeeded') return;
    if (state !== 'queued' && state !== 'running') throw new Error(`The run of ${when} is ${state}`);
    await sleep(checkEveryMs);
  }
}

/** @returns what this version does not find */
async function lookFor(now: Running, workspace: TestWorkspace, when: string): Promise<string[]> {
  const service = host(now);
  const [scim, admin] = [scimClient(service, workspace.token), adminClient(service, workspace.adminToken)];
  const faults: string[] = [];
  for (const filter of [
    `userName eq "ada-${when}@example.com"`,
    `externalId eq "ada-${when}"`,
    `displayName eq "Ada ${when}"`,
    `emails.value eq "mail-${when}@example.com"`,
    `${enterprise}:employeeNumber eq "number-${when}"`,
  ]) {
    const { body } = await scim.send('get', `/Users?filter=${encodeURIComponent(filter)}`);
    if ((body as { totalResults?: number }).totalResults !== 1) faults.push(`users by ${filter}`);
  }
  const groups = await scim.send(
    'get',
    `/Groups?filter=${encodeURIComponent(`displayName eq "Team ${when}"`)}`,
  );
  const [group] = (groups.body as { Resources?: { members?: unknown[] }[] }).Resources ?? [];
  if (group?.members?.length !== 2) faults.push(`the members of the group of ${when}`);
  const members = await admin.send('get', `/api/members?search=${encodeURIComponent(`mail-${when}`)}`);
  const [member] = (members.body as { items?: { managerId?: string | null }[] }).items ?? [];
  if (member === undefined) faults.push(`the member of ${when}`);
  else if (!member.managerId) faults.push(`the manager of the member of ${when}`);
  return faults;
}

process.exitCode = await main(process.argv[2]);
