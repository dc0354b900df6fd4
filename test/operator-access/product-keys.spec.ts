import { beforeAll, describe, expect, it } from '@jest/globals';
import { productScopes } from '../../src/http/request/caller.ts';
import { createSecret } from '../../src/http/request/token-secret.ts';
import type { KeyCheckService } from '../../src/operator-access/key-check.service.ts';
import type { Schema } from '../harness/answers.ts';
import { startService } from '../harness/service.ts';
import { eventually } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import {
  adminClient,
  type Client,
  givenProductKey,
  givenWorkspace,
  newAdminCode,
  operatorClient,
  productClient,
  signIn,
  workspacePath,
} from '../harness/workspace.ts';

type Key = Schema<'IssuedProductKeyResponse'>;

const service = useService();
const workspace = useSharedWorkspace(service);
let operator: Client;

beforeAll(() => {
  operator = operatorClient(service);
});

const anId = '01890000-0000-7000-8000-000000000000';
const problem = (type: string) => `urn:user-provisioning:problem:${type}`;
const listed = async () => (await operator.get('/operator/keys').expect(200)).body.items;
const shown = async ({ id }: { id: string }) => (await operator.get(`/operator/keys/${id}`).expect(200)).body;
const hoursFromNow = (hours: number) =>
  new Date(service.clock.now().getTime() + hours * 3_600_000).toISOString();

/** Asks with a key for something that every good key with `workspaces:read` may. */
function ask(secret: string, at = service) {
  return productClient(at, secret).get('/operator/workspaces?limit=1');
}

async function refusalOf(secret: string): Promise<string> {
  const { body, headers } = await ask(secret).expect(401);
  expect(headers['www-authenticate']).toMatch(
    /^Bearer realm="operator", error="invalid_token", error_description="/,
  );
  expect(JSON.stringify(body) + headers['www-authenticate']).not.toContain(secret);
  return body.detail;
}

describe('a new product key', () => {
  it('shows its secret this once, and works at once', async () => {
    const answer = await operator
      .post('/operator/keys', {
        name: ' Back end ',
        scopes: ['workspaces:read', 'events:read', 'events:read'],
      })
      .expect(201);
    const { secret, ...key } = answer.body;
    expect(answer.headers['cache-control']).toBe('no-store, no-transform');
    expect(secret).toMatch(/^upk_[0-9A-Za-z]{49}$/);
    expect(key).toMatchObject({
      name: 'Back end',
      scopes: ['events:read', 'workspaces:read'],
      workspaceIds: null,
      prefix: secret.slice(0, 12),
      lastFour: secret.slice(-4),
      state: 'active',
      expiresAt: null,
      lastUsedAt: null,
    });
    await ask(secret).expect(200);
    for (const { text } of [
      await operator.get('/operator/keys').expect(200),
      await operator.get(`/operator/keys/${key.id}`).expect(200),
    ]) {
      expect(text).toContain(key.id);
      expect(text).not.toContain('"secret"');
      expect(text).not.toContain(secret.slice(14));
    }
  });

  it('is stored only as a hash', async () => {
    const { secret } = await givenProductKey(service, { workspaceIds: [workspace.id] });
    const [row] = await service.dataSource.query<{ all: string }[]>(
      `SELECT (SELECT json_agg(k) FROM product_key k)::text || (SELECT json_agg(s) FROM product_key_secret s)::text
              || (SELECT json_agg(a) FROM audit_log a)::text AS all`,
    );
    expect(row?.all).toContain(secret.slice(-4));
    expect(row?.all).not.toContain(secret.slice(14));
  });

  it('takes workspaces by our id and by the vendor’s own, each once', async () => {
    const { body } = await operator.put(workspacePath('crm-7'), { name: 'Seven' }).expect(201);
    const key = await givenProductKey(service, {
      workspaceIds: [workspace.id.toUpperCase(), 'ext:crm-7', body.id],
    });
    expect(key.workspaceIds).toEqual([workspace.id, body.id]);
  });

  it('stops when it expires, and says so', async () => {
    const { secret, id } = await givenProductKeyUntil(hoursFromNow(1));
    await ask(secret).expect(200);
    service.clock.advance({ hours: 1 });
    expect(await refusalOf(secret)).toBe('This product key has expired.');
    expect(await shown({ id })).toMatchObject({ state: 'expired', secrets: [] });
    await operator.post(`/operator/keys/${id}/rotate`).expect(409);
  });

  async function givenProductKeyUntil(expiresAt: string): Promise<Key> {
    const body = { name: 'Short', scopes: ['workspaces:read'], expiresAt };
    return (await operator.post('/operator/keys', body).expect(201)).body;
  }

  it.each([
    [{ name: '' }, ['name']],
    [{ name: 'a\u200bb' }, ['name']],
    [{ scopes: [] }, ['scopes']],
    [{ scopes: 'events:read' }, ['scopes']],
    [{ scopes: null }, ['scopes']],
    [{ scopes: ['events:read', 'events:write', 7] }, ['scopes[1]', 'scopes[2]']],
    [{ scopes: Array.from({ length: 51 }, () => 'events:read') }, ['scopes']],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
    [{ expiresAt: '2100-01-01T00:00:00' }, ['expiresAt']],
    [{ expiresAt: 'tomorrow' }, ['expiresAt']],
    [{ workspaceIds: [] }, ['workspaceIds']],
    [{ workspaceIds: anId }, ['workspaceIds']],
    [
      { workspaceIds: [anId, 'ext:nobody', 'ext:', 'nobody', 7, null] },
      [0, 1, 2, 3, 4, 5].map((at) => `workspaceIds[${at}]`),
    ],
    [
      { scopes: ['x'], workspaceIds: [anId], expiresAt: '2020-01-01T00:00:00Z' },
      ['scopes[0]', 'workspaceIds[0]', 'expiresAt'],
    ],
    [{ secret: 'upk_mine' }, ['secret']],
  ])('is refused as %j, naming %j', async (body, paths) => {
    const before = await listed();
    const good = { name: 'x', scopes: ['events:read'] };
    const response = await operator.post('/operator/keys', { ...good, ...body }).expect(400);
    expect(response.body.errors?.map(({ path }) => path)).toEqual(paths);
    expect(await listed()).toEqual(before);
  });
});

