import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client as ProductClient, createClient, mirror } from '../../clients/node/src/index.ts';
import { SqliteStore } from '../../clients/node/src/stores/sqlite-store.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { compileCache } from '../harness/compile-cache.ts';
import { personBody } from '../harness/directory-person.ts';
import { type KilledDatabase, killedDatabase } from '../harness/killed-database.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { makeDataDir, type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { eventuallyHolds } from '../harness/synchronize.ts';
import {
  adminClient,
  type Client,
  givenWorkspace,
  scimClient,
  type TestWorkspace,
} from '../harness/workspace.ts';
import { expectSqliteSameAsService } from './copies.ts';

/** `npm run test:mirror` kills more often, and has a larger company in a larger product. */
const kills = Number(process.env.MIRROR_KILLS ?? 4);
const people = Number(process.env.MIRROR_PEOPLE ?? 60);
/** Members that the product had before. */
const members = Number(process.env.MIRROR_MEMBERS ?? 60);

const batchMaxLines = 50_000;
/** So often that comparisons are killed, too; one of a million members takes longer. */
const verifyEveryMs = 2_000 + members / 20;

const killAfterMaxMs = 1_500;
const writersPauseMs = 20;
const requestsAtOnce = 8;
const settlesWithinMs = 120_000;
const patchSchemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const groupSchemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];

let folder: Awaited<ReturnType<typeof makeDataDir>>;
let database: KilledDatabase;
let environment: Record<string, string>;
let service: ServiceProcess;
let operatorToken: string;
let workspace: TestWorkspace;
let follower: ChildProcess;
let client: ProductClient;
let file: string;
let stopWriting = false;
const userIds: string[] = [];
const groupIds: string[] = [];

beforeAll(
  async () => {
    folder = await makeDataDir();
    database = await killedDatabase(folder.dataDir);
    environment = { ...database.environment, PORT: String(await findFreePort()) };
    service = await startServiceProcess(environment);
    operatorToken = await database.operatorToken();
    client = createClient({ url: service.url, key: operatorToken });
    workspace = await givenWorkspace(hostNow());
    file = join(folder.dataDir, 'copy.sqlite');
    await putMembers();
    await pushPeople();
    await runOnce();
    startFollower();
  },
  300_000 + members * 10,
);

afterAll(async () => {
  follower?.kill('SIGKILL');
  await service?.stop();
  await folder.remove();
});

describe('a mirror, while the service, its PostgreSQL and the mirror itself are killed and everybody writes', () => {
  it(
    `has no difference after ${kills} kills, and needed no repair`,
    async () => {
      const writing = [pushForEver(), editForEver(), runForEver()];
      for (let n = 0; n < kills; n += 1) {
        await sleep(Math.random() * killAfterMaxMs);
        if (n % 3 === 0) await killFollower();
        else if (n % 3 === 1) await killService();
        else await killPostgres();
      }
      stopWriting = true;
      await Promise.all(writing);
      await settled();
      await stopFollower();
      const database = new DatabaseSync(file);
      const copy = mirror(new SqliteStore(database), { client });
      await eventuallyHolds(async () => {
        await copy.catchUp();
        await expectSqliteSameAsService(client, workspace.id, database);
      });
      const [verified] = await copy.verify();
      expect(verified?.differentBuckets).toEqual([]);
      expect(verified?.members).toBeGreaterThan(members + people / 4);
      expect(existsSync(`${file}.differences`) ? readFileSync(`${file}.differences`, 'utf8') : '').toBe('');
      database.close();
    },
    kills * 60_000 + 300_000 + members * 10,
  );
});

function hostNow() {
  return { http: plainHttp(service.url), config: { operatorToken } };
}

function admin(): Client {
  return adminClient(hostNow(), workspace.adminToken);
}

function scim() {
  return scimClient(hostNow(), workspace.token);
}

/** The product brings its members. */
async function putMembers(): Promise<void> {
  for (let from = 0; from < members; from += batchMaxLines) {
    const numbers = Array.from({ length: Math.min(batchMaxLines, members - from) }, (_, at) => from + at);
    const lines = numbers.map((n) => ({ externalId: `m${n}`, ...memberOf(n, 'Had before') }));
    let created = 0;
    for await (const { outcome } of client.putMembers(workspace.id, lines))
      created += Number(outcome === 'created');
    expect(created).toBe(lines.length);
  }
}

function memberOf(n: number, displayName: string) {
  return { email: `product${n}@example.com`, displayName };
}

