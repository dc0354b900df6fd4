import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import type { AnyAsked, Method } from '../harness/answers.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { type Client, givenWorkspace, type ScimClient } from '../harness/workspace.ts';

const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8')) as {
  paths: Record<string, Record<Method, unknown>>;
};

/** Every route of the admin API that takes an id, from the contract itself: a new one is tested as soon as it is there. */
const routes = Object.entries(document.paths)
  .filter(([path]) => path.startsWith('/api/') && path.includes('{'))
  .flatMap(([path, item]) => Object.keys(item).map((method) => [method.toUpperCase(), path] as const));

/** Bodies that would be right if the id were. */
const bodies: Record<string, object> = {
  '/api/tokens/{id}/rotate': { overlapHours: 1 },
  '/api/oauth-clients/{id}/rotate': { overlapHours: 1 },
  '/api/members/{id}': { firstName: 'Mallory' },
  '/api/properties/{id}': { name: 'Mallory' },
  '/api/sync-preview/{directoryUserId}/link': { memberId: '01900000-0000-7000-8000-000000000000' },
};

describe('an admin who names what belongs to others', () => {
  const service = useService();
  const ours = useSharedWorkspace(service, { name: 'Ours' });
  let theirIds: Record<string, string>;

  beforeAll(async () => {
    const theirs = await givenWorkspace(service, { name: 'Theirs' });
    const entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: theirs.token });
    await entra.initialCycle(company(3, 5, 1));
    const run = await synchronize(theirs.admin);
    const rules = [{ source: 'userName', target: { field: 'email' } }];
    const mapping = await theirs.admin.put('/api/attribute-mapping', { rules }).expect(200);
    const channel = await theirs.admin
      .post('/api/notifications/channels', {
        kind: 'slack',
        name: 'x',
        url: 'https://hooks.example.com/x',
        causes: [],
        language: 'en',
      })
      .expect(201);
    theirIds = {
      'oauth-clients': (await theirs.admin.post('/api/oauth-clients', {}).expect(201)).body.id,
      sessions: await firstId(theirs.admin, '/api/sessions'),
      tokens: await firstId(theirs.admin, '/api/tokens'),
      members: await firstId(theirs.admin, '/api/members'),
      properties: await firstId(theirs.admin, '/api/properties'),
      groups: await firstId(theirs.admin, '/api/groups'),
      'directory-resources': await firstId(theirs.scim, '/Users'),
      'sync-preview': await firstId(theirs.scim, '/Users'),
      'sync-runs': run.id,
      notifications: channel.body.id,
      'provisioning-log': await firstId(theirs.admin, '/api/provisioning-log'),
      // A version is a number of its workspace: this one is not in ours.
      'attribute-mapping': String(mapping.body.version),
    };
  });

  it('finds routes to try', () => {
    expect(routes.length).toBeGreaterThan(15);
  });

  it.each(routes)('is told that it does not exist: another workspace’s id on %s %s', async (method, path) => {
    const id = theirIds[path.split('/')[2] ?? ''];
    expect(id).toMatch(/^[0-9a-f-]{36}$|^[0-9]+$/);
    await expectNotFound(method, path, id ?? '');
  });

  it.each(routes)('is told that it does not exist: an id that is no UUID on %s %s', async (method, path) => {
    for (const id of ['42', 'nobody', '%00', '..%2f..', "'%20OR%201=1", '%C3%BF'])
      await expectNotFound(method, path, id);
  });

  it('hears of an id that is no UUID before a bad body, where a token or a workspace is meant', async () => {
    const bad = { nobodyKnows: true };
    await ours.admin.post('/api/tokens/nobody/rotate', bad).expect(404);
    await ours.operator.patch('/operator/workspaces/nobody', bad).expect(404);
    await ours.operator.post('/operator/workspaces/nobody/admin-links', bad).expect(404);
  });

  async function expectNotFound(method: string, path: string, id: string): Promise<void> {
    const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[path] ?? {});
    const answer = await ours.admin.send(method.toLowerCase() as Method, path.replace(/\{\w+\}/, id), body);
    expect({ id, status: answer.status, type: answer.type }).toEqual({
      id,
      status: 404,
      type: 'application/problem+json',
    });
  }
});

async function firstId(client: Client | ScimClient, path: string): Promise<string> {
  const { body } = await (client.send('get', path) as AnyAsked).expect(200);
  const { items, Resources } = body as { items?: { id: string }[]; Resources?: { id: string }[] };
  return (items ?? Resources)?.[0]?.id ?? '';
}
