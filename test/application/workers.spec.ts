import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cloneDatabase } from '../harness/database.ts';
import { plainHttp } from '../harness/plain-http.ts';
import {
  createWorkspace,
  lives,
  makeDataDir,
  readOperatorToken,
  type ServiceProcess,
  startServiceProcess,
  spawnService,
} from '../harness/process.ts';
import { eventually } from '../harness/synchronize.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(240_000);

const operatorToken = 'operator-token-of-the-tests';
const workers = 3;
const becomesWithinMs = 150_000;
/** Between two requests of one client: those that start processes meanwhile need the processors, too. */
const clientsPauseMs = 100;
/** Of one token. All clients together ask less often. */
const tokenRequestsPerSecond = 50;
/** Written by all clients after what happens to the service under load. */
const enoughUsers = 20;

/** The processes that a process has started and that live. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

const jsonOf = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/scim+json',
});

/** A request on a connection of its own: they go to one process after another. */
function ask(url: string, token: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { ...jsonOf(token), connection: 'close' } });
}

/** Waits until something is so. On a busy machine, three processes start one after another in more than a minute. */
const becomes = (isSo: () => boolean | Promise<boolean>) =>
  eventually(async () => ((await isSo()) ? true : null), becomesWithinMs);

const areGone = async (pids: number[]) => !(await Promise.all(pids.map(lives))).includes(true);

/** What clients that load the service met, all together. */
interface Load {
  readonly made: string[];
  readonly failures: unknown[];
  isOver: boolean;
}

/** Creates users on connections of their own until it is told to stop. */
async function create(url: string, token: string, client: string, met: Load): Promise<void> {
  const { made, failures } = met;
  for (let at = 0; !met.isOver; at += 1) {
    const body = JSON.stringify({ userName: `user-${client}-${at}@example.com` });
    const signal = AbortSignal.timeout(15_000);
    const answer = await ask(`${url}/scim/v2/Users`, token, { method: 'POST', body, signal }).catch(String);
    if (typeof answer === 'string') failures.push(answer);
    else if (answer.status === 201) made.push(((await answer.json()) as { id: string }).id);
    else failures.push([answer.status, await answer.text()]);
    await sleep(clientsPauseMs);
  }
}

/** All of them, where the first one alone makes the service ready. */
const isWhole = (service: ServiceProcess) =>
  becomes(() => service.output().includes('processes answer behind one port'));

async function underLoad(service: ServiceProcess, token: string, name: string, act: () => Promise<void>) {
  const met: Load = { made: [], failures: [], isOver: false };
  const clients = [1, 2, 3, 4].map((client) => create(service.url, token, `${name}-${client}`, met));
  await becomes(() => met.made.length > 0);
  await act();
  // However busy the machine is, something was written before and something after.
  const before = met.made.length;
  await becomes(() => met.made.length > before + enoughUsers);
  met.isOver = true;
  await Promise.all(clients);
  return met;
}

