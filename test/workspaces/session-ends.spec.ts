import { type IncomingMessage, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { SessionListService } from '../../src/workspaces/session-list.service.ts';
import type { SessionsService } from '../../src/workspaces/sessions.service.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import {
  adminClient,
  type Client,
  givenProductKey,
  givenWorkspace,
  newAdminCode,
  productClient,
  signIn,
} from '../harness/workspace.ts';

const service = useService({ config: { SESSION_IDLE_MINUTES: '30', SESSION_HOURS: '8' } });
const workspace = useWorkspace(service);

/** Waits until what is written beside a request is written. */
const settled = () => service.provider<SessionsService>('SessionsService').beforeApplicationShutdown();
const isLive = async (admin: Client) => (await admin.get('/api/session')).status === 200;
const as = async (email: string, id = workspace.id) => adminClient(service, await signIn(service, id, email));
const listed = async (admin: Client) => (await admin.get('/api/sessions').expect(200)).body.items;

async function openByCookie(code: string, cookie?: string, replace?: boolean) {
  const asked = service.http.post('/api/session');
  if (cookie !== undefined) void asked.set('Cookie', cookie);
  const response = await asked.send({ code, ...(replace !== undefined && { replace }) });
  return { response, cookie: String(response.headers['set-cookie']).split(';')[0] ?? '' };
}

describe('a session that nobody uses', () => {
  it('ends after 30 minutes, which begin again with each use', async () => {
    const admin = await as('ada@example.com');
    for (let n = 0; n < 3; n += 1) {
      service.clock.advance({ minutes: 25 });
      expect(await isLive(admin)).toBe(true);
      await settled();
    }
    service.clock.advance({ minutes: 31 });
    expect(await isLive(admin)).toBe(false);
  });

  it('is not used by a page that nobody touches', async () => {
    const token = await signIn(service, workspace.id);
    const ask = () => adminClient(service, token).get('/api/session').set('X-Unattended', '1');
    service.clock.advance({ minutes: 20 });
    await ask().expect(200);
    await settled();
    service.clock.advance({ minutes: 11 });
    await ask().expect(401);
  });

  it('ends after the hours of the setting, however much it is used', async () => {
    const admin = await as('ada@example.com');
    for (let minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
      service.clock.advance({ minutes: 20 });
      expect(await isLive(admin)).toBe(true);
      await settled();
    }
    service.clock.advance({ minutes: 20 });
    expect(await isLive(admin)).toBe(false);
  });
});

describe('sessions and links that are over', () => {
  it('leave no address behind, whether anybody signs in again or not', async () => {
    const { id } = await givenWorkspace(service, { adminEmail: 'left.canary@example.com' });
    await newAdminCode(service, id, 'linked.canary@example.com');
    service.clock.advance({ hours: 9 });
    const live = await as('stays@example.com', id);
    await service.provider<SessionListService>('SessionListService').forget();
    const [row] = await service.dataSource.query<[{ rows: string }]>(
      `SELECT concat((SELECT json_agg(s) FROM admin_session s), (SELECT json_agg(l) FROM admin_link l)) AS rows`,
    );
    expect(row.rows).not.toContain('canary');
    expect(await isLive(live)).toBe(true);
  });
});

