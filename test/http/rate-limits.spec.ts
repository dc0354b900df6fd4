import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { AuditNotes } from '../../src/audit/audit-notes.ts';
import type { LogWriter } from '../../src/provisioning-log/log-writer.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { newAdminCode } from '../harness/workspace.ts';

/** The least that can be set. Ten times as many may come at once. */
const perSecond = 50;
const atOnce = perSecond * 10;

interface Answered {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 700 });
/** A client with few connections. */
const narrow = new Agent({ keepAlive: true, maxSockets: 20 });
afterAll(() => [agent, narrow].forEach((each) => each.destroy()));

const service = useService({
  config: {
    WORKSPACE_REQUESTS_PER_SECOND: String(perSecond),
    TOKEN_REQUESTS_PER_SECOND: String(perSecond),
    ADDRESS_REQUESTS_PER_SECOND: '30',
    FAILED_SIGN_INS_PER_MINUTE: '20',
    TRUST_PROXY: '1',
  },
});
const workspace = useSharedWorkspace(service);
const other = useSharedWorkspace(service, { name: 'Other AG' });

function send(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
  body?: string,
  over = agent,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(service.url + path, { agent: over, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a kept connection; what was sent on it never reached it.
      const isUnsent = sent.reusedSocket && error.code === 'ECONNRESET';
      if (isUnsent) resolve(send(path, headers, method, body, over));
      else reject(error);
    });
    sent.end(body);
  });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const from = (address: string) => ({ 'x-forwarded-for': address });

async function many(times: number, ask: (n: number) => Promise<Answered>): Promise<Answered[]> {
  return Promise.all(Array.from({ length: times }, (_, n) => ask(n)));
}

/** Asks all at once, again and again, until so many were refused: on a busy machine the bucket fills while it is emptied. */
async function untilRefused(times: number, ask: (n: number) => Promise<Answered>): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (let round = 0; round < roundsMax; round += 1) {
    const asked = answers.length;
    answers.push(...(await many(atOnce + 150, (n) => ask(asked + n))));
    if (answers.filter(({ status }) => status === 429).length >= times) break;
  }
  return answers;
}

const roundsMax = 20;

const statuses = (answers: readonly Answered[]) => [...new Set(answers.map(({ status }) => status))].sort();

describe('requests of an identity provider', () => {
  const ask = (token = workspace.token, over = agent) =>
    send('/scim/v2/ServiceProviderConfig', bearer(token), 'GET', undefined, over);

  it('say how many more may come', async () => {
    const { headers, status } = await ask();
    expect(status).toBe(200);
    expect(headers['ratelimit-policy']).toBe(`"token";q=${atOnce};w=10, "workspace";q=${atOnce};w=10`);
    expect(headers.ratelimit).toMatch(/^"(?:token|workspace)";r=\d+;t=\d+$/);
  });

  it('beyond the limit get 429 as a SCIM error that says when to try again, and only those of this workspace', async () => {
    const answers = await untilRefused(1, () => ask());
    expect(statuses(answers)).toEqual([200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers).toMatchObject({
      'content-type': expect.stringContaining('application/scim+json') as unknown,
      'retry-after': '1',
      ratelimit: expect.stringMatching(/^"(?:token|workspace)";r=0;t=1$/) as unknown,
    });
    expect(JSON.parse(refused?.body ?? '')).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '429',
      detail: expect.stringMatching(/sends more than 50 requests a second\. Try again in 1 s\./) as unknown,
    });
    expect((await ask(other.token)).status).toBe(200);
    // Its admin is not the identity provider.
    await workspace.admin.get('/api/session').expect(200);
  });

  it('at 50 a second are never refused, however long that goes on', async () => {
    await many(atOnce, () => ask());
    await sleep(1_000);
    const answers: Answered[] = [];
    for (let n = 0; n < 100; n += 1) {
      answers.push(await ask());
      await sleep(1_000 / perSecond);
    }
    expect(statuses(answers)).toEqual([200]);
  });

  it('that are refused one after the other stand in the log as one', async () => {
    const answers = await untilRefused(21, () => ask(other.token));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(20);
    await service.provider<LogWriter>('LogWriter').flush();
    const { body } = await other.admin.get('/api/provisioning-log?outcome=error&limit=200').expect(200);
    expect(body.items).toMatchObject([{ status: 429 }]);
  });

  it('without a pause after their refusal wait for it, so that they cost little', async () => {
    const begunAt = performance.now();
    const answers = await untilRefused(31, () => ask(workspace.token, narrow));
    const refused = answers.filter(({ status }) => status === 429).length;
    const seconds = (performance.now() - begunAt) / 1_000;
    // Over 20 connections, 30 refusals come at once and 20 in each second after that; the fewer, the longer it takes.
    expect(refused).toBeGreaterThan(30);
    expect(refused / seconds).toBeLessThan(100);
  });
});