describe('several processes behind one port', () => {
  let service: ServiceProcess;
  let workspace: TestWorkspace;

  beforeAll(async () => {
    const { url } = await cloneDatabase();
    service = await startServiceProcess({
      DATABASE_URL: url,
      OPERATOR_TOKEN: operatorToken,
      WORKERS: String(workers),
      TOKEN_REQUESTS_PER_SECOND: String(tokenRequestsPerSecond),
    });
    await isWhole(service);
    workspace = await givenWorkspace({ http: plainHttp(service.url), config: { operatorToken } });
  });

  afterAll(() => service.stop('SIGKILL'));

  async function newToken(): Promise<{ id: string; secret: string }> {
    const answer = await ask(`${service.url}/api/tokens`, workspace.adminToken, {
      method: 'POST',
      body: JSON.stringify({ name: 'Another' }),
      headers: { 'content-type': 'application/json' },
    });
    return (await answer.json()) as { id: string; secret: string };
  }

  const metrics = async () => {
    await sleep(1_100);
    return (await ask(`${service.url}/metrics`, operatorToken)).text();
  };

  it('are as many as WORKERS says, and say once where they are', () => {
    expect(childrenOf(service.pid)).toHaveLength(workers);
    expect(service.output().match(/Listening on/g)).toHaveLength(1);
  });

  it('answer /metrics with the sum of all, and with what they read of the database once', async () => {
    await Promise.all(Array.from({ length: 9 }, () => ask(`${service.url}/scim/v2/Users`, workspace.token)));
    const first = await metrics();
    expect(first).toContain(`provisioning_workers{state="answered"} ${workers}`);
    expect(first).toMatch(/^provisioning_workspaces\{state="active"\} 1$/m);
    const count = (text: string) =>
      [...text.matchAll(/^http_server_request_duration_seconds_count\{.*\} (\d+)$/gm)].reduce(
        (sum, [, value]) => sum + Number(value),
        0,
      );
    await Promise.all(Array.from({ length: 30 }, () => ask(`${service.url}/scim/v2/Users`, workspace.token)));
    expect(count(await metrics()) - count(first)).toBeGreaterThanOrEqual(30);
  });

  it('feel within a second, each of them, that a token was revoked', async () => {
    const { id, secret } = await newToken();
    const statuses = async () => {
      const asked = Array.from({ length: 3 * workers }, () => ask(`${service.url}/scim/v2/Users`, secret));
      return (await Promise.all(asked)).map(({ status }) => status);
    };
    expect(new Set(await statuses())).toEqual(new Set([200]));
    await ask(`${service.url}/api/tokens/${id}`, workspace.adminToken, { method: 'DELETE' });
    await sleep(1_000);
    expect(new Set(await statuses())).toEqual(new Set([401]));
  });

  it('are replaced when one is killed under load, and nothing acknowledged is lost', async () => {
    const [killed = 0] = childrenOf(service.pid);
    const { made, failures } = await underLoad(service, workspace.token, 'kill', async () => {
      process.kill(killed, 'SIGKILL');
      await sleep(1_000);
    });
    await becomes(() => childrenOf(service.pid).length === workers);
    expect(childrenOf(service.pid)).not.toContain(killed);
    expect(service.output()).toContain(`Process ${killed} behind the port ended unexpectedly (SIGKILL)`);
    // What the killed process had in hand; nobody waits for it without end.
    expect(failures.length).toBeLessThanOrEqual(4);
    expect(failures.filter((failure) => String(failure).includes('Timeout'))).toEqual([]);
    const found = await Promise.all(
      made.map(async (id) => (await ask(`${service.url}/scim/v2/Users/${id}`, workspace.token)).status),
    );
    expect(found.filter((status) => status === 404)).toEqual([]);
    expect(await metrics()).toContain('provisioning_worker_replacements 1');
  });

  it('are replaced one after another by SIGHUP under load, and no request fails', async () => {
    const before = childrenOf(service.pid);
    const { token } = workspace;
    const { failures } = await underLoad(service, token, 'roll', async () => {
      process.kill(service.pid, 'SIGHUP');
      await becomes(() => service.output().includes('The processes behind the port are new'));
    });
    expect(failures).toEqual([]);
    expect(childrenOf(service.pid)).toHaveLength(workers);
    expect(childrenOf(service.pid).filter((pid) => before.includes(pid))).toEqual([]);
  });

  it('let one go that is told to stop, and another takes its place', async () => {
    const [told = 0] = childrenOf(service.pid);
    process.kill(told, 'SIGTERM');
    await becomes(() => areGone([told]));
    // It counts as a child until the first process has asked how it ended, and says so.
    await becomes(() => service.output().includes(`Process ${told} behind the port was told to stop`));
    await becomes(() => childrenOf(service.pid).length === workers);
    expect(childrenOf(service.pid)).not.toContain(told);
  });

  it('hold a token to the limit that one process has', async () => {
    const { secret } = await newToken();
    const statuses: number[] = [];
    const began = performance.now();
    // Ten seconds' worth may come at once: 500. Each process alone would take as many. A busy machine takes longer to ask so
    // often, and may ask for more by then.
    for (let round = 0; round < 100 && !statuses.includes(429); round += 1) {
      const asked = Array.from({ length: 30 }, () => ask(`${service.url}/scim/v2/Users?count=0`, secret));
      statuses.push(...(await Promise.all(asked)).map(({ status }) => status));
    }
    const tookSeconds = (performance.now() - began) / 1_000;
    const taken = statuses.filter((status) => status === 200).length;
    const atOnce = 10 * tokenRequestsPerSecond;
    expect(taken).toBeGreaterThanOrEqual(atOnce);
    // What came within the tenth of a second until the others heard of it may come on top, and is owed then.
    expect(taken).toBeLessThan(atOnce + tokenRequestsPerSecond * tookSeconds + 150);
    expect(statuses).toContain(429);
  });

  it('keep their port: others that are to have it say once that it is taken, and end with 78', async () => {
    const { url } = await cloneDatabase();
    const { port } = new URL(service.url);
    const environment = { DATABASE_URL: url, OPERATOR_TOKEN: operatorToken, WORKERS: '2', PORT: port };
    const second = await spawnService(environment);
    expect(await second.ended()).toEqual({ code: 78, signal: null });
    expect(second.output().match(/PORT must be free/g)).toHaveLength(1);
  });

  it('end when the first one is killed', async () => {
    // All of them, also the one that took another's place.
    await becomes(async () => (await metrics()).includes(`{state="answered"} ${workers}`));
    const children = childrenOf(service.pid);
    expect(children).toHaveLength(workers);
    await service.stop('SIGKILL');
    await sleep(2_000);
    expect(await areGone(children)).toBe(true);
  });
});

describe('several processes with an embedded PostgreSQL', () => {
  let folder: Awaited<ReturnType<typeof makeDataDir>>;
  let service: ServiceProcess;

  beforeAll(async () => {
    folder = await makeDataDir();
    service = await spawnService({ DATA_DIR: folder.dataDir, WORKERS: '2', SHUTDOWN_DELAY_SECONDS: '1' });
    // PostgreSQL is there, and the first of them is not.
    await becomes(() => service.output().includes('PostgreSQL'));
    process.kill(service.pid, 'SIGHUP');
    await isWhole(service);
  });

  afterAll(async () => {
    await service?.stop('SIGKILL');
    await folder.remove();
  });

  it('have one of it, and are not disturbed by SIGHUP while they start', () => {
    expect(childrenOf(service.pid)).toHaveLength(3);
  });

  it('end all within their delay and ten seconds, and leave none behind', async () => {
    await createWorkspace(service, await readOperatorToken(folder.dataDir));
    const children = childrenOf(service.pid);
    const since = performance.now();
    const ending = service.stop();
    await sleep(400);
    expect((await ask(`${service.url}/health/ready`, '')).status).toBe(503);
    expect((await ask(`${service.url}/health/live`, '')).status).toBe(200);
    expect(await ending).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(11_000);
    expect(children).toHaveLength(3);
    expect(await areGone(children)).toBe(true);
  });
});
