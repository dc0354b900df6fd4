import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cases } from '../harness/cases.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const anId = '01890000-0000-7000-8000-000000000000';

type JsonObject = Record<string, unknown>;

interface Route {
  method: 'post' | 'put' | 'patch';
  path: string;
  /** The names of its body, as the contract tells them. */
  names: string[];
}

/** What JSON can say and a text, number or name should not be. */
const hostileValues = [
  '"\\ud800"',
  '"a\\udc00b@example.com"',
  '"\\u0000"',
  '1e400',
  '-1e400',
  '9007199254740993',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '[null]',
  '[{}]',
  '{"constructor":"y"}',
  '{"__proto__":{"x":1}}',
  '{"hasOwnProperty":1}',
  '{"toString":"x","valueOf":"y"}',
  '{"then":"x"}',
  '{"length":-1}',
  '[{"constructor":{"prototype":{}}}]',
  '"SystemV/AST4"',
  '"Europe/Berlin\\u0000"',
  '"+999999-01-01T00:00:00Z"',
  '"2030-02-30T25:61:61Z"',
  `"${'x'.repeat(100_000)}"`,
  `"${'💥'.repeat(5_000)}@example.com"`,
  `${'['.repeat(40)}${']'.repeat(40)}`,
];

const hostileNames = [
  'constructor',
  '__proto__',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'then',
  '\\ud800',
  '',
  '0',
  '\\u0000',
  'x'.repeat(10_000),
];

describe('a body that JSON allows and nobody means', () => {
  const service = useService();
  const workspace = useSharedWorkspace(service);
  let routes: Route[];

  beforeAll(() => {
    routes = bodyRoutes(service.openApiDocument() as unknown as JsonObject);
  });

  async function send({ method, path }: Route, json: string) {
    const target = path.replaceAll(/\{[^}]+\}/g, path.startsWith('/operator') ? workspace.id : anId);
    const client = path.startsWith('/operator') ? workspace.operator : workspace.admin;
    const request = path === '/api/session' ? service.http.post(path) : client[method](target);
    return request.set('Content-Type', 'application/json').send(json);
  }

  it('is never a 5xx, whatever route takes it and wherever in it the odd value stands', async () => {
    expect(routes.length).toBeGreaterThan(20);
    const value = fc.constantFrom(...hostileValues);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        value,
        fc.option(fc.constantFrom(...hostileNames)),
        async (at, nameAt, odd, name) => {
          const route = routes[at % routes.length];
          if (route === undefined) return;
          const given = name ?? route.names[nameAt % Math.max(1, route.names.length)] ?? 'x';
          const response = await send(route, `{"${given}":${odd}}`);
          expect([route.path, given.slice(0, 40), odd.slice(0, 40), response.status < 500]).toEqual([
            route.path,
            given.slice(0, 40),
            odd.slice(0, 40),
            true,
          ]);
          if (response.status >= 400) expect(response.type).toBe('application/problem+json');
        },
      ),
      cases(120),
    );
  });

  it.each([
    ['{"x":{"constructor":"y"}}', 'x.constructor', 'unknown-field'],
    ['{"constructor":"y"}', 'constructor', 'unknown-field'],
    ['{"__proto__":{"a":1}}', '__proto__', 'unknown-field'],
    ['{"code":"\\ud800"}', 'code', 'broken-text'],
    ['{"\\ud800":1}', '\ufffd', 'broken-text'],
    ['{"code":1e400}', 'code', 'not-a-number'],
  ])('is told what is wrong, and where: %s', async (json, path, code) => {
    const response = await service.http
      .post('/api/session')
      .set('Content-Type', 'application/json')
      .send(json);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ path, code }] });
  });

  it('of half a character is a 400 also where an e-mail address is expected', async () => {
    const response = await workspace.operator
      .post(`/operator/workspaces/${workspace.id}/admin-links`)
      .set('Content-Type', 'application/json')
      .send('{"email":"\\ud800"}');
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ path: 'email' }] });
  });

  it('is no 5xx in an address, a query or a header either', async () => {
    const odd = [
      '%00',
      '%ED%A0%80',
      '%E0%A4%A',
      '%',
      'x'.repeat(6_000),
      '1e400',
      '__proto__',
      'constructor',
      '%F0%9F%92%A5',
    ];
    const places = [
      '/api/members/',
      '/api/members?search=',
      '/api/members?cursor=',
      '/api/members?limit=',
      '/api/members?',
      '/api/sync-preview?kind=',
      '/api/audit-log?actor=',
      '/api/provisioning-log?resource=',
      '/api/sync-runs/',
      '/api/attribute-mapping/versions/',
      '/api/directory-resources?search=',
    ];
    for (const place of places) {
      for (const text of odd) {
        const { status } = await workspace.admin.get(place + text);
        expect([place, text.slice(0, 20), status < 500]).toEqual([place, text.slice(0, 20), true]);
      }
    }
    for (const header of ['Cookie', 'X-CSRF-Token', 'Accept-Language', 'If-None-Match', 'X-Request-Id']) {
      for (const text of ['\u00ff\u00fe', '__proto__=1; constructor', ',;=,;="', 'x'.repeat(6_000)]) {
        expect((await workspace.admin.get('/api/session').set(header, text)).status).toBeLessThan(500);
      }
    }
  });

  it('a time zone that was stored and cannot be reckoned in stops nothing: it reads as one that can', async () => {
    const fresh = await givenWorkspace(service, { active: false });
    const spoil = (timeZone: string) =>
      service.dataSource.query(
        `UPDATE workspace SET settings = settings || jsonb_build_object('timeZone', $2::text) WHERE id = $1`,
        [fresh.id, timeZone],
      );
    await spoil('SystemV/AST4');
    await fresh.admin.post('/api/user-provisioning/activate').expect(201);
    await spoil('No/Such_Zone');
    const { body } = await fresh.admin.get('/api/user-provisioning/settings').expect(200);
    expect(body).toMatchObject({ timeZone: 'Europe/Berlin' });
    await fresh.admin.patch('/api/user-provisioning/settings', { timeZone: 'SystemV/AST4' }).expect(400);
    await fresh.admin.patch('/api/user-provisioning/settings', { dailySyncAt: '03:00' }).expect(200);
    const [row] = await service.dataSource.query<{ zone: string }[]>(
      `SELECT settings->>'timeZone' AS zone FROM workspace WHERE id = $1`,
      [fresh.id],
    );
    expect(row?.zone).toBe('Europe/Berlin');
  });
});

/** The routes with a JSON body, but those that would end the test's own workspace. */
function bodyRoutes(document: JsonObject): Route[] {
  const { schemas } = document.components as { schemas: Record<string, { properties?: JsonObject }> };
  return Object.entries(document.paths as Record<string, JsonObject>).flatMap(([path, item]) =>
    path.startsWith('/scim')
      ? []
      : Object.entries(item).flatMap(([method, operation]): Route[] => {
          const content = (operation as { requestBody?: { content: JsonObject } }).requestBody?.content;
          const schema = (content?.['application/json'] as { schema?: { $ref?: string } } | undefined)
            ?.schema;
          if (schema === undefined) return [];
          const name = schema.$ref?.split('/').at(-1) ?? '';
          return [
            { method: method as Route['method'], path, names: Object.keys(schemas[name]?.properties ?? {}) },
          ];
        }),
  );
}