it('an admin who sends too much gets a problem document', async () => {
  const answers = await untilRefused(1, () => send('/api/session', bearer(other.adminToken)));
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(JSON.parse(refused?.body ?? '')).toMatchObject({
    type: 'urn:user-provisioning:problem:rate-limited',
    status: 429,
    retryAfterSeconds: 1,
  });
});

describe('bad credentials', () => {
  const mistyped = (token: string) => `${token.slice(0, -3)}AAA`;
  const ask = (address: string, token: string, path = '/scim/v2/Users') =>
    send(path, { ...from(address), ...bearer(token) });

  it('that begin alike get 429 after 20 a minute from one address, and good ones never', async () => {
    const attacker = '192.0.2.10';
    const answers = await many(40, () => ask(attacker, mistyped(workspace.token)));
    const counts = [401, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length);
    expect(counts[0]).toBeGreaterThanOrEqual(20);
    expect(counts[0]).toBeLessThanOrEqual(22);
    expect(counts[0]! + counts[1]!).toBe(40);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused?.headers.ratelimit).toMatch(/^"failed-sign-in";r=0;t=\d$/);
    // The same address, the same beginning, and the right end.
    await sleep(1_000);
    expect(statuses(await many(20, () => ask(attacker, workspace.token)))).toEqual([200]);
    expect((await ask('192.0.2.11', mistyped(workspace.token))).status).toBe(401);
    expect((await ask(attacker, mistyped(other.token))).status).toBe(401);
  });

  it.each([
    ['/api/session', '192.0.2.20'],
    ['/operator/workspaces', '192.0.2.21'],
    ['/metrics', '192.0.2.22'],
  ])('count at %s as well', async (path, address) => {
    const token = `mca_${path.length}${'x'.repeat(40)}`;
    expect(statuses(await many(30, () => ask(address, token, path)))).toEqual([401, 429]);
  });

  it('at /metrics are recorded, and never keep a collector out', async () => {
    const address = '192.0.2.23';
    const { operatorToken } = service.config;
    await many(40, () => ask(address, mistyped(operatorToken), '/metrics'));
    expect(statuses(await many(40, () => ask(address, operatorToken, '/metrics')))).toEqual([200]);
    await service.provider<AuditNotes>('AuditNotes').write();
    const { body } = await workspace.operator.get('/operator/audit?limit=1000').expect(200);
    const refused = body.items.filter((item) => item.address === address);
    expect(refused).toMatchObject([{ action: 'credentials.refused', details: { door: 'metrics' } }]);
    expect(JSON.stringify(refused)).not.toContain(operatorToken.slice(0, 10));
  });

  it('count for the /64 of an IPv6 address', async () => {
    const token = `mcs_ipv6${'y'.repeat(40)}`;
    const answers = await many(40, (n) => ask(`2001:db8:1:2::${n + 1}`, token));
    expect(statuses(answers)).toEqual([401, 429]);
    expect((await ask('2001:db8:1:3::1', token)).status).toBe(401);
  });

  it('count at sign-in, and a good link from the same address signs in all the same', async () => {
    const headers = { ...from('192.0.2.30'), 'content-type': 'application/json' };
    const signIn = (code: string) => send('/api/session', headers, 'POST', JSON.stringify({ code }));
    const wrong = `wrong-link-0${'z'.repeat(31)}`;
    const answers = await many(30, () => signIn(wrong));
    expect(statuses(answers)).toEqual([401, 429]);
    expect((await signIn(await newAdminCode(service, workspace.id))).status).toBe(201);
  });

  it('of ever other beginnings are bounded by their address, and good ones from it still pass', async () => {
    const attacker = '192.0.2.40';
    const answers = await untilRefused(1, (n) => ask(attacker, `guess${n}-${'q'.repeat(20)}`));
    expect(statuses(answers)).toEqual([401, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.ratelimit).toMatch(/^"address";r=0;t=1$/);
    expect((await ask(attacker, workspace.token)).status).toBe(200);
  });
});