describe('the sessions of a workspace', () => {
  it('are listed with who, where and when, and without their tokens', async () => {
    const bob = await as('bob@example.com');
    const items = await listed(bob);
    expect(items.map(({ email, isCurrent }) => [email, isCurrent])).toEqual([
      ['bob@example.com', true],
      ['admin@example.com', false],
    ]);
    expect(items[0]).toMatchObject({ address: expect.stringContaining('127.0.0.1') as unknown });
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(
      ['id', 'email', 'createdAt', 'lastUsedAt', 'expiresAt', 'userAgent', 'address', 'isCurrent'].sort(),
    );
  });

  it('are ended one by one by any admin, at once, and recorded', async () => {
    const bob = await as('bob@example.com');
    const [, first] = await listed(bob);
    await bob.delete(`/api/sessions/${first?.id}`).expect(204);
    expect(await isLive(workspace.admin)).toBe(false);
    expect(await isLive(bob)).toBe(true);
    await bob.delete(`/api/sessions/${first?.id}`).expect(404);
    const { body } = await bob.get('/api/audit-log?action=session.revoked').expect(200);
    expect(body.items).toMatchObject([{ actor: { email: 'bob@example.com' }, target: 'admin@example.com' }]);
  });

  it('are out of reach of another workspace', async () => {
    const other = await givenWorkspace(service, { name: 'Other AG' });
    const [theirs] = await listed(other.admin);
    expect((await listed(workspace.admin)).map(({ id }) => id)).not.toContain(theirs?.id);
    await workspace.admin.delete(`/api/sessions/${theirs?.id}`).expect(404);
    const key = await givenProductKey(service, { workspaceIds: [workspace.id] });
    const limited = productClient(service, key.secret);
    await limited.get(`/operator/workspaces/${other.id}/sessions`).expect(404);
    await limited.delete(`/operator/workspaces/${other.id}/sessions`).expect(404);
    await limited.delete(`/operator/workspaces/${workspace.id}/sessions/${theirs?.id}`).expect(404);
    expect(await isLive(other.admin)).toBe(true);
  });

  it('all end when their admin signs out everywhere, and those of others stay', async () => {
    const [here, there, bob] = [
      await as('ada@example.com'),
      await as('Ada@example.com'),
      await as('bob@example.com'),
    ];
    const unused = await newAdminCode(service, workspace.id, 'ada@example.com');
    await here.post('/api/session/sign-out-everywhere').expect(204);
    expect([await isLive(here), await isLive(there), await isLive(bob)]).toEqual([false, false, true]);
    await service.http.post('/api/session').send({ code: unused }).expect(401);
  });

  it('are ended by the operator: one, those of an admin who is none any more, all', async () => {
    const { operator, id, admin } = workspace;
    const path = `/operator/workspaces/${id}/sessions` as const;
    const [ada, bob, eve] = [
      await as('ada@example.com'),
      await as('bob@example.com'),
      await as('eve@example.com'),
    ];
    const { items } = (await operator.get(path).expect(200)).body;
    const ofEve = items.find(({ email }) => email === 'eve@example.com');
    await operator.delete(`${path}/${ofEve?.id}`).expect(204);
    expect(await isLive(eve)).toBe(false);
    const unused = await newAdminCode(service, id, 'bob@example.com');
    expect((await operator.delete(`${path}?email=bob@example.com`).expect(200)).body).toEqual({ ended: 1 });
    await service.http.post('/api/session').send({ code: unused }).expect(401);
    expect([await isLive(ada), await isLive(bob)]).toEqual([true, false]);
    expect((await operator.delete(path).expect(200)).body).toEqual({ ended: 2 });
    expect([await isLive(ada), await isLive(admin)]).toEqual([false, false]);
    await operator.delete(`${path}?email=nobody`).expect(400);
  });

  it('end with the entitlement, and links that were made before with them', async () => {
    const { operator, id, admin } = workspace;
    const before = await newAdminCode(service, id);
    await operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
    await admin.get('/api/members/export').expect(401);
    await service.http.post('/api/session').send({ code: before }).expect(401);
    const again = await as('admin@example.com');
    await again.get('/api/members').expect(200);
  });

  it('stay when an admin switches provisioning off', async () => {
    await workspace.admin.post('/api/user-provisioning/deactivate').expect(200);
    expect(await isLive(workspace.admin)).toBe(true);
  });
});

describe('an open stream of events', () => {
  async function watch(token: string): Promise<{ ended: Promise<void> }> {
    await service.dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
       VALUES ($1, $2, 'manual', 'running', 'x', $3, $4) ON CONFLICT DO NOTHING`,
      [workspace.id, runId, service.clock.now(), new Date(service.clock.now().getTime() + 86_400_000)],
    );
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` };
      const sent = httpRequest(`${service.url}/api/sync-runs/${runId}/events`, { headers });
      sent.on('error', reject);
      sent.on('response', (response: IncomingMessage) => {
        expect(response.statusCode).toBe(200);
        response.resume();
        resolve({ ended: new Promise((done) => response.once('close', () => done())) });
      });
      sent.end();
    });
  }
  const runId = '0190bbbb-0000-7000-8000-000000000001';
  const within = (ended: Promise<void>) =>
    Promise.race([ended.then(() => 'ended'), sleep(5_000).then(() => 'still open')]);

  it('ends with its session, and the others go on', async () => {
    const token = await signIn(service, workspace.id, 'ada@example.com');
    const mine = await watch(token);
    const other = await watch(workspace.adminToken);
    let isOpen = true;
    void other.ended.then(() => (isOpen = false));
    await adminClient(service, token).delete('/api/session').expect(204);
    expect(await within(mine.ended)).toBe('ended');
    expect(isOpen).toBe(true);
    await workspace.operator.patch(`/operator/workspaces/${workspace.id}`, { entitled: false }).expect(200);
    expect(await within(other.ended)).toBe('ended');
  });
});

