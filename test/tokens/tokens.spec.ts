import { describe, expect, it } from '@jest/globals';
import type { PreparingClient } from '../../src/database/pooled-client.ts';
import { createSecret } from '../../src/http/request/token-secret.ts';
import type { Schema } from '../harness/answers.ts';
import { startService } from '../harness/service.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace, newAdminCode, scimClient } from '../harness/workspace.ts';

type TokenBody = Schema<'IssuedTokenResponse'>;

const service = useService();
const workspace = useWorkspace(service);

async function issue(body: object = { name: 'Okta' }): Promise<TokenBody> {
  return (await workspace.admin.post('/api/tokens', body).expect(201)).body;
}

async function list() {
  return (await workspace.admin.get('/api/tokens').expect(200)).body.items;
}

async function firstToken(): Promise<Schema<'TokenResponse'>> {
  const token = (await list()).at(-1);
  if (token === undefined) throw new Error('Activation makes a token');
  return token;
}

/** The detail of the refusal that this Authorization header meets. */
async function refusalOf(authorization: string | null, path = '/scim/v2/Users'): Promise<string> {
  const request = service.http.get(path);
  const response = await (authorization === null ? request : request.set('Authorization', authorization));
  expect(response.status).toBe(401);
  expect(response.headers['content-type']).toMatch(/^application\/scim\+json/);
  expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="SCIM"/);
  expect(response.body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '401',
  });
  return (response.body as Schema<'ScimError'>).detail;
}

describe('a new API token', () => {
  it('shows its secret this once, and works at once', async () => {
    const token = await issue({ name: ' Okta ' });
    expect(token).toMatchObject({
      name: 'Okta',
      prefix: token.secret.slice(0, 12),
      lastFour: token.secret.slice(-4),
      state: 'active',
      expiresAt: null,
    });
    expect(token.secret).toMatch(/^mcs_[0-9A-Za-z]{49}$/);
    await scimClient(service, token.secret).get('/Users').expect(200);
    const listed = await workspace.admin.get('/api/tokens').expect(200);
    expect(listed.text).not.toContain(token.secret);
    expect(listed.text).not.toContain('"secret"');
  });

  it('is stored only as a hash', async () => {
    const { secret } = await issue();
    const [row] = await service.dataSource.query<{ all: string }[]>(
      `SELECT (SELECT json_agg(t) FROM api_token t)::text || (SELECT json_agg(s) FROM api_token_secret s)::text
              || (SELECT json_agg(a) FROM audit_log a)::text AS all`,
    );
    expect(row?.all).not.toContain(secret);
    expect(row?.all).not.toContain(secret.slice(14));
  });

  it('has a name of its own when none is given', async () => {
    expect((await issue({})).name).toBe('API token');
    const response = await workspace.admin.post('/api/tokens').expect(201);
    expect(response.body).toMatchObject({ name: 'API token' });
    expect(response.headers['cache-control']).toBe('no-store, no-transform');
  });

  it('stops when it expires', async () => {
    const expiresAt = new Date(service.clock.now().getTime() + 3_600_000).toISOString();
    const { secret, id } = await issue({ name: 'Short', expiresAt });
    const scim = scimClient(service, secret);
    await scim.get('/Users').expect(200);
    service.clock.advance({ hours: 1 });
    const expired = await scim.get('/Users').expect(401);
    expect(expired.body.detail).toMatch(/expired/);
    expect((await list()).find((token) => token.id === id)?.state).toBe('expired');
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'a\u2028b' }, 'name'],
    [{ name: '\u200b' }, 'name'],
    [{ name: 'T\u202ek' }, 'name'],
    [{ name: 'x', expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ name: 'x', expiresAt: '2027-02-30T00:00:00Z' }, 'expiresAt'],
    [{ name: 'x', expiresAt: '2027-02-01T00:00:00' }, 'expiresAt'],
    [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ name: 'x', secret: 'mcs_mine' }, 'secret'],
  ])('is refused as %j, naming %s', async (body, path) => {
    const response = await workspace.admin.post('/api/tokens', body).expect(400);
    expect(response.body.errors?.[0]?.path).toBe(path);
  });

  it('is refused while provisioning is not active', async () => {
    const inactive = await givenWorkspace(service, { active: false });
    const response = await inactive.admin.post('/api/tokens', { name: 'x' }).expect(409);
    expect(response.body).toMatchObject({ type: expect.stringMatching(/not-active$/) as unknown });
    expect((await inactive.admin.get('/api/tokens').expect(200)).body).toEqual({
      items: [],
      nextCursor: null,
      tokensMax: 5,
    });
  });

  it('is refused beyond five live ones, also when they are asked for at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => workspace.admin.post('/api/tokens', { name: 'x' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    const [newest] = await list();
    await workspace.admin.delete(`/api/tokens/${newest?.id}`).expect(204);
    await issue();
  });

  it('needs a session', async () => {
    await service.http.get('/api/tokens').expect(401);
    await service.http.post('/api/tokens').set('Authorization', `Bearer ${workspace.token}`).expect(401);
  });
});

