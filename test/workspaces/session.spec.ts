import { describe, expect, it } from '@jest/globals';
import { cookieNameOf, cookieOptionsOf } from '../../src/workspaces/session-cookie.ts';
import type { Schema } from '../harness/answers.ts';
import { startService } from '../harness/service.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, newAdminCode, operatorClient } from '../harness/workspace.ts';

type OpenedBody = Schema<'OpenedSessionResponse'>;

const service = useService();
const workspace = useWorkspace(service, { active: false });

async function open(): Promise<{ opened: OpenedBody; cookie: string }> {
  const code = await newAdminCode(service, workspace.id);
  const response = await service.http.post('/api/session').send({ code }).expect(201);
  const setCookie = String(response.headers['set-cookie']);
  return { opened: response.body, cookie: setCookie.split(';')[0] ?? '' };
}

it.each(['xyz', 'ghp_0123456789', 'upk_live_1', 'mca_short'])(
  '%s is said to be no session token',
  async (token) => {
    const refused = await service.http
      .get('/api/session')
      .set('Authorization', `Bearer ${token}`)
      .expect(401);
    expect(refused.body.detail).toMatch(/^What came is .*\/api takes a session token/);
    const unknown = await service.http
      .get('/api/session')
      .set('Authorization', `Bearer mca_${'s'.repeat(43)}`)
      .expect(401);
    expect(unknown.body.detail).toBe('Your session is over. Sign in again.');
  },
);

describe('an admin link', () => {
  it('carries its code in the fragment and lives 10 minutes', async () => {
    const path = `/operator/workspaces/${workspace.id}/admin-links` as const;
    const response = await operatorClient(service).post(path, { email: 'admin@example.com' }).expect(201);
    const { url, code, expiresAt } = response.body;
    expect(url).toBe(`${service.config.publicUrl}/settings/user-provisioning#code=${code}`);
    expect(Buffer.from(code, 'base64url')).toHaveLength(32);
    expect(new Date(expiresAt).getTime() - service.clock.now().getTime()).toBe(10 * 60 * 1000);
    expect(response.headers['cache-control']).toBe('no-store, no-transform');
  });

  it.each([
    {},
    { email: 'nobody' },
    { email: 7 },
    { email: `${'x'.repeat(250)}@example.com` },
    { email: 'a@b.c\u0000' },
  ])('is refused for %j', async (body) => {
    const path = `/operator/workspaces/${workspace.id}/admin-links`;
    const response = await operatorClient(service).post(path, body).expect(400);
    expect(response.body.errors?.[0]?.path).toBe('email');
  });

  it('signs in once', async () => {
    const code = await newAdminCode(service, workspace.id);
    await service.http.post('/api/session').send({ code }).expect(201);
    const again = await service.http.post('/api/session').send({ code }).expect(401);
    expect(again.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(again.body.detail).toContain('works once');
  });

  it('signs in one of several who use it at the same time', async () => {
    const code = await newAdminCode(service, workspace.id);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => service.http.post('/api/session').send({ code })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401]);
  });

  it('does not sign in after 10 minutes', async () => {
    const code = await newAdminCode(service, workspace.id);
    service.clock.advance({ minutes: 10 });
    await service.http.post('/api/session').send({ code }).expect(401);
  });

  it.each([{ code: 'unknown' }, { code: '\u0000' }])('does not sign in with %j', async (body) => {
    await service.http.post('/api/session').send(body).expect(401);
  });

  it.each([{}, { code: '' }, { code: null }, { code: 7 }, { code: 'x'.repeat(201) }, { code: 'x', more: 1 }])(
    'is a bad request as %j',
    async (body) => {
      await service.http.post('/api/session').send(body).expect(400);
    },
  );
});