describe('a write by cookie', () => {
  async function write(headers: Record<string, string>): Promise<number> {
    const { response, cookie } = await openByCookie(await newAdminCode(service, workspace.id));
    const { csrfToken } = response.body as { csrfToken: string };
    const asked = service.http.post('/api/properties').set('Cookie', cookie).set('X-CSRF-Token', csrfToken);
    const { status } = await asked.set(headers).send({ name: `N${Math.random()}`, type: 'text' });
    return status;
  }

  it.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
    [{ 'Sec-Fetch-Site': 'none' }],
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
    [{ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }],
  ])('is refused when the browser says that it comes from elsewhere: %j', async (headers) => {
    expect(await write(headers)).toBe(403);
  });

  it('is done when it comes from the page, by either of its addresses, or from no browser', async () => {
    expect(await write({ 'Sec-Fetch-Site': 'same-origin', Origin: service.config.publicUrl })).toBe(201);
    expect(await write({ Origin: service.url })).toBe(201);
    expect(await write({})).toBe(201);
  });

  it('includes signing in: another site signs nobody in', async () => {
    const code = await newAdminCode(service, workspace.id);
    const asked = service.http.post('/api/session').set('Origin', 'https://evil.example');
    expect((await asked.send({ code })).status).toBe(403);
    await service.http.post('/api/session').send({ code }).expect(201);
  });
});

describe('a link that is opened in a browser with a session', () => {
  it.each(['another person', 'another workspace'])('of %s does not replace it unasked', async (whose) => {
    const other = await givenWorkspace(service, { name: 'Other AG' });
    const first = await openByCookie(await newAdminCode(service, workspace.id, 'ada@example.com'));
    const [id, email] =
      whose === 'another person' ? [workspace.id, 'bob@example.com'] : [other.id, 'ada@example.com'];
    const code = await newAdminCode(service, id, email);
    const asked = await openByCookie(code, first.cookie);
    expect(asked.response.status).toBe(409);
    expect(asked.response.headers['set-cookie']).toBeUndefined();
    expect(asked.response.body).toMatchObject({
      type: 'urn:user-provisioning:problem:other-session',
      current: { workspace: 'Example AG', email: 'ada@example.com' },
      next: { workspace: id === other.id ? 'Other AG' : 'Example AG', email },
    });
    await service.http.get('/api/session').set('Cookie', first.cookie).expect(200);
    const switched = await openByCookie(code, first.cookie, true);
    expect(switched.response.status).toBe(201);
    // The browser has forgotten the first one, so it is over.
    await service.http.get('/api/session').set('Cookie', first.cookie).expect(401);
    const who = await service.http.get('/api/session').set('Cookie', switched.cookie).expect(200);
    expect(who.body.email).toBe(email);
  });

  it('of the same person in the same workspace replaces it, and so does any link a session that is over', async () => {
    const first = await openByCookie(await newAdminCode(service, workspace.id, 'ada@example.com'));
    const second = await openByCookie(
      await newAdminCode(service, workspace.id, 'ada@example.com'),
      first.cookie,
    );
    expect(second.response.status).toBe(201);
    await service.http.get('/api/session').set('Cookie', first.cookie).expect(401);
    service.clock.advance({ minutes: 31 });
    const third = await openByCookie(
      await newAdminCode(service, workspace.id, 'bob@example.com'),
      second.cookie,
    );
    expect(third.response.status).toBe(201);
  });
});
