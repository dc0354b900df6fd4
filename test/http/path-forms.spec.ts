import { request as sendRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const logWithinMs = 20_000;

describe('a path', () => {
  const service = useService();
  const workspace = useSharedWorkspace(service);
  let made = 0;

  /** Sends a request whose target is exactly this. */
  async function send(method: string, target: string, token: string, body?: object) {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const options = { host: '127.0.0.1', port: service.config.port, method, path: target, headers };
      sendRequest(options, resolve).once('error', reject).end(JSON.stringify(body));
    });
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  const newUser = () => ({ userName: `path-${(made += 1)}@example.com` });

  async function logEntries(): Promise<{ method: string; path: string; status: number }[]> {
    const { body } = await workspace.admin.get('/api/provisioning-log?limit=200').expect(200);
    return body.items;
  }

  async function expectLogged(path: string, status: number, count: number): Promise<void> {
    const untilMs = performance.now() + logWithinMs;
    for (;;) {
      const found = (await logEntries()).filter((entry) => entry.path === path && entry.status === status);
      if (found.length >= count || performance.now() > untilMs) {
        expect([path, status, found.length]).toEqual([path, status, count]);
        return;
      }
      await sleep(100);
    }
  }

  const forms = [
    '/SCIM/v2/Users',
    '/Scim/V2/users',
    '/scim/v2/USERS',
    '//scim//v2//Users',
    '/scim/v2/Users/',
    '/scim/v2/Users?a=/health/',
    'http://elsewhere.example/scim/v2/Users',
    'HTTPS://elsewhere.example:99/SCIM/v2/Users/',
    'http://[::1/scim/v2/Users',
    'http://a:b@%:99999/scim/v2/Users',
  ];

  it('that the router takes for SCIM is logged and has the headers and errors of SCIM, in whatever form it comes', async () => {
    for (const form of forms) {
      const created = await send('POST', form, workspace.token, newUser());
      expect([form, created.status]).toEqual([form, 201]);
      expect(created.headers['content-type']).toBe('application/scim+json; charset=utf-8');
      expect(created.headers['content-security-policy']).toBeUndefined();
      const refused = await send('POST', form, workspace.token, { userName: '' });
      expect([form, refused.status]).toEqual([form, 400]);
      expect(refused.headers['content-type']).toMatch(/^application\/scim\+json/);
      expect(refused.headers['cache-control']).toBe('no-store');
      const unknown = await send('POST', form, 'wrong', newUser());
      expect([form, unknown.status]).toEqual([form, 401]);
      expect(unknown.headers['content-type']).toMatch(/^application\/scim\+json/);
    }
    const plain = forms.length - 1;
    await expectLogged('/Users', 201, plain);
    await expectLogged('/Users', 400, plain);
    await expectLogged('/Users?a=/health/', 201, 1);
  });

  it('below an id, of Bulk and of a search is logged as well', async () => {
    const created = await send('POST', '/SCIM/V2/users', workspace.token, newUser());
    const { id } = JSON.parse(created.body) as { id: string };
    expect((await send('DELETE', `/SCIM/V2/users/${id}`, workspace.token)).status).toBe(204);
    await expectLogged(`/Users/${id}`, 204, 1);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    const bulk = await send('POST', '/Scim/v2/bulk', workspace.token, { schemas, Operations: [] });
    await expectLogged('/Bulk', bulk.status, 1);
    const search = await send('POST', '/Scim/v2/groups/.SEARCH', workspace.token, {});
    await expectLogged('/Groups/.SEARCH', search.status, 1);
  });

  it.each([
    '/%73cim/v2/Users',
    '/scim;a=b/v2/Users',
    '/scim%2Fv2/Users',
    '/x/../scim/v2/Users',
    '\\scim\\v2\\Users',
  ])('that only looks like SCIM leads nowhere, and nothing is written: %s', async (form) => {
    const target = form.startsWith('/') ? form : `/${form}`;
    const response = await send('POST', target, workspace.token, newUser());
    expect(response.status).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it.each([
    '/scim/v2/%55sers',
    '/scim/v2/Users;a=b',
    '/scim/v2/./Users',
    '/scim/V2/Users%2F',
    '/scim/v3/Users',
    '/scim',
  ])('below SCIM that leads nowhere is a SCIM error and is logged: %s', async (form) => {
    const response = await send('POST', form, workspace.token, newUser());
    expect([404, 405]).toContain(response.status);
    expect(response.headers['content-type']).toMatch(/^application\/scim\+json/);
  });

  it('of /api, /operator and /health is read alike in every case', async () => {
    const api = await send('GET', '/API/session', workspace.adminToken);
    expect([api.status, api.headers['cache-control']]).toEqual([200, 'no-store, no-transform']);
    expect((await send('GET', '/Api/members', 'wrong')).status).toBe(401);
    expect((await send('GET', 'http://a.example/OPERATOR/workspaces', 'wrong')).status).toBe(401);
    const operator = await send('GET', '/Operator/workspaces', service.config.operatorToken);
    expect(operator.status).toBe(200);
    expect((await send('GET', '/HEALTH/live', '')).status).toBe(200);
    for (const form of ['//api/session', '/%61pi/session', '/api%2Fsession', '//operator/workspaces']) {
      expect([form, (await send('GET', form, workspace.adminToken)).status]).toEqual([form, 404]);
    }
  });
});