describe('rotation', () => {
  it('lets the old token go on for the overlap', async () => {
    const old = await firstToken();
    const path = `/api/tokens/${old.id}/rotate` as const;
    const response = await workspace.admin.post(path, { overlapHours: 2 }).expect(201);
    const fresh = response.body;
    expect(fresh).toMatchObject({ name: old.name, state: 'active', expiresAt: null });
    expect(fresh.id).not.toBe(old.id);
    const end = new Date(service.clock.now().getTime() + 2 * 3_600_000).toISOString();
    expect((await firstToken()).expiresAt).toBe(end);
    await workspace.scim.get('/Users').expect(200);
    await scimClient(service, fresh.secret).get('/Users').expect(200);
    service.clock.advance({ hours: 2 });
    await workspace.scim.get('/Users').expect(401);
    await scimClient(service, fresh.secret).get('/Users').expect(200);
  });

  it('overlaps by a day when nothing is said, and by nothing when so told', async () => {
    const old = await firstToken();
    const fresh = (await workspace.admin.post(`/api/tokens/${old.id}/rotate`).expect(201)).body;
    const day = new Date(service.clock.now().getTime() + 24 * 3_600_000).toISOString();
    expect((await firstToken()).expiresAt).toBe(day);
    await workspace.admin.post(`/api/tokens/${fresh.id}/rotate`, { overlapHours: 0 }).expect(201);
    await scimClient(service, fresh.secret).get('/Users').expect(401);
  });

  it('never lengthens the life of the old token, and gives the new one as long', async () => {
    const hour = 3_600_000;
    const expiresAt = new Date(service.clock.now().getTime() + 3 * hour).toISOString();
    const old = await issue({ name: 'Short', expiresAt });
    service.clock.advance({ hours: 2 });
    const fresh = (
      await workspace.admin.post(`/api/tokens/${old.id}/rotate`, { overlapHours: 9 }).expect(201)
    ).body;
    expect(fresh.expiresAt).toBe(new Date(service.clock.now().getTime() + 3 * hour).toISOString());
    expect((await list()).find(({ id }) => id === old.id)?.expiresAt).toBe(expiresAt);
  });

  it('works when all places are taken', async () => {
    for (let n = 0; n < 4; n += 1) await issue();
    const old = await firstToken();
    await workspace.admin.post(`/api/tokens/${old.id}/rotate`).expect(201);
  });

  it('of a revoked token is refused', async () => {
    const old = await issue();
    await workspace.admin.delete(`/api/tokens/${old.id}`).expect(204);
    await workspace.admin.post(`/api/tokens/${old.id}/rotate`).expect(409);
  });

  it.each([
    { overlapHours: -1 },
    { overlapHours: 169 },
    { overlapHours: '2' },
    { overlapHours: null },
    { hours: 1 },
  ])('is refused with %j', async (body) => {
    const old = await firstToken();
    await workspace.admin.post(`/api/tokens/${old.id}/rotate`, body).expect(400);
  });
});

