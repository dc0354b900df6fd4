import { describe, expect, it } from '@jest/globals';
import type { AnyAsked } from '../harness/answers.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenProductKey, givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

/** A resource that admins or the operator write. */
interface Target {
  as: 'admin' | 'operator';
  /** Where it is read. */
  path: string;
  /** Somebody else changes it. */
  change: () => Promise<unknown>;
  /** The write under test; it changes the resource each time. */
  write: () => AnyAsked;
  /** The workspace that it belongs to, where that is not the shared one. */
  within?: TestWorkspace;
}

const service = useService();
const workspace = useSharedWorkspace(service);
const { admin } = workspace;
let count = 0;

const emailRule = { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' };

/** Rules that were never saved before. */
function otherRules(): object {
  const source = `urn:example:schema:U:a${(count += 1)}`;
  return {
    rules: [emailRule, { source, transforms: [], target: { field: 'jobTitle' }, when: 'always' }],
  };
}

async function givenMember(): Promise<string> {
  const email = `m${(count += 1)}@example.com`;
  const { body } = await admin.post('/api/members', { email }).expect(201);
  return `/api/members/${body.id}`;
}

async function givenProperty(): Promise<string> {
  const { body } = await admin
    .post('/api/properties', { name: `P${(count += 1)}`, type: 'text' })
    .expect(201);
  return `/api/properties/${body.id}`;
}

async function givenToken(): Promise<{ path: string; id: string }> {
  await service.dataSource.query('DELETE FROM api_token WHERE workspace_id = $1', [workspace.id]);
  const { body } = await admin.post('/api/tokens', { name: 'T' }).expect(201);
  const { id } = body;
  return { path: `/api/tokens/${id}`, id };
}

const expiresSooner = (id: string) =>
  service.dataSource.query(`UPDATE api_token SET expires_at = '2100-01-01' WHERE id = $1`, [id]);

const settings = '/api/user-provisioning/settings';
const mapping = '/api/attribute-mapping';
const graceDays = () => admin.patch(settings, { graceDays: (count = (count + 1) % 300) });
const name = () => ({ name: `N${(count += 1)}` });

async function ofMember(write: (path: string) => AnyAsked): Promise<Target> {
  const path = await givenMember();
  const change = () => admin.patch(path, { firstName: `F${(count += 1)}` }).expect(200);
  return { as: 'admin', path, change, write: () => write(path) };
}

async function ofProperty(write: (path: string) => AnyAsked): Promise<Target> {
  const path = await givenProperty();
  return { as: 'admin', path, change: () => admin.patch(path, name()).expect(200), write: () => write(path) };
}

async function ofToken(write: (path: string) => AnyAsked): Promise<Target> {
  const { path, id } = await givenToken();
  return { as: 'admin', path, change: () => expiresSooner(id), write: () => write(path) };
}

async function ofClient(write: (path: string) => AnyAsked): Promise<Target> {
  const { items } = (await admin.get('/api/oauth-clients').expect(200)).body;
  for (const former of items) await admin.delete(`/api/oauth-clients/${former.id}`).expect(204);
  const { id } = (await admin.post('/api/oauth-clients', {}).expect(201)).body;
  const path = `/api/oauth-clients/${id}`;
  const change = () => admin.post(`${path}/rotate`, { overlapHours: 1 });
  return { as: 'admin', path, change, write: () => write(path) };
}

async function ofMapping(write: () => AnyAsked): Promise<Target> {
  await admin.put(mapping, otherRules()).expect(200);
  return { as: 'admin', path: mapping, change: () => admin.put(mapping, otherRules()).expect(200), write };
}

async function ofWorkspace(write: (path: string) => AnyAsked): Promise<Target> {
  const { operator } = workspace;
  const { body } = await operator.post('/operator/workspaces', name()).expect(201);
  const path = `/operator/workspaces/${body.id}`;
  const change = () => operator.patch(path, name()).expect(200);
  return { as: 'operator', path, change, write: () => write(path) };
}

async function ofProductMember(write: (path: string) => AnyAsked): Promise<Target> {
  const { id, operator } = workspace;
  const path = `/operator/workspaces/${id}/members/ext:m${(count += 1)}` as const;
  await operator.put(path, { email: `x${count}@example.com` }).expect(201);
  const change = () => operator.put(path, { firstName: `F${(count += 1)}` }).expect(200);
  return { as: 'operator', path, change, write: () => write(path) };
}

const rotated = (path: string) => workspace.operator.post(`${path}/rotate`, { overlapHours: 1 });

async function ofKey(write: (path: string) => AnyAsked): Promise<Target> {
  const { id } = await givenProductKey(service);
  const path = `/operator/keys/${id}`;
  return { as: 'operator', path, change: () => rotated(path), write: () => write(path) };
}

async function ofIdentity(write: () => AnyAsked): Promise<Target> {
  await otherIdentity().expect(200);
  return { as: 'operator', path: identity, change: () => otherIdentity().expect(200), write };
}

const identity = '/operator/identity';
const otherIdentity = () =>
  workspace.operator.put(identity, {
    issuer: `https://product.example/${(count += 1)}`,
    jwksUri: 'https://product.example/keys',
    audience: 'provisioning',
  });

const roles = '/operator/roles';
const roleMapping = '/api/role-mapping';
const role = (key: string) => ({ key, name: { en: key, de: key }, rank: 1, privileged: false });
const otherRoles = () =>
  workspace.operator.put(roles, [role('member'), { ...role('r'), rank: (count += 1) + 1 }]);
const otherMapping = () =>
  admin.put(roleMapping, {
    default: 'member',
    rules: [{ attribute: 'title', value: `T${(count += 1)}`, role: 'member' }],
  });

async function ofRoles(): Promise<Target> {
  await otherRoles().expect(200);
  return { as: 'operator', path: roles, change: () => otherRoles().expect(200), write: otherRoles };
}

async function ofRoleMapping(): Promise<Target> {
  await otherRoles().expect(200);
  return { as: 'admin', path: roleMapping, change: () => otherMapping().expect(200), write: otherMapping };
}

function ofScreen(path: '/operator/embedding' | '/operator/branding', body: () => object): Promise<Target> {
  const write = () => workspace.operator.put(path, body());
  return Promise.resolve({ as: 'operator', path, change: () => write().expect(200), write });
}

async function ofWebhook(write: (path: string) => AnyAsked): Promise<Target> {
  const { operator } = workspace;
  const url = () => ({ url: `https://hooks.example.com/${(count += 1)}` });
  const { body } = await operator.post('/operator/webhooks', url()).expect(201);
  const path = `/operator/webhooks/${body.id}`;
  const change = () => operator.patch(path, url()).expect(200);
  return { as: 'operator', path, change, write: () => write(path) };
}

async function ofChannel(
  write: (path: `/api/notifications/channels/${string}`) => AnyAsked,
): Promise<Target> {
  await service.dataSource.query('DELETE FROM notification_channel');
  const url = 'https://hooks.example.com/x';
  const { body } = await admin
    .post('/api/notifications/channels', { kind: 'slack', ...name(), url, causes: [], language: 'en' })
    .expect(201);
  const path = `/api/notifications/channels/${body.id}` as const;
  return { as: 'admin', path, change: () => admin.patch(path, name()).expect(200), write: () => write(path) };
}

const overview = '/api/user-provisioning';

/** The switch of a workspace of its own, in the state that the actions leave behind. */
async function ofSwitch(
  write: 'activate' | 'deactivate' | 'automatic-sync/start' | 'automatic-sync/pause',
): Promise<Target> {
  const within = await givenWorkspace(service, { name: `S${(count += 1)}`, active: write !== 'activate' });
  const act = (action: string) => within.admin.post(`${overview}/${action}` as never);
  if (write === 'automatic-sync/pause') await act('automatic-sync/start').expect(200);
  const change = () => {
    if (write === 'activate') return act('activate').expect(201);
    return act(write === 'automatic-sync/pause' ? write : 'automatic-sync/start').expect(200);
  };
  return { as: 'admin', path: overview, change, write: () => act(write), within };
}

/** Every route that writes a resource, and a resource for it. */
const targets: Record<string, () => Promise<Target>> = {
  'patch /api/members/{id}': () => ofMember((path) => admin.patch(path, { jobTitle: `J${(count += 1)}` })),
  'delete /api/members/{id}': () => ofMember((path) => admin.delete(path)),
  'patch /api/properties/{id}': () => ofProperty((path) => admin.patch(path, name())),
  'delete /api/properties/{id}': () => ofProperty((path) => admin.delete(path)),
  'post /api/tokens/{id}/rotate': () => ofToken((path) => admin.post(`${path}/rotate`, { overlapHours: 1 })),
  'delete /api/tokens/{id}': () => ofToken((path) => admin.delete(path)),
  'post /api/oauth-clients/{id}/rotate': () =>
    ofClient((path) => admin.post(`${path}/rotate`, { overlapHours: 1 })),
  'delete /api/oauth-clients/{id}': () => ofClient((path) => admin.delete(path)),
  'put /api/attribute-mapping': () => ofMapping(() => admin.put(mapping, otherRules())),
  'post /api/attribute-mapping/versions/{version}/restore': () =>
    ofMapping(() => admin.post(`${mapping}/versions/0/restore`)),
  'post /api/attribute-mapping/import': () =>
    ofMapping(() => admin.post(`${mapping}/import`, { format: 1, ...otherRules() })),
  'patch /api/user-provisioning/settings': async () => {
    await graceDays().expect(200);
    return { as: 'admin', path: settings, change: () => graceDays().expect(200), write: graceDays };
  },
  'patch /operator/webhooks/{hook}': () =>
    ofWebhook((path) => workspace.operator.patch(path, { url: `https://hooks.example.com/${(count += 1)}` })),
  'delete /operator/webhooks/{hook}': () => ofWebhook((path) => workspace.operator.delete(path)),
  'post /operator/webhooks/{hook}/rotate': () => ofWebhook((path) => rotated(path)),
  'patch /api/notifications': async () => {
    const path = '/api/notifications';
    await admin.patch(path, { names: false }).expect(200);
    const names = () => admin.patch(path, { names: true });
    return { as: 'admin', path, change: () => names().expect(200), write: names };
  },
  'patch /api/notifications/channels/{id}': () => ofChannel((path) => admin.patch(path, name())),
  'delete /api/notifications/channels/{id}': () => ofChannel((path) => admin.delete(path)),
  'post /api/user-provisioning/activate': () => ofSwitch('activate'),
  'post /api/user-provisioning/deactivate': () => ofSwitch('deactivate'),
  'post /api/user-provisioning/automatic-sync/start': () => ofSwitch('automatic-sync/start'),
  'post /api/user-provisioning/automatic-sync/pause': () => ofSwitch('automatic-sync/pause'),
  'patch /operator/workspaces/{id}': () => ofWorkspace((path) => workspace.operator.patch(path, name())),
  'patch /operator/workspaces/{id}/retention': () => {
    const path = `/operator/workspaces/${workspace.id}/retention`;
    const historyDays = () => workspace.operator.patch(path, { historyDays: 30 + (count += 1) });
    const change = () => historyDays().expect(200);
    return Promise.resolve<Target>({ as: 'operator', path, change, write: historyDays });
  },
  'put /operator/workspaces/{id}': () => ofWorkspace((path) => workspace.operator.put(path, name())),
  'delete /operator/workspaces/{id}': () => ofWorkspace((path) => workspace.operator.delete(path)),
  'put /operator/workspaces/{id}/members/{member}': () =>
    ofProductMember((path) => workspace.operator.put(path, { jobTitle: `J${(count += 1)}` })),
  'delete /operator/workspaces/{id}/members/{member}': () =>
    ofProductMember((path) => workspace.operator.delete(path)),
  'put /operator/roles': ofRoles,
  'put /api/role-mapping': ofRoleMapping,
  'put /operator/identity': () => ofIdentity(otherIdentity),
  'put /operator/embedding': () =>
    ofScreen('/operator/embedding', () => ({ origins: [`https://a${(count += 1)}.example`] })),
  'put /operator/branding': () =>
    ofScreen('/operator/branding', () => ({ productName: `Product ${(count += 1)}` })),
  'delete /operator/identity': () => ofIdentity(() => workspace.operator.delete(identity)),
  'post /operator/keys/{id}/rotate': () => ofKey((path) => rotated(path)),
  'delete /operator/keys/{id}': () => ofKey((path) => workspace.operator.delete(path)),
};

async function tagOf({ as, path, within = workspace }: Target): Promise<string> {
  const { headers } = await within[as].get(path).expect(200);
  return headers.etag ?? '';
}

/** Routes whose `PUT`, `PATCH` or `DELETE` writes nothing that two could overwrite each other. */
const others = new Set([
  'delete /api/session',
  'delete /api/sessions/{id}',
  'delete /operator/workspaces/{id}/sessions',
  'delete /operator/workspaces/{id}/sessions/{session}',
]);

it('covers every route of the OpenAPI document that writes a resource', () => {
  const { paths } = service.openApiDocument();
  const routes = Object.entries(paths)
    .filter(([path]) => !path.startsWith('/scim'))
    .flatMap(([path, item]) =>
      Object.entries(item as Record<string, { parameters?: { name: string }[] }>).map(
        ([method, operation]) => ({
          name: `${method} ${path}`,
          takesIfMatch: operation.parameters?.some((parameter) => parameter.name === 'If-Match') ?? false,
        }),
      ),
    );
  const writing = routes.filter(
    (route) => /^(put|patch|delete) /.test(route.name) && !others.has(route.name),
  );
  expect(writing.filter(({ takesIfMatch }) => !takesIfMatch)).toEqual([]);
  const covered = routes.filter(({ takesIfMatch }) => takesIfMatch).map((route) => route.name);
  expect(covered.sort()).toEqual(Object.keys(targets).sort());
});

describe.each(Object.entries(targets))('%s', (route, given) => {
  it('refuses with 412 what was changed since, and changes nothing', async () => {
    const target = await given();
    const before = await tagOf(target);
    expect(before).toMatch(/^(?:W\/)?"[\w-]{22}"$/);
    await target.change();
    const now = await tagOf(target);
    expect(now).not.toBe(before);
    const { body } = await target.write().set('If-Match', before).expect(412);
    expect(body).toMatchObject({ type: 'urn:user-provisioning:problem:precondition-failed', status: 412 });
    expect(await tagOf(target)).toBe(now);
  });

  it.each([
    ['the tag', (tag: string) => tag],
    ['a list that holds it', (tag: string) => `"other", ${tag}`],
    ['the tag as a proxy weakened it', (tag: string) => `W/${tag.replace('W/', '')}`],
    ['the tag as Apache marks a compressed answer', (tag: string) => tag.replace(/"$/u, '-gzip"')],
    ['any tag', () => '*'],
  ])('writes when If-Match names %s', async (_name, header) => {
    const target = await given();
    const { status } = await target.write().set('If-Match', header(await tagOf(target)));
    expect([200, 201, 204]).toContain(status);
  });

  it('of two at once who name the same state lets one through', async () => {
    const target = await given();
    const tag = await tagOf(target);
    const answers = await Promise.all([1, 2].map(() => target.write().set('If-Match', tag)));
    const statuses = answers.map(({ status }) => status).sort();
    // What the first erased is not there for the second.
    const erases = route.startsWith('delete') && !/members|tokens|keys|oauth-clients/.test(route);
    expect([200, 201, 204]).toContain(statuses[0]);
    expect(statuses[1]).toBe(erases ? 404 : 412);
  });
});

it('says in the OpenAPI document of every other write that it takes none', () => {
  const { paths } = service.openApiDocument();
  for (const [path, item] of Object.entries(paths)) {
    if (path.startsWith('/scim')) continue;
    for (const [method, operation] of Object.entries(item as Record<string, { description?: string }>)) {
      const isTold = operation.description?.includes('Takes no `If-Match`') ?? false;
      expect(isTold).toBe(method !== 'get' && !Object.hasOwn(targets, `${method} ${path}`));
    }
  }
});

describe('an ETag', () => {
  it('comes with the answer that makes a resource', async () => {
    const made = async (as: 'admin' | 'operator', path: string, body: object) => {
      const answer = await workspace[as].post(path as never, body as never).expect(201);
      const { id } = answer.body as { id: string };
      return { path: `${path}/${id}`, tag: (answer.headers as Record<string, string>)['etag'], as };
    };
    await givenToken();
    for (const { path, tag, as } of [
      await made('admin', '/api/members', { email: `m${(count += 1)}@example.com` }),
      await made('admin', '/api/properties', { name: `P${(count += 1)}`, type: 'text' }),
      await made('admin', '/api/tokens', { name: 'T' }),
      await made('operator', '/operator/workspaces', name()),
      await made('operator', '/operator/keys', { ...name(), scopes: ['events:read'] }),
    ]) {
      expect(tag).toBe(
        await tagOf({ as, path, change: () => Promise.resolve(), write: () => admin.get(path) }),
      );
    }
  });

  it('of the overview never hides what else has changed', async () => {
    const { headers } = await admin.get(overview).expect(200);
    await admin
      .get(overview)
      .set('If-None-Match', headers.etag ?? '')
      .expect(200);
  });

  it('stays while nothing changes, and comes with the answer to a write', async () => {
    const target = await ofMember((path) => admin.patch(path, { jobTitle: `J${(count += 1)}` }));
    const { headers } = await target.write().expect(200);
    expect(headers.etag).toBe(await tagOf(target));
    await admin
      .get(target.path)
      .set('If-None-Match', headers.etag ?? '')
      .expect(304);
  });

  it('of a token is the same after it was used', async () => {
    const { path, id } = await givenToken();
    const target: Target = {
      as: 'admin',
      path,
      change: () => Promise.resolve(),
      write: () => admin.get(path),
    };
    const before = await tagOf(target);
    await service.dataSource.query('UPDATE api_token SET last_used_at = now() WHERE id = $1', [id]);
    expect(await tagOf(target)).toBe(before);
  });
});