describe('the check of a product key', () => {
  it('says what is wrong, so that it can be corrected', async () => {
    const { secret } = await givenProductKey(service);
    const last = secret.endsWith('a') ? 'b' : 'a';
    expect(await refusalOf(secret.slice(0, -1))).toMatch(/truncated or mistyped/);
    expect(await refusalOf(secret.slice(0, -1) + last)).toMatch(/truncated or mistyped/);
    expect(await refusalOf(createSecret('upk_', new Uint8Array(32).fill(9)))).toMatch(/no such product key/);
    expect(await refusalOf('something-else')).toMatch(/neither the operator token nor a product key/);
    expect(await refusalOf(workspace.token)).toMatch(
      /^What came is an API token\. \/operator takes a product key/,
    );
  });

  it('opens no other door, and is told which token is wanted there', async () => {
    const { secret } = await givenProductKey(service);
    for (const [path, wanted] of [
      ['/scim/v2/Users', '/scim takes an API token'],
      ['/api/members', '/api takes a session token'],
    ] as const) {
      const { body, text } = await productClient(service, secret).get(path).expect(401);
      expect(body.detail).toContain(`What came is a product key. ${wanted}`);
      expect(text).not.toContain(secret);
    }
    const code = await newAdminCode(service, workspace.id);
    expect(await refusalOf(code)).toMatch(/code of an admin link\. \/operator takes a product key/);
  });

  it('opens the part of the contract that is for it', async () => {
    const { secret } = await givenProductKey(service, { scopes: ['events:read'] });
    const { body } = await productClient(service, secret).get('/operator/openapi.json').expect(200);
    expect(Object.keys((body as { paths: object }).paths)).toContain('/operator/keys');
  });

  it('notes when it was used, to the minute', async () => {
    const { secret, id } = await givenProductKey(service);
    await ask(secret).expect(200);
    const first = service.clock.now().toISOString();
    await eventually(async () => ((await shown({ id })).lastUsedAt === first ? true : null));
    service.clock.advance({ seconds: 59 });
    await ask(secret).expect(200);
    service.clock.advance({ seconds: 1 });
    expect((await shown({ id })).lastUsedAt).toBe(first);
    await ask(secret).expect(200);
    const second = service.clock.now().toISOString();
    await eventually(async () => ((await shown({ id })).lastUsedAt === second ? true : null));
  });
});

