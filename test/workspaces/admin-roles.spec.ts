import { beforeAll, describe, expect, it } from '@jest/globals';
import { operationsOf } from '../../src/application/openapi/openapi-errors.ts';
import type { AuditNotes } from '../../src/audit/audit-notes.ts';
import type { AdminRole } from '../../src/http/request/admin-roles.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { adminClient, type Client, operatorClient } from '../harness/workspace.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const anId = '01890000-0000-7000-8000-000000000000';
let clients: Readonly<Record<AdminRole, Client>>;

beforeAll(async () => {
  clients = {
    owner: await signedIn('owner'),
    editor: await signedIn('editor'),
    viewer: await signedIn('viewer'),
  };
});

async function signedIn(role: AdminRole): Promise<Client> {
  const path = `/operator/workspaces/${workspace.id}/admin-links` as const;
  const { body } = await operatorClient(service)
    .post(path, { email: `${role}@example.com`, role })
    .expect(201);
  const { body: opened } = await service.http.post('/api/session').send({ code: body.code }).expect(201);
  return adminClient(service, opened.token);
}

/** Every write of `/api`, and the least role that it needs. A new one has to be added here. */
const verdicts: Readonly<Record<string, AdminRole>> = {
  'post /api/tokens': 'owner',
  'delete /api/tokens/{id}': 'owner',
  'post /api/tokens/{id}/rotate': 'owner',
  'post /api/oauth-clients': 'owner',
  'delete /api/oauth-clients/{id}': 'owner',
  'post /api/oauth-clients/{id}/rotate': 'owner',
  'delete /api/session': 'viewer',
  'post /api/session/sign-out-everywhere': 'viewer',
  'delete /api/sessions/{id}': 'owner',
  'post /api/members': 'editor',
  'post /api/members/bulk': 'editor',
  'post /api/members/import': 'editor',
  'patch /api/members/{id}': 'editor',
  'delete /api/members/{id}': 'editor',
  'post /api/members/{id}/suspend': 'editor',
  'post /api/members/{id}/lift-suspension': 'editor',
  'post /api/properties': 'editor',
  'patch /api/properties/{id}': 'editor',
  'delete /api/properties/{id}': 'editor',
  'post /api/properties/{id}/preview': 'viewer',
  'put /api/attribute-mapping': 'editor',
  'post /api/attribute-mapping/preview': 'viewer',
  'post /api/attribute-mapping/preview/counts': 'viewer',
  'post /api/attribute-mapping/versions/{version}/restore': 'editor',
  'post /api/attribute-mapping/import': 'editor',
  'put /api/role-mapping': 'owner',
  'post /api/role-mapping/preview': 'viewer',
  'post /api/directory-groups/preview': 'viewer',
  'post /api/removal-guard/approve': 'editor',
  'post /api/removal-guard/reject': 'editor',
  'post /api/removal-guard/bring-back': 'editor',
  'post /api/sync-preview/bulk': 'editor',
  'post /api/sync-preview/links': 'editor',
  'post /api/sync-preview/chosen': 'viewer',
  'post /api/sync-preview/lift': 'editor',
  'post /api/sync-preview/{directoryUserId}/link': 'editor',
  'post /api/sync-preview/{directoryUserId}/exclude': 'editor',
  'post /api/sync-preview/{directoryUserId}/include': 'editor',
  'post /api/sync-preview/{directoryUserId}/retry': 'editor',
  'post /api/sync-preview/{directoryUserId}/separate': 'editor',
  'post /api/sync-preview/{directoryUserId}/lift': 'editor',
  'post /api/sync-runs': 'editor',
  'post /api/sync-runs/{id}/approve': 'editor',
  'post /api/sync-runs/{id}/reject': 'editor',
  'post /api/sync-runs/{id}/undo': 'editor',
  'post /api/user-provisioning/activate': 'owner',
  'post /api/user-provisioning/deactivate': 'owner',
  'post /api/user-provisioning/automatic-sync/start': 'editor',
  'post /api/user-provisioning/automatic-sync/pause': 'editor',
  'patch /api/user-provisioning/settings': 'editor',
  'patch /api/notifications': 'viewer',
  'post /api/notifications/channels': 'editor',
  'patch /api/notifications/channels/{id}': 'editor',
  'delete /api/notifications/channels/{id}': 'editor',
  'post /api/notifications/channels/{id}/test': 'editor',
  'post /api/sandbox/simulation': 'editor',
  'post /api/sandbox/simulation/next-day': 'editor',
  'post /api/sandbox/simulation/stop': 'editor',
};

