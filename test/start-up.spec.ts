import { readFile } from 'node:fs/promises';
import { Agent, request as openRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { findFreePort } from '../src/database/embedded/free-port.ts';
import { cloneDatabase, createEmptyDatabase } from './harness/database.ts';
import {
  makeDataDir,
  readOperatorToken,
  type ServiceProcess,
  spawnService,
  startServiceProcess,
} from './harness/process.ts';

jest.setTimeout(120_000);

const operatorToken = 'operator-token-of-the-tests';

async function createWorkspace(service: ServiceProcess, token: string): Promise<string> {
  const answer = await fetch(`${service.url}/operator/workspaces`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Example' }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

async function statusOfWorkspace(service: ServiceProcess, token: string, id: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${service.url}/operator/workspaces/${id}`, { headers })).status;
}

async function postgresPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgresql/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** The status of an answer that came whole, or the code of the fault. */
function statusOrFault(url: string, agent: Agent): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const fault = (error: NodeJS.ErrnoException) => resolve(error.code);
    const request = openRequest(url, { agent }, (response) => {
      response.once('error', fault).once('end', () => resolve(response.statusCode));
      response.resume();
    });
    request.once('error', fault).end();
  });
}

/** A process that has ended, but that nobody asked for its exit code yet (state Z), does not live. */
async function lives(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) [ZX] /.test(stat);
}

describe('the service on its embedded PostgreSQL', () => {
  let dataDir: string;
  let remove: () => Promise<void>;
  const started: ServiceProcess[] = [];

  beforeAll(async () => {
    ({ dataDir, remove } = await makeDataDir());
  });

  afterEach(async () => {
    for (const service of started.splice(0)) await service.stop();
  });

  afterAll(() => remove());

  async function start(settings: Record<string, string> = {}): Promise<ServiceProcess> {
    const service = await startServiceProcess({ DATA_DIR: dataDir, ...settings });
    started.push(service);
    return service;
  }

  it('keeps its data over a restart and leaves no PostgreSQL behind', async () => {
    const first = await start();
    const token = await readOperatorToken(dataDir);
    const id = await createWorkspace(first, token);
    const postgres = await postgresPid(dataDir);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    expect(await lives(postgres)).toBe(false);
    const second = await start();
    expect(await statusOfWorkspace(second, token, id)).toBe(200);
  });

  it('keeps its data over a SIGKILL and ends the PostgreSQL that was left behind', async () => {
    const first = await start();
    const token = await readOperatorToken(dataDir);
    const id = await createWorkspace(first, token);
    const postgres = await postgresPid(dataDir);
    await first.stop('SIGKILL');
    expect(await lives(postgres)).toBe(true);
    const second = await start();
    expect(await lives(postgres)).toBe(false);
    expect(await statusOfWorkspace(second, token, id)).toBe(200);
  });

  it('starts although PostgreSQL and the service were both killed', async () => {
    const first = await start();
    const token = await readOperatorToken(dataDir);
    const id = await createWorkspace(first, token);
    const postgres = await postgresPid(dataDir);
    await first.stop('SIGKILL');
    process.kill(postgres, 'SIGKILL');
    const second = await start();
    expect(await statusOfWorkspace(second, token, id)).toBe(200);
  });

  it('starts PostgreSQL again when it dies, and answers again', async () => {
    const service = await start();
    const token = await readOperatorToken(dataDir);
    const id = await createWorkspace(service, token);
    process.kill(await postgresPid(dataDir), 'SIGKILL');
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 100 && !statuses.has(200); attempt += 1) {
      await sleep(100);
      statuses.add(await statusOfWorkspace(service, token, id));
    }
    expect(statuses).toContain(200);
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it('leaves no PostgreSQL behind when it is told to stop while it starts', async () => {
    const service = await spawnService({ DATA_DIR: dataDir });
    while ((await postgresPid(dataDir).catch(() => 0)) === 0) await sleep(20);
    const postgres = await postgresPid(dataDir);
    expect((await service.stop()).signal).toBe(null);
    expect(await lives(postgres)).toBe(false);
  });

  it('refuses a second service on the same data in one line', async () => {
    await start();
    const second = await spawnService({ DATA_DIR: dataDir });
    expect((await second.ended()).code).toBe(78);
    expect(second.output()).toBe(
      `user-provisioning: DATA_DIR is in use by another running service: ${dataDir}\n`,
    );
  });

  it('lets a running request finish when it is told to stop, and lets nobody new in', async () => {
    const service = await start();
    const token = await readOperatorToken(dataDir);
    const slow = openRequest(`${service.url}/operator/workspaces`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        expect: '100-continue',
      },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.once('response', (response) => resolve(response.resume().statusCode));
      slow.once('error', reject);
    });
    await new Promise((resolve) => {
      slow.once('continue', resolve);
      slow.flushHeaders();
    });
    slow.write('{"name":');
    const since = performance.now();
    const ending = service.stop();
    await sleep(1_000);
    expect(await statusOrFault(`${service.url}/health/live`, new Agent())).toBe('ECONNREFUSED');
    slow.end('"Late but whole"}');
    expect(await answered).toBe(201);
    expect(await ending).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(10_000);
  });

  it('resets no kept-alive connection of busy clients when it is told to stop', async () => {
    const service = await start();
    const agent = new Agent({ keepAlive: true });
    const ends = Array.from({ length: 10 }, async () => {
      for (;;) {
        const answer = await statusOrFault(`${service.url}/health/ready`, agent);
        if (answer !== 200) return answer;
      }
    });
    await sleep(300);
    await service.stop();
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['ECONNREFUSED']));
    agent.destroy();
  });

  it('ends within ten seconds although a request never does', async () => {
    const service = await start();
    const slow = openRequest(`${service.url}/operator/workspaces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 9 },
    });
    slow.once('error', () => undefined);
    slow.flushHeaders();
    await sleep(200);
    const since = performance.now();
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(10_000);
  });
});

