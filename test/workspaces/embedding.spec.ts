import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '../harness/service.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { adminClient, newAdminCode } from '../harness/workspace.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const page = '/settings/user-provisioning';
const product = 'https://app.example';

const put = (body: object) => workspace.operator.put('/operator/embedding', body);
const link = (body: object) =>
  workspace.operator.post(`/operator/workspaces/${workspace.id}/admin-links`, {
    email: 'ada@example.com',
    ...body,
  });

/** Whose pages may show the screen, as the headers say. */
async function framedBy(path = page, http = service.http) {
  const { headers } = await http.get(path);
  const [, ancestors] = /frame-ancestors ([^;]+)/.exec(String(headers['content-security-policy'])) ?? [];
  return { ancestors, frameOptions: headers['x-frame-options'] };
}

beforeEach(async () => {
  await put({ origins: [] }).expect(200);
});

describe('who may embed the settings screen', () => {
  it('is nobody until the operator names origins, on every page', async () => {
    const { body } = await workspace.operator.get('/operator/embedding').expect(200);
    expect(body).toMatchObject({ origins: [], returnOrigins: [] });
    for (const path of [page, '/settings/members', '/settings/sessions'])
      expect(await framedBy(path)).toEqual({ ancestors: "'none'", frameOptions: 'DENY' });
  });

  it('is who is named, and nobody else', async () => {
    const origins = [product, 'https://eu.app.example:8443', 'http://localhost:4000'];
    const { body } = await put({ origins: [...origins, product] }).expect(200);
    expect(body.origins).toEqual(origins);
    for (const path of [page, '/settings/members', '/settings/groups/x'])
      expect(await framedBy(path)).toEqual({ ancestors: origins.join(' '), frameOptions: undefined });
  });

  it('may embed no files, nothing of the API and nothing that does not exist', async () => {
    await put({ origins: [product] }).expect(200);
    for (const path of [
      '/settings/no',
      '/api/docs',
      '/api/session',
      '/embed.js',
      '/settings/assets/icon.svg',
    ]) {
      const { ancestors } = await framedBy(path);
      expect([path, ancestors]).toEqual([path, expect.stringMatching(/^'(?:none|self)'$/)]);
    }
  });

  it('is known to every process within a second', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl });
    expect(await framedBy(page, other.http)).toMatchObject({ ancestors: "'none'" });
    await put({ origins: [product] }).expect(200);
    await sleep(1_000);
    expect((await framedBy(page, other.http)).ancestors).toBe(product);
    await put({ origins: [] }).expect(200);
    expect(await framedBy()).toMatchObject({ ancestors: "'none'" });
    await other.stop();
  });

  it.each<[string, unknown, RegExp]>([
    ['a star', '*', /must be an origin/],
    ['what no policy can name', 'http://[::1]:4000', /IPv4/],
    ['a family of hosts', 'https://*.app.example', /without \*/],
    ['plain http', 'http://app.example', /must begin with https/],
    ['another scheme', 'javascript:alert(1)', /must be an origin/],
    ['data', 'data:text/html,x', /must be an origin/],
    ['a path', 'https://app.example/settings', /without a path: https:\/\/app\.example/],
    ['a slash at its end', 'https://app.example/', /without a path/],
    ['a password', 'https://a:b@app.example', /no user name/],
    ['a further directive', "https://app.example; script-src 'unsafe-inline'", /must be an origin/],
    ['a further origin', 'https://app.example https://evil.example', /must be an origin/],
    ['another line', 'https://app.example\r\nX-Evil: 1', /must be an origin/],
    ['no text', 7, /must be an origin/],
    ['nothing', null, /must be an origin/],
    ["'self'", "'self'", /must be an origin/],
  ])('is not said by %s', async (_what, origin, message) => {
    const { body } = await put({ origins: [product, origin] }).expect(400);
    expect(body.errors).toEqual([{ path: 'origins[1]', message: expect.stringMatching(message) as unknown }]);
    expect(await framedBy()).toMatchObject({ ancestors: "'none'" });
  });

  it('is in the audit log of the installation, with who changed it', async () => {
    await put({ origins: [product] }).expect(200);
    const { body } = await workspace.operator.get('/operator/audit?limit=1000').expect(200);
    const records = body.items.filter(({ action }) => action === 'embedding.changed');
    expect(records.at(-1)).toMatchObject({ details: { origins: [product], returnOrigins: [] } });
  });
});