async function pushPeople(): Promise<void> {
  const numbers = Array.from({ length: people }, (_, at) => at);
  const pushing = Array.from({ length: requestsAtOnce }, async () => {
    for (let n = numbers.pop(); n !== undefined; n = numbers.pop()) {
      const { body } = await scim()
        .post('/Users', personBody(`person${n}@example.com`))
        .expect(201);
      userIds.push(body.id);
    }
  });
  await Promise.all(pushing);
  for (const displayName of ['Research', 'Sales']) {
    const { body } = await scim().post('/Groups', { schemas: groupSchemas, displayName }).expect(201);
    groupIds.push(body.id);
  }
}

/** The identity provider: joiners, movers, leavers, returners, groups. What fails it does not repeat. */
async function pushForEver(): Promise<void> {
  for (let n = 0; !stopWriting; n += 1) {
    const id = anyOf(userIds);
    const value = [{ value: id }];
    const operations = {
      0: { op: 'replace', path: 'title', value: `Written ${n}` },
      1: { op: 'replace', path: 'active', value: n % 2 === 0 },
      2: { op: n % 4 === 0 ? 'remove' : 'add', path: 'members', value },
    }[n % 3] as object;
    const path = n % 3 === 2 ? `/Groups/${anyOf(groupIds)}` : `/Users/${id}`;
    await tried(scim().patch(path, { schemas: patchSchemas, Operations: [operations] }));
    if (n % 5 === 0) {
      const made = await tried(scim().post('/Users', personBody(`joiner${n}@example.com`)));
      const { id: joiner } = (made as { body?: { id?: string } } | null)?.body ?? {};
      if (joiner !== undefined) userIds.push(joiner);
    }
    await sleep(writersPauseMs);
  }
}

/** The product: changes members of its own, and removes and creates a few of them again and again. */
async function editForEver(): Promise<void> {
  for (let n = 0; !stopWriting; n += 1) {
    const number = n % 7 < 4 ? n % 20 : Math.floor(Math.random() * members);
    await tried(client.members.put(workspace.id, `ext:m${number}`, memberOf(number, `Edited ${n}`)));
    if (n % 7 === 3) {
      const path = `${service.url}/operator/workspaces/${workspace.id}/members/ext:m${number}`;
      await tried(fetch(path, { method: 'DELETE', headers: { authorization: `Bearer ${operatorToken}` } }));
    }
    await sleep(writersPauseMs);
  }
}

async function runForEver(): Promise<void> {
  while (!stopWriting) {
    await tried(admin().post('/api/sync-runs', {}));
    await sleep(writersPauseMs * 10);
  }
}

/** Whatever happens to a request while processes are killed. */
async function tried<T>(request: PromiseLike<T>): Promise<T | null> {
  try {
    return await request;
  } catch {
    return null;
  }
}

/** No run is under way and a last one has nothing left to do. */
async function settled(): Promise<void> {
  await service.ready();
  const deadline = performance.now() + settlesWithinMs;
  while (performance.now() < deadline) {
    await runOnce();
    const { body } = await admin().get('/api/sync-preview').expect(200);
    const { summary } = body as { summary: Record<string, number> };
    const { held = 0, conflict = 0, ...rest } = summary;
    if (Object.values(rest).every((count) => count === 0) && held + conflict >= 0) return;
    await sleep(500);
  }
  throw new Error('The workspace does not come to rest');
}

async function runOnce(): Promise<void> {
  const { body } = await admin().post('/api/sync-runs', {});
  const { id, runId } = body as { id?: string; runId?: string };
  const run = id ?? runId ?? '';
  for (;;) {
    const answer = await admin().get(`/api/sync-runs/${run}`);
    const { state } = answer.body as { state?: string };
    if (state !== 'queued' && state !== 'running') return;
    await sleep(100);
  }
}

function startFollower(): void {
  const script = join(import.meta.dirname, 'mirror-process.ts');
  follower = spawn(process.execPath, [script, service.url, operatorToken, file, String(verifyEveryMs)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...compileCache() },
  });
}

async function stopFollower(): Promise<void> {
  const ended = once(follower, 'exit');
  follower.kill('SIGTERM');
  await ended;
}

async function killFollower(): Promise<void> {
  expect(follower.exitCode).toBeNull();
  const ended = once(follower, 'exit');
  follower.kill('SIGKILL');
  await ended;
  startFollower();
}

async function killService(): Promise<void> {
  await service.stop('SIGKILL');
  service = await startServiceProcess(environment);
}

/** The service starts its database again; it is ready when that is back. */
async function killPostgres(): Promise<void> {
  await database.kill();
  await sleep(100);
  await service.ready();
}

function anyOf(ids: readonly string[]): string {
  return ids[Math.floor(Math.random() * ids.length)] ?? '';
}