type Method = 'post' | 'put' | 'patch' | 'delete';

it('every write of /api in the OpenAPI document has a verdict', () => {
  const writes = operationsOf(service.openApiDocument().paths)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => /^(?!get)\w+ \/api\//.test(route) && route !== 'post /api/session');
  expect(writes.sort()).toEqual(Object.keys(verdicts).sort());
});

describe.each(['editor', 'viewer'] as const)('an admin who is %s', (role) => {
  const order: readonly AdminRole[] = ['owner', 'editor', 'viewer'];

  it('is refused what their role does not include, before anything else is looked at, and nothing more', async () => {
    const told: Record<string, boolean> = {};
    const expected: Record<string, boolean> = {};
    for (const [route, needed] of Object.entries(verdicts)) {
      if (/\/session\b/.test(route)) continue;
      const [method = '', template = ''] = route.split(' ');
      const path = template.replaceAll(/\{[^}]+\}/g, anId);
      const answer = await clients[role].send(
        method as Method,
        path,
        method === 'delete' ? undefined : { not: 'known' },
      );
      const type = String((answer.body as { type?: string } | undefined)?.type ?? '');
      told[route] = answer.status === 403 && type.endsWith('role');
      expected[route] = order.indexOf(role) > order.indexOf(needed);
    }
    expect(told).toEqual(expected);
  });

  it('is recorded with what they tried', async () => {
    await clients[role].post('/api/tokens', { name: 'X' }).expect(403);
    await service.provider<AuditNotes>('AuditNotes').write();
    const { body } = await clients.owner.get('/api/audit-log?action=access.refused').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        actor: expect.objectContaining({ email: `${role}@example.com` }) as unknown,
      }),
    );
  });

  it('reads everything, and signs out', async () => {
    const client = await signedIn(role);
    await client.get('/api/user-provisioning').expect(200);
    await client.get('/api/tokens').expect(200);
    const { body } = await client.get('/api/session').expect(200);
    expect(body.role).toBe(role);
    await client.delete('/api/session').expect(204);
  });
});

describe('an admin link', () => {
  it('makes an owner unless it says otherwise, and leads to the page that it names', async () => {
    const path = `/operator/workspaces/${workspace.id}/admin-links` as const;
    const link = { email: 'a@example.com', path: 'user-provisioning/synchronize?tab=groups' };
    const { body } = await operatorClient(service).post(path, link).expect(201);
    expect(body.url).toBe(
      `${service.config.publicUrl}/settings/user-provisioning/synchronize?tab=groups#code=${body.code}`,
    );
    const { body: opened } = await service.http.post('/api/session').send({ code: body.code }).expect(201);
    const { body: session } = await adminClient(service, opened.token).get('/api/session').expect(200);
    expect(session.role).toBe('owner');
  });

  it.each([
    { role: 'root' },
    { role: null },
    { path: '//evil.example' },
    { path: 'user-provisioning/../../operator' },
    { path: 'user-provisioning#code=x' },
    { path: 'somewhere' },
  ])('is refused with %j', async (change) => {
    const path = `/operator/workspaces/${workspace.id}/admin-links`;
    const { body } = await operatorClient(service)
      .post(path, { email: 'a@example.com', ...change })
      .expect(400);
    expect(body.errors?.[0]?.path).toBe(Object.keys(change)[0]);
  });
});
