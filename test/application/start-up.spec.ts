import { Agent, request as openRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { cloneDatabase, createEmptyDatabase } from '../harness/database.ts';
import {
  createWorkspace,
  type ServiceProcess,
  spawnService,
  startServiceProcess,
  statusOfWorkspace,
} from '../harness/process.ts';

jest.setTimeout(120_000);

const operatorToken = 'operator-token-of-the-tests';

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

describe('a service that is told to stop', () => {
  const started: ServiceProcess[] = [];

  afterEach(async () => {
    for (const service of started.splice(0)) await service.stop();
  });

  async function start(): Promise<ServiceProcess> {
    const { url } = await cloneDatabase();
    const service = await startServiceProcess({ DATABASE_URL: url, OPERATOR_TOKEN: operatorToken });
    started.push(service);
    return service;
  }

  it('lets a running request finish when it is told to stop, and lets nobody new in', async () => {
    const service = await start();
    const slow = openRequest(`${service.url}/operator/workspaces`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operatorToken}`,
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
      for (let tookMs = 0; ;) {
        const begunAt = performance.now();
        const answer = await statusOrFault(`${service.url}/health/ready`, agent);
        // A client that gets no processor for so long is not busy, and may miss the moment in which it could ask.
        if (answer !== 200) return tookMs > 500 ? null : answer;
        tookMs = performance.now() - begunAt;
      }
    });
    await sleep(300);
    await service.stop();
    const answers = (await Promise.all(ends)).filter((answer) => answer !== null);
    expect(new Set(answers)).toEqual(new Set(['ECONNREFUSED']));
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