describe('rotation', () => {
  const rotate = async (id: string, overlapHours?: number): Promise<Key> => {
    const body = overlapHours === undefined ? undefined : { overlapHours };
    return (await operator.post(`/operator/keys/${id}/rotate`, body).expect(201)).body;
  };

  it('lets the old secret work for the overlap, and keeps the key', async () => {
    const old = await givenProductKey(service);
    const fresh = await rotate(old.id, 2);
    expect(fresh).toMatchObject({ id: old.id, name: old.name, scopes: old.scopes, state: 'active' });
    expect(fresh.secret).not.toBe(old.secret);
    expect(fresh.secrets.map(({ lastFour, expiresAt }) => [lastFour, expiresAt])).toEqual([
      [fresh.lastFour, null],
      [old.lastFour, hoursFromNow(2)],
    ]);
    await ask(old.secret).expect(200);
    await ask(fresh.secret).expect(200);
    service.clock.advance({ hours: 2 });
    expect(await refusalOf(old.secret)).toMatch(/was replaced, and its overlap is over/);
    await ask(fresh.secret).expect(200);
    expect((await shown(old)).secrets).toHaveLength(1);
  });

  it('without an overlap ends the old secret at once; by default the overlap is a day', async () => {
    const key = await givenProductKey(service);
    await ask(key.secret).expect(200);
    const second = await rotate(key.id, 0);
    expect(await refusalOf(key.secret)).toMatch(/was replaced/);
    const third = await rotate(key.id);
    expect(third.secrets[1]).toMatchObject({ lastFour: second.lastFour, expiresAt: hoursFromNow(24) });
  });

  it('begins the lifetime of an expiring key again', async () => {
    const body = { name: 'Monthly', scopes: ['workspaces:read'], expiresAt: hoursFromNow(10) };
    const key = (await operator.post('/operator/keys', body).expect(201)).body;
    service.clock.advance({ hours: 9 });
    const fresh = await rotate(key.id, 168);
    expect(fresh.expiresAt).toBe(hoursFromNow(10));
    // No overlap makes a secret live longer than it would have.
    expect(fresh.secrets[1]?.expiresAt).toBe(hoursFromNow(1));
  });

  it('is refused when five secrets work, and of two at once nothing is lost', async () => {
    const key = await givenProductKey(service);
    const twice = await Promise.all([rotate(key.id, 1), rotate(key.id, 1)]);
    for (const { secret } of [key, ...twice]) await ask(secret).expect(200);
    const madeAt = service.clock.now().toISOString();
    service.clock.advance({ minutes: 1 });
    await rotate(key.id, 1);
    await rotate(key.id, 1);
    const { history } = await shown(key);
    expect(history.map(({ action }) => action)).toEqual([...Array<string>(4).fill('rotated'), 'made']);
    expect(history.at(-1)?.at).toBe(madeAt);
    expect(history[0]?.at).toBe(service.clock.now().toISOString());
    const { body } = await operator.post(`/operator/keys/${key.id}/rotate`).expect(409);
    expect(body.type).toBe(problem('too-many-secrets'));
    service.clock.advance({ hours: 1 });
    await rotate(key.id, 1);
  });

  it.each([{ overlapHours: -1 }, { overlapHours: 169 }, { overlapHours: '1' }, { hours: 1 }])(
    'is refused as %j',
    async (body) => {
      const { id } = await givenProductKey(service);
      await operator.post(`/operator/keys/${id}/rotate`, body).expect(400);
    },
  );
});

