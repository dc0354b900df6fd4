import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cloneDatabase } from '../harness/database.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { type ReadyProxy, startReadyProxy } from '../harness/ready-proxy.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

const operatorToken = 'operator-token-of-the-tests';
const clients = 4;
/** Between two people of one client: the processes that start meanwhile need the processors, too. */
const clientsPauseMs = 25;

describe('three processes behind a load balancer that never asks twice', () => {
  let proxy: ReadyProxy;
  let services: ServiceProcess[];
  let workspace: TestWorkspace;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const { url } = await cloneDatabase();
    environment = {
      DATABASE_URL: url,
      OPERATOR_TOKEN: operatorToken,
      SHUTDOWN_DELAY_SECONDS: '1',
      LOG_LEVEL: 'warn',
    };
    proxy = await startReadyProxy();
    services = await Promise.all([1, 2, 3].map(() => startServiceProcess(environment)));
    proxy.setBackends(services.map(({ url: backend }) => backend));
    const [first] = services;
    workspace = await givenWorkspace({ http: plainHttp(first?.url ?? ''), config: { operatorToken } });
    await sleep(300);
  });

  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop('SIGKILL')));
    await proxy.stop();
  });

  /** Creates users and reads each again, until it is told to stop. */
  async function load(client: number, isOver: () => boolean) {
    const headers = {
      authorization: `Bearer ${workspace.token}`,
      'content-type': 'application/scim+json',
    };
    const failures: unknown[] = [];
    let count = 0;
    for (let at = 0; !isOver(); at += 1) {
      const body = JSON.stringify({ userName: `user-${client}-${at}@example.com` });
      const made = await fetch(`${proxy.url}/scim/v2/Users`, { method: 'POST', headers, body }).catch(String);
      if (typeof made === 'string' || made.status !== 201) {
        failures.push(typeof made === 'string' ? made : [made.status, await made.text()]);
        continue;
      }
      const { id } = (await made.json()) as { id: string };
      const read = await fetch(`${proxy.url}/scim/v2/Users/${id}`, { headers }).catch(String);
      if (typeof read === 'string' || read.status !== 200)
        failures.push(typeof read === 'string' ? read : read.status);
      else await read.arrayBuffer();
      count += 2;
      await sleep(clientsPauseMs);
    }
    return { failures, count };
  }

  it('are restarted one after another under load, and no request fails', async () => {
    let isOver = false;
    const loads = Array.from({ length: clients }, (_, client) => load(client, () => isOver));
    const [first, second, third] = services;
    expect(await first?.stop()).toEqual({ code: 0, signal: null });
    services[0] = await startServiceProcess({ ...environment, PORT: new URL(first?.url ?? '').port });
    await sleep(300);
    for (const service of [second, third]) expect(await service?.stop()).toEqual({ code: 0, signal: null });
    isOver = true;
    const results = await Promise.all(loads);
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
    expect(results.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(200);
  });

  it('still take connections for SHUTDOWN_DELAY_SECONDS, live but not ready', async () => {
    const [service] = services;
    const ended = service?.stop();
    const statusOf = (path: string) =>
      fetch(`${service?.url}${path}`, { headers: { connection: 'close' } }).then(({ status }) => status);
    await sleep(200);
    const ready = await fetch(`${service?.url}/health/ready`, { headers: { connection: 'close' } });
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ detail: 'This process was told to stop.' });
    expect([await statusOf('/health/live'), await statusOf('/scim/v2/Users')]).toEqual([200, 401]);
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});