describe('the service on an outside PostgreSQL', () => {
  it('names a wrong setting in one line and not its value', async () => {
    const service = await spawnService({ PORT: 'my-secret' });
    expect((await service.ended()).code).toBe(78);
    expect(service.output()).toBe('user-provisioning: PORT must be a whole number from 0 to 65535\n');
  });

  it('names a missing setting in one line', async () => {
    const service = await spawnService({ DATABASE_URL: 'postgres://localhost/x' });
    expect((await service.ended()).code).toBe(78);
    expect(service.output()).toBe('user-provisioning: OPERATOR_TOKEN is required when DATABASE_URL is set\n');
  });

  it('says in one line that the password is refused', async () => {
    const url = new URL((await cloneDatabase()).url);
    url.password = 'wrong';
    const service = await spawnService({ DATABASE_URL: url.href, OPERATOR_TOKEN: operatorToken });
    expect((await service.ended()).code).toBe(78);
    expect(service.output()).toBe(
      'user-provisioning: DATABASE_URL must lead to a PostgreSQL that answers: the server refused the user or password\n',
    );
  });

  it('says in one line that the database is not there, and that it is worth to try again', async () => {
    const url = new URL((await cloneDatabase()).url);
    url.port = String(await findFreePort());
    const service = await spawnService({ DATABASE_URL: url.href, OPERATOR_TOKEN: operatorToken });
    expect((await service.ended()).code).toBe(75);
    expect(service.output()).toContain(
      'user-provisioning: DATABASE_URL must lead to a PostgreSQL that answers: nothing listens at that host and port\n',
    );
  });

  it('comes up three times at once on an empty database', async () => {
    const { url } = await createEmptyDatabase();
    const settings = { DATABASE_URL: url, OPERATOR_TOKEN: operatorToken, POOL_SIZE: '4' };
    const services = await Promise.all([1, 2, 3].map(() => spawnService(settings)));
    try {
      await Promise.all(services.map((service) => service.ready()));
      const [one, other] = services;
      if (!one || !other) throw new Error('Three services were started');
      const id = await createWorkspace(one, operatorToken);
      expect(await statusOfWorkspace(other, operatorToken, id)).toBe(200);
    } finally {
      await Promise.all(services.map((service) => service.stop()));
    }
  });
});