describe('revocation', () => {
  it('is felt at once here, and by another process within a second, by every secret', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl, clock: service.clock });
    const key = await givenProductKey(service);
    const { body } = await operator.post(`/operator/keys/${key.id}/rotate`).expect(201);
    for (const { secret } of [key, body]) {
      await ask(secret).expect(200);
      await ask(secret, other).expect(200);
    }
    await operator.delete(`/operator/keys/${key.id}`).expect(204);
    for (const { secret } of [key, body]) expect(await refusalOf(secret)).toMatch(/was revoked/);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const { secret } of [key, body]) await ask(secret, other).expect(401);
    await other.stop();
  });

  it('is found by a second look at a request that is still being answered', async () => {
    const keys = service.provider<KeyCheckService>('KeyCheckService');
    const { secret, id } = await givenProductKey(service);
    const caller = await keys.verify(secret, service.clock.now());
    await keys.requireStillGood(caller, service.clock.now());
    await keys.requireStillGood({ kind: 'operator', name: null }, service.clock.now());
    await operator.delete(`/operator/keys/${id}`).expect(204);
    await expect(keys.requireStillGood(caller, service.clock.now())).rejects.toThrow('was revoked');
  });

  it('is for ever, may be repeated, and leaves the key in the list', async () => {
    const { id } = await givenProductKey(service);
    await operator.delete(`/operator/keys/${id}`).expect(204);
    const revoked = await shown({ id });
    expect(revoked).toMatchObject({
      state: 'revoked',
      revokedAt: service.clock.now().toISOString(),
      secrets: [],
    });
    service.clock.advance({ hours: 1 });
    await operator.delete(`/operator/keys/${id}`).expect(204);
    expect(await shown({ id })).toEqual(revoked);
    const { body } = await operator.post(`/operator/keys/${id}/rotate`).expect(409);
    expect(body.type).toBe(problem('key-not-live'));
    expect((await listed()).map((key) => key.id)).toContain(id);
  });

  it.each([anId, 'no-uuid', '%00'])('of the id %s is a 404', async (id) => {
    await operator.get(`/operator/keys/${id}`).expect(404);
    await operator.delete(`/operator/keys/${id}`).expect(404);
    await operator.post(`/operator/keys/${id}/rotate`).expect(404);
  });
});

describe('a key that is limited to workspaces', () => {
  const name = 'Limited';
  let other: string;
  let limited: Client;

  beforeAll(async () => {
    other = (await operator.put(workspacePath('others'), { name: 'Others' }).expect(201)).body.id;
    await operator.patch(`/operator/workspaces/${workspace.id}`, { externalId: 'ours' }).expect(200);
    const key = await givenProductKey(service, { name, workspaceIds: [workspace.id] });
    limited = productClient(service, key.secret);
  });

  it('finds another workspace as little as one that does not exist, by either id', async () => {
    for (const id of [other, 'ext:others', anId, 'ext:nobody']) {
      const path = `/operator/workspaces/${id}` as const;
      const answers = [
        await limited.get(path),
        await limited.patch(path, { name: 'Taken over' }),
        await limited.post(`${path}/admin-links`, { email: 'eve@example.com' }),
      ];
      for (const { status, body } of answers)
        expect({ status, body }).toMatchObject({
          status: 404,
          body: { detail: 'No workspace with this id.' },
        });
    }
    await limited.put(`/operator/workspaces/${other}`, { name: 'Taken over' }).expect(404);
    const { body } = await operator.get(`/operator/workspaces/${other}`).expect(200);
    expect(body.name).toBe('Others');
  });

  it('works in its own, by either id', async () => {
    for (const id of [workspace.id, 'ext:ours']) {
      await limited.get(`/operator/workspaces/${id}`).expect(200);
      await limited.put(`/operator/workspaces/${id}`, { name: 'Ours' }).expect(200);
      await limited.post(`/operator/workspaces/${id}/admin-links`, { email: 'ada@example.com' }).expect(201);
    }
  });

  it('lists its own only', async () => {
    const { body } = await limited.get('/operator/workspaces').expect(200);
    expect(body.items.map(({ id }) => id)).toEqual([workspace.id]);
    expect((await operator.get('/operator/workspaces').expect(200)).body.items.length).toBeGreaterThan(1);
  });

  it('makes none, and does not learn which of the vendor’s ids there are', async () => {
    const refused = [
      await limited.post('/operator/workspaces', { name: 'Mine' }).expect(403),
      await limited.put(workspacePath('others'), { name: 'Mine' }).expect(403),
      await limited.put(workspacePath('new'), { name: 'Mine' }).expect(403),
    ].map(({ body }) => body);
    for (const each of refused) expect(each).toMatchObject({ type: problem('key-limited') });
    expect(refused[1]).toEqual(refused[2]);
    await operator.get(workspacePath('new')).expect(404);
  });

  it('finds nothing when they are erased, nor what another workspace with their id is', async () => {
    const { id } = (await operator.put(workspacePath('gone'), { name: 'Gone' }).expect(201)).body;
    const { secret } = await givenProductKey(service, { workspaceIds: ['ext:gone'] });
    const key = productClient(service, secret);
    await key.get(workspacePath('gone')).expect(200);
    await operator.delete(workspacePath('gone')).expect(204);
    await key.get(workspacePath('gone')).expect(404);
    expect((await key.get('/operator/workspaces').expect(200)).body.items).toEqual([]);
    const erased = (await key.get('/operator/erasures').expect(200)).body.items;
    expect(erased.map(({ workspaceId, workspaceExternalId }) => [workspaceId, workspaceExternalId])).toEqual([
      [id, 'gone'],
    ]);
    await operator.put(workspacePath('gone'), { name: 'Another' }).expect(201);
    await key.get(workspacePath('gone')).expect(404);
  });
});