describe('revocation', () => {
  it('is felt at once, by a token in use too, and lasts', async () => {
    await workspace.scim.get('/Users').expect(200);
    const { id } = await firstToken();
    await workspace.admin.delete(`/api/tokens/${id}`).expect(204);
    const revoked = await workspace.scim.get('/Users').expect(401);
    expect(revoked.body.detail).toMatch(/revoked/);
    await workspace.admin.delete(`/api/tokens/${id}`).expect(204);
    expect(await firstToken()).toMatchObject({ state: 'revoked' });
  });

  it('is felt by another process within a second', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl, clock: service.clock });
    const elsewhere = scimClient(other, workspace.token);
    await elsewhere.get('/Users').expect(200);
    const { id } = await firstToken();
    await workspace.admin.delete(`/api/tokens/${id}`).expect(204);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await elsewhere.get('/Users').expect(401);
    await other.stop();
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'no-uuid', '%00'])('of the id %s is a 404', async (id) => {
    await workspace.admin.delete(`/api/tokens/${id}`).expect(404);
    await workspace.admin.post(`/api/tokens/${id}/rotate`).expect(404);
  });
});

describe('an attempt with a spoilt API token', () => {
  const attemptsOf = async (admin = workspace.admin) =>
    (await admin.get('/api/user-provisioning/findings').expect(200)).body.attempts;

  it('is told to the admin whose token begins so, counted, and without what came', async () => {
    const { id, secret, prefix, lastFour } = await issue({ name: 'Entra' });
    const piece = secret.slice(0, 30);
    await refusalOf(`Bearer ${piece}`);
    service.clock.advance({ minutes: 1 });
    await refusalOf(`Bearer ${piece}`);
    await refusalOf(`Bearer Bearer ${secret}`);
    const attempts = await attemptsOf();
    expect(attempts).toEqual([
      expect.objectContaining({ tokenId: id, problem: 'surrounded', count: 1 }),
      expect.objectContaining({ tokenId: id, problem: 'truncated', count: 2, lengthChars: 30 }),
    ]);
    expect(attempts[1]).toMatchObject({ tokenName: 'Entra', tokenPrefix: prefix, tokenLastFour: lastFour });
    expect(Date.parse(attempts[1]?.lastAt ?? '') - Date.parse(attempts[1]?.firstAt ?? '')).toBe(60_000);
    expect(JSON.stringify(attempts)).not.toContain(secret.slice(0, 13));
    const stored = await service.dataSource.query<{ all: string }[]>(
      'SELECT row_to_json(a)::text AS all FROM token_attempt a WHERE token_id = $1',
      [id],
    );
    expect(stored).toHaveLength(2);
    for (const row of stored) expect(row.all).not.toContain(secret.slice(4, 13));
  });

  it('is told to no other workspace, and to nobody when two tokens begin alike', async () => {
    const other = await givenWorkspace(service);
    const { id, secret } = await issue();
    await refusalOf(`Bearer ${secret.slice(0, 30)}`);
    expect(await attemptsOf(other.admin)).toEqual([]);
    const [theirs] = (await other.admin.get('/api/tokens').expect(200)).body.items;
    await service.dataSource.query(
      'UPDATE api_token SET prefix = (SELECT prefix FROM api_token WHERE id = $1) WHERE id = $2',
      [id, theirs?.id],
    );
    await refusalOf(`Bearer ${secret.slice(0, 30)}`);
    expect((await attemptsOf()).map(({ count }) => count)).toEqual([1]);
    expect(await attemptsOf(other.admin)).toEqual([]);
  });

  it('of something made up, however often, is told to nobody and refused as ever', async () => {
    for (let n = 0; n < 20; n += 1) {
      expect(await refusalOf(`Bearer mcs_${String(n).padStart(8, '0')}x`)).toMatch(/truncated or mistyped/);
    }
    expect(await attemptsOf()).toEqual([]);
  });
});

