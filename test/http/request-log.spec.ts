import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { plainHttp } from '../harness/plain-http.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { operatorToken } from '../harness/service.ts';
import { givenProductKey, givenWorkspace, operatorClient, workspacePath } from '../harness/workspace.ts';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';

describe('the request log', () => {
  let service: ServiceProcess;

  beforeAll(async () => {
    const { url } = await cloneDatabase();
    service = await startServiceProcess({ DATABASE_URL: url, OPERATOR_TOKEN: operatorToken });
    closeBeforeDrop(async () => {
      await service.stop();
    });
  }, 120_000);

  /** The lines about a request, once the first has come through the pipe. */
  async function linesAbout(requestId: string): Promise<string[]> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const lines = service.output().split('\n');
      const found = lines.filter((line) => line.includes(`"id":"${requestId}"`));
      if (found.length > 0) return found;
      await sleep(20);
    }
    return [];
  }

  it('has one line for a request, with the id that the client gave and got back', async () => {
    const headers = { 'x-request-id': 'given-by-client' };
    const answer = await fetch(`${service.url}/scim/v2/Users`, { headers });
    expect(answer.headers.get('x-request-id')).toBe('given-by-client');
    const lines = await linesAbout('given-by-client');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"status":401');
  });

  it('names the trace of the client, by its header traceparent', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await fetch(`${service.url}/scim/v2/Users`, { headers: { 'x-request-id': 'of-a-trace', traceparent } });
    expect((await linesAbout('of-a-trace'))[0]).toContain('"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"');
    const wrong = { 'x-request-id': 'of-no-trace', traceparent: `${traceparent}-"x` };
    await fetch(`${service.url}/scim/v2/Users`, { headers: wrong });
    expect((await linesAbout('of-no-trace'))[0]).not.toContain('traceId');
  });

  it('names the workspace whose token or session it was', async () => {
    const host = { http: plainHttp(service.url), config: { operatorToken } };
    const { id, token } = await givenWorkspace(host);
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': 'of-a-workspace' };
    expect((await fetch(`${service.url}/scim/v2/Users`, { headers })).status).toBe(200);
    expect((await linesAbout('of-a-workspace'))[0]).toContain(`"workspace":"${id}"`);
    expect(service.output()).not.toContain(token);
  });

  it('names the product key, and the workspace in the path by our id alone; neither secret nor ext: id', async () => {
    const host = { http: plainHttp(service.url), config: { operatorToken } };
    const made = await operatorClient(host).put(workspacePath('vendors-own'), { name: 'X' }).expect(201);
    const { id, secret } = await givenProductKey(host, { name: 'Called so' });
    const headers = { authorization: `Bearer ${secret}`, 'x-request-id': 'by-a-key' };
    expect((await fetch(service.url + workspacePath('vendors-own'), { headers })).status).toBe(200);
    const [line] = await linesAbout('by-a-key');
    expect(line).toContain(`"keyId":"${id}"`);
    expect(line).toContain(`"workspace":"${made.body.id}"`);
    const { secret: next } = (await operatorClient(host).post(`/operator/keys/${id}/rotate`).expect(201))
      .body;
    await fetch(`${service.url}/operator/keys`, { headers: { authorization: `Bearer ${next}x` } });
    for (const hidden of [secret, next, 'vendors-own', 'Called so'])
      expect(service.output()).not.toContain(hidden);
  });

  it('has a line for a body that cannot be read', async () => {
    const headers = { 'x-request-id': 'unreadable', 'content-type': 'application/json' };
    await fetch(`${service.url}/api/session`, { method: 'POST', headers, body: '{' });
    expect(await linesAbout('unreadable')).toHaveLength(1);
  });

  it('replaces a request id that is not harmless', async () => {
    const answer = await fetch(`${service.url}/health/live`, {
      headers: { 'x-request-id': 'a "quoted" one' },
    });
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('holds no token, no body and no value of a query', async () => {
    const secrets = ['scim-secret-1', 'code-secret-2', 'query-secret-3', 'cookie-secret-4'];
    await fetch(`${service.url}/scim/v2/Users?filter=query-secret-3&access_token=query-secret-3`, {
      headers: { authorization: 'Bearer scim-secret-1', cookie: 'session=cookie-secret-4' },
    });
    await fetch(`${service.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"code":"code-secret-2"}',
    });
    await fetch(`${service.url}/operator/workspaces`, {
      headers: { authorization: `Bearer ${operatorToken}` },
    });
    for (const secret of [...secrets, operatorToken]) expect(service.output()).not.toContain(secret);
  });

  it('is quiet about health probes', () => {
    expect(service.output()).not.toContain('/health/');
  });
});