describe('the audit log', () => {
  async function auditOf(path = '/api/audit-log') {
    // The clock has gone on since the workspace was made, and its session is over.
    const admin = adminClient(service, await signIn(service, workspace.id));
    return (await admin.get(path as '/api/audit-log').expect(200)).body.items;
  }

  it('names the key by which something was done, also by what it is asked for', async () => {
    const { secret, id, name } = await givenProductKey(service, { name: 'CRM' });
    const key = productClient(service, secret);
    const path = `/operator/workspaces/${workspace.id}` as const;
    await key.patch(path, { name: 'By a key', sandbox: true, externalId: 'crm' }).expect(200);
    await key.patch(path, { entitled: false }).expect(200);
    await key.put(path, { name: 'By a key', entitled: true, sandbox: false }).expect(200);
    await key.post(`${path}/admin-links`, { email: 'ada@example.com' }).expect(201);
    const entries = await auditOf(`/api/audit-log?actor=${id}`);
    expect(entries.map(({ action }) => action).toReversed()).toEqual([
      'workspace.renamed',
      'workspace.external-id-changed',
      'workspace.sandbox-begun',
      'workspace.disentitled',
      'workspace.entitled',
      'workspace.sandbox-ended',
      'admin-link.created',
    ]);
    for (const { actor } of entries) expect(actor).toEqual({ kind: 'product', email: null, keyId: id, name });
  });

  it('of the workspaces that a key is limited to says what happens to the key', async () => {
    const { id, name } = await givenProductKey(service, { name: 'Watched', workspaceIds: [workspace.id] });
    await operator.post(`/operator/keys/${id}/rotate`, { overlapHours: 1 }).expect(201);
    await operator.delete(`/operator/keys/${id}`).expect(204);
    const all = (await auditOf()).filter(({ target }) => target === id);
    expect(all.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ['product-key.revoked', 'operator'],
      ['product-key.rotated', 'operator'],
      ['product-key.issued', 'operator'],
    ]);
    expect(all[2]?.details).toEqual({ name, scopes: [...productScopes], expiresAt: null });
  });

  it('of a workspace that a key made begins with the key', async () => {
    const { secret, id } = await givenProductKey(service);
    await productClient(service, secret).put(workspacePath('made'), { name: 'Made' }).expect(201);
    const rows = await service.dataSource.query<object[]>(
      `SELECT action, actor_kind, actor_key_id FROM audit_log a JOIN workspace w ON w.id = a.workspace_id
       WHERE w.external_id = 'made'`,
    );
    expect(rows).toEqual([{ action: 'workspace.created', actor_kind: 'product', actor_key_id: id }]);
  });
});

it('no workspace needs to be there for another: a key for all reaches those of the future', async () => {
  const { secret } = await givenProductKey(service);
  const later = await givenWorkspace(service, { active: false });
  await productClient(service, secret).get(`/operator/workspaces/${later.id}`).expect(200);
});