describe('the check of an API token', () => {
  it('says what is wrong, so that it can be corrected', async () => {
    const { secret } = await issue();
    const never = createSecret('mcs_', new Uint8Array(32).fill(9));
    const last = secret.endsWith('a') ? 'b' : 'a';
    expect(await refusalOf(null)).toMatch(/Authorization header/);
    expect(await refusalOf('Bearer')).toMatch(/Authorization header must read/);
    expect(await refusalOf(`Bearer Bearer ${secret}`)).toMatch(/without the word Bearer/);
    expect(await refusalOf('Basic YTpi')).toMatch(/Authorization header must read/);
    expect(await refusalOf(`Bearer ${secret.slice(0, -1)}`)).toMatch(/truncated or mistyped/);
    expect(await refusalOf(`Bearer ${secret.slice(0, -1)}${last}`)).toMatch(/truncated or mistyped/);
    expect(await refusalOf('Bearer secret')).toMatch(/begins with/);
    expect(await refusalOf('Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln')).toMatch(
      /Secret Token field is empty/,
    );
    expect(await refusalOf(`Bearer ${never}`)).toMatch(/no such API token/);
  });

  it('names the fault in the challenge only when a token was sent', async () => {
    const bare = await service.http.get('/scim/v2/Users');
    expect(bare.headers['www-authenticate']).toBe('Bearer realm="SCIM"');
    const wrong = await service.http.get('/scim/v2/Users').set('Authorization', 'Bearer wrong');
    expect(wrong.headers['www-authenticate']).toMatch(
      /^Bearer realm="SCIM", error="invalid_token", error_description="/,
    );
  });

  it('takes the scheme in any case, blanks around the token, and the token alone, at every door', async () => {
    const doors: readonly [path: string, token: string][] = [
      ['/scim/v2/Users', workspace.token],
      ['/api/session', workspace.adminToken],
      ['/operator/workspaces', service.config.operatorToken],
    ];
    for (const [path, token] of doors) {
      for (const written of [
        'bearer x',
        'BEARER x',
        'Bearer x',
        'Bearer   x',
        'Bearer\tx',
        ' Bearer x ',
        'x',
      ]) {
        const authorization = written.replace('x', token);
        const { status } = await service.http.get(path).set('Authorization', authorization);
        expect({ path, written, status }).toEqual({ path, written, status: 200 });
      }
    }
  });

  it('says at every door what came in place of a token, and repeats none of it', async () => {
    const secret = 'abcdefgh';
    for (const path of ['/scim/v2/Users', '/api/session', '/operator/workspaces']) {
      for (const [written, came] of [
        [`Basic ${secret}`, 'the scheme Basic'],
        [`token ${secret}`, 'the scheme Token'],
        [`${secret} ${secret}`, 'something that does not begin with Bearer'],
        [`Bearer ${secret} ${secret}`, 'a token with blanks inside'],
        ['Bearer', 'the word Bearer without a token'],
      ] as const) {
        const response = await service.http.get(path).set('Authorization', written);
        expect({ path, written, status: response.status }).toEqual({ path, written, status: 401 });
        const detail: unknown = expect.stringContaining(`What came was ${came}.`);
        expect(response.body).toMatchObject({ detail });
        expect(response.text + String(response.headers['www-authenticate'])).not.toContain(secret);
      }
    }
  });

  it('says at every door which kind of token came and which is wanted, and repeats none of it', async () => {
    const code = await newAdminCode(service, workspace.id);
    const came: readonly [token: string, said: string][] = [
      [workspace.token, 'What came is an API token.'],
      [workspace.token.slice(0, -5), 'What came is an API token.'],
      [workspace.adminToken, 'What came is a session token.'],
      [service.config.operatorToken, 'What came is the operator token.'],
      [code, 'What came is what looks like the code of an admin link.'],
    ];
    const doors: readonly [path: string, own: readonly string[], wanted: string][] = [
      [
        '/scim/v2/Users',
        [workspace.token, workspace.token.slice(0, -5)],
        '/scim takes an API token of the workspace: it begins with "mcs_"',
      ],
      ['/api/members', [workspace.adminToken], '/api takes a session token'],
      [
        '/operator/workspaces',
        [service.config.operatorToken],
        '/operator takes a product key, which begins with "upk_", or the operator token',
      ],
    ];
    for (const [path, own, wanted] of doors) {
      for (const [token, said] of came.filter(([each]) => !own.includes(each))) {
        const response = await service.http.get(path).set('Authorization', `Bearer ${token}`).expect(401);
        expect(response.body.detail).toContain(`${said} ${wanted}`);
        expect(response.text + String(response.headers['www-authenticate'])).not.toContain(token);
      }
    }
    for (const [token, said] of came.slice(0, 4)) {
      const response = await service.http.post('/api/session').send({ code: token }).expect(401);
      expect(response.body.detail).toContain(`${said} POST /api/session takes the code`);
      expect(response.text).not.toContain(token);
    }
  });

  it('refuses a token in the address or the body, alone and beside a good header', async () => {
    const { token, scim } = workspace;
    expect(await refusalOf(null, `/scim/v2/Users?access_token=${token}`)).toMatch(/ends up in logs/);
    expect(await refusalOf(`Bearer ${token}`, `/scim/v2/Users?access_token=${token}`)).toMatch(
      /ends up in logs/,
    );
    const body = { access_token: token, userName: 'ada@example.com' };
    const sent = await service.http
      .post('/scim/v2/Users')
      .set('Content-Type', 'application/scim+json')
      .send(JSON.stringify(body));
    expect(sent.status).toBe(401);
    await scim.post('/Users', body).expect(401);
  });

  it('does not take a session token or the operator token', async () => {
    await scimClient(service, workspace.adminToken).get('/Users').expect(401);
    await scimClient(service, service.config.operatorToken).get('/Users').expect(401);
  });

  it('costs one statement when cold and none when warm', async () => {
    const { secret } = await issue();
    const checks = await countChecks(async () => {
      for (let n = 0; n < 5; n += 1)
        await scimClient(service, secret).get('/ServiceProviderConfig').expect(200);
    });
    expect(checks).toBe(1);
  });

  it('asks nothing of the database for a mistyped token', async () => {
    const checks = await countChecks(async () => {
      await scimClient(service, `${workspace.token.slice(0, -1)}-`)
        .get('/Users')
        .expect(401);
    });
    expect(checks).toBe(0);
  });

  it('notes when the token was last used, to the minute', async () => {
    await workspace.scim.get('/Users').expect(200);
    const first = service.clock.now().toISOString();
    await eventually(async () => expect((await firstToken()).lastUsedAt).toBe(first));
    service.clock.advance({ seconds: 59 });
    await workspace.scim.get('/Users').expect(200);
    expect((await firstToken()).lastUsedAt).toBe(first);
    service.clock.advance({ seconds: 1 });
    await workspace.scim.get('/Users').expect(200);
    const second = service.clock.now().toISOString();
    await eventually(async () => expect((await firstToken()).lastUsedAt).toBe(second));
  });
});

/** How often the database was asked for a token's secret. */
async function countChecks(act: () => Promise<void>): Promise<number> {
  const { prototype } = (await loadService()).PreparingClient;
  const query = Reflect.get(prototype, 'query') as (...given: unknown[]) => unknown;
  let checks = 0;
  const counting = function (this: PreparingClient, sql: string, ...rest: unknown[]) {
    if (sql.includes('api_token_secret')) checks += 1;
    return Reflect.apply(query, this, [sql, ...rest]);
  };
  Reflect.set(prototype, 'query', counting);
  try {
    await act();
  } finally {
    Reflect.set(prototype, 'query', query);
  }
  return checks;
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      return await check();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return check();
}