describe('a session', () => {
  it('says who is signed in', async () => {
    const { opened } = await open();
    const response = await adminClient(service, opened.token).get('/api/session').expect(200);
    expect(response.body).toEqual({
      workspace: { id: workspace.id, name: 'Example AG' },
      email: 'admin@example.com',
      name: null,
      returnUrl: null,
      role: 'owner',
      expiresAt: opened.expiresAt,
      csrfToken: opened.csrfToken,
    });
    expect(response.headers['cache-control']).toBe('no-store, no-transform');
  });

  it('lasts 12 hours', async () => {
    const { opened, cookie } = await open();
    service.clock.advance({ hours: 11, minutes: 59 });
    await service.http.get('/api/session').set('Cookie', cookie).expect(200);
    service.clock.advance({ minutes: 1 });
    const over = await service.http.get('/api/session').set('Cookie', cookie).expect(401);
    expect(over.headers['www-authenticate']).toMatch(/^Bearer/);
    await adminClient(service, opened.token).get('/api/session').expect(401);
  });

  it('is out of reach of scripts and other sites', async () => {
    const code = await newAdminCode(service, workspace.id);
    const response = await service.http.post('/api/session').send({ code });
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
  });

  it('has a Secure host cookie where the public address is https', async () => {
    const secured = await startService({
      databaseUrl: service.databaseUrl,
      config: { PUBLIC_URL: 'https://provisioning.example.com' },
    });
    const code = await newAdminCode(secured, workspace.id);
    const response = await secured.http.post('/api/session').send({ code }).expect(201);
    expect(String(response.headers['set-cookie'])).toMatch(
      /^__Host-[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure/,
    );
    await secured.stop();
  });

  it('goes with the path of the public address alone, where it has one', () => {
    const place = { publicUrl: 'https://example.com/users', publicPath: '/users' };
    expect(cookieNameOf(place)).toBe('__Secure-provisioning_session');
    expect(cookieOptionsOf(place)).toMatchObject({ path: '/users', secure: true, httpOnly: true });
  });

  it('by cookie reads without, and writes only with its CSRF token', async () => {
    const { opened, cookie } = await open();
    const other = await open();
    await service.http.get('/api/tokens').set('Cookie', cookie).expect(200);
    const write = () => service.http.delete('/api/session').set('Cookie', cookie);
    const refused = await write().expect(403);
    expect(refused.body).toMatchObject({ type: expect.stringMatching(/csrf$/) as unknown });
    await write().set('X-CSRF-Token', '').expect(403);
    await write().set('X-CSRF-Token', other.opened.csrfToken).expect(403);
    await write().set('X-CSRF-Token', opened.csrfToken).expect(204);
  });

  it('is found among other cookies', async () => {
    const { cookie } = await open();
    await service.http.get('/api/session').set('Cookie', `a=1; ${cookie}; b=x=y`).expect(200);
    await service.http.get('/api/session').set('Cookie', `x${cookie}`).expect(401);
  });

  it('by bearer token needs no CSRF token', async () => {
    const { opened } = await open();
    await adminClient(service, opened.token).delete('/api/session').expect(204);
  });

  it('ends when the admin signs out', async () => {
    const { opened, cookie } = await open();
    const response = await adminClient(service, opened.token).delete('/api/session').expect(204);
    expect(String(response.headers['set-cookie'])).toMatch(
      /^provisioning_session=; .*Expires=Thu, 01 Jan 1970/,
    );
    await adminClient(service, opened.token).get('/api/session').expect(401);
    await service.http.get('/api/session').set('Cookie', cookie).expect(401);
  });

  it.each(['Bearer', 'Bearer ', 'Bearer wrong', 'Basic YTpi', 'Bearer a b'])(
    'is not opened by the header %j, whatever the cookie says',
    async (authorization) => {
      const { cookie } = await open();
      const request = service.http.get('/api/session').set('Cookie', cookie);
      await request.set('Authorization', authorization).expect(401);
    },
  );

  it('does not open the operator API, nor the operator token the admin API', async () => {
    await adminClient(service, workspace.adminToken).get('/operator/workspaces').expect(401);
    await operatorClient(service).get('/api/session').expect(401);
  });

  it('is stored only as hashes', async () => {
    const code = await newAdminCode(service, workspace.id);
    const response = await service.http.post('/api/session').send({ code }).expect(201);
    const { token } = response.body;
    const [row] = await service.dataSource.query<{ all: string }[]>(
      `SELECT (SELECT json_agg(s) FROM admin_session s)::text || (SELECT json_agg(l) FROM admin_link l)::text
              || (SELECT json_agg(a) FROM audit_log a)::text AS all`,
    );
    expect(row?.all).not.toContain(token);
    expect(row?.all).not.toContain(code);
  });
});