describe('an admin link', () => {
  it('says who they are, in which language and theme, and where the way back leads', async () => {
    await put({ origins: [product], returnOrigins: ['https://www.example'] }).expect(200);
    const { body } = await link({
      name: 'Ada Lovelace',
      locale: 'de-AT',
      colorScheme: 'dark',
      returnUrl: 'https://www.example/settings?tab=people',
    }).expect(201);
    expect(body.url).toMatch(/#code=[\w-]+&locale=de&colorScheme=dark$/);
    const { body: opened } = await service.http.post('/api/session').send({ code: body.code }).expect(201);
    expect(opened).toMatchObject({ locale: 'de', colorScheme: 'dark' });
    const admin = adminClient(service, opened.token);
    expect((await admin.get('/api/session').expect(200)).body).toMatchObject({
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      returnUrl: 'https://www.example/settings?tab=people',
    });
    // An origin that is taken away is led to no more, also by those who are signed in.
    await put({ origins: [product] }).expect(200);
    expect((await admin.get('/api/session').expect(200)).body.returnUrl).toBeNull();
  });

  it('leaves to the browser what it does not say, and a language that the screen does not speak', async () => {
    const { body } = await link({ locale: 'fr' }).expect(201);
    expect(body.url).toMatch(/#code=[\w-]+$/);
    const { body: opened } = await service.http.post('/api/session').send({ code: body.code }).expect(201);
    expect(opened).toMatchObject({ locale: null, colorScheme: null });
    const { body: session } = await adminClient(service, opened.token).get('/api/session').expect(200);
    expect(session).toMatchObject({ name: null, returnUrl: null });
  });

  it.each<[object, string]>([
    [{ returnUrl: 'https://evil.example/' }, 'returnUrl'],
    [{ returnUrl: 'https://app.example.evil.example/' }, 'returnUrl'],
    [{ returnUrl: 'https://app.example@evil.example/' }, 'returnUrl'],
    [{ returnUrl: 'http://app.example/' }, 'returnUrl'],
    [{ returnUrl: 'https://app.example:444/' }, 'returnUrl'],
    [{ returnUrl: '//app.example/' }, 'returnUrl'],
    [{ returnUrl: 'javascript:alert(document.domain)' }, 'returnUrl'],
    [{ returnUrl: 'JavaScript://app.example/%0aalert(1)' }, 'returnUrl'],
    [{ returnUrl: 'data:text/html,x' }, 'returnUrl'],
    [{ returnUrl: '' }, 'returnUrl'],
    [{ returnUrl: null }, 'returnUrl'],
    [{ locale: 'deutsch!' }, 'locale'],
    [{ locale: '' }, 'locale'],
    [{ locale: 7 }, 'locale'],
    [{ colorScheme: 'pink' }, 'colorScheme'],
    [{ name: '\u202etxt' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
  ])('is refused with %j', async (body, path) => {
    await put({ origins: [product] }).expect(200);
    const refused = await link(body).expect(400);
    expect(refused.body.errors?.[0]?.path).toBe(path);
  });
});

describe('a session for a page in a frame', () => {
  it('is its token alone: no cookie is set, and one that comes is neither looked at nor replaced', async () => {
    const code = await newAdminCode(service, workspace.id);
    const first = await service.http.post('/api/session').send({ code }).expect(201);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const { body } = await link({ email: 'bob@example.com' }).expect(201);
    const framed = await service.http
      .post('/api/session')
      .set('Cookie', cookie)
      .send({ code: body.code, cookie: false })
      .expect(201);
    expect(framed.headers['set-cookie']).toBeUndefined();
    const who = async (headers: Record<string, string>) =>
      (await service.http.get('/api/session').set(headers).expect(200)).body.email;
    expect(await who({ Cookie: cookie })).toBe('admin@example.com');
    const authorization = `Bearer ${framed.body.token}`;
    expect(await who({ Cookie: cookie, Authorization: authorization })).toBe('bob@example.com');
    // Writes need no CSRF token: no other site can send the header.
    await service.http
      .delete('/api/session')
      .set({ Cookie: cookie, Authorization: authorization })
      .expect(204);
    expect(await who({ Cookie: cookie })).toBe('admin@example.com');
  });

  it('is not opened by a page of another site', async () => {
    const code = await newAdminCode(service, workspace.id);
    const refused = await service.http
      .post('/api/session')
      .set({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' })
      .send({ code, cookie: false })
      .expect(403);
    expect(refused.body.type).toMatch(/csrf$/);
  });
});
