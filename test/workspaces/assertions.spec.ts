import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { KeyHost, newSignInKey, signedAssertion } from '../harness/vendor-sign-in.ts';
import { adminClient, givenWorkspace, operatorClient } from '../harness/workspace.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const key = newSignInKey('EdDSA');
let host: KeyHost;

beforeAll(async () => {
  host = await KeyHost.start();
});
afterAll(() => host.stop());

beforeEach(async () => {
  host.keys = [key];
  host.instead = null;
  await setIdentity();
});

function setIdentity(change: object = {}) {
  const identity = { issuer: 'https://product.example', jwksUri: host.uri, audience: 'provisioning' };
  return operatorClient(service)
    .put('/operator/identity', { ...identity, ...change })
    .expect(200);
}

const nowSeconds = () => Math.floor(service.clock.now().getTime() / 1000);

function claims(change: object = {}): object {
  return {
    iss: 'https://product.example',
    aud: 'provisioning',
    sub: 'user-17',
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    role: 'owner',
    workspace: workspace.id,
    iat: nowSeconds(),
    exp: nowSeconds() + 60,
    jti: randomUUID(),
    ...change,
  };
}

const open = (assertion: string) => service.http.post('/api/session').send({ assertion });

async function refusal(assertion: string): Promise<string | undefined> {
  const refused = await open(assertion).expect(401);
  expect(refused.headers['www-authenticate']).toMatch(/^Bearer/);
  expect(refused.headers['set-cookie']).toBeUndefined();
  return refused.body.detail;
}

describe('an assertion of the vendor', () => {
  it('signs in by token and cookie, says who and as what, and is in the audit log', async () => {
    const { body, headers } = await open(signedAssertion(key, claims({ role: 'editor' }))).expect(201);
    expect(String(headers['set-cookie'])).toContain('HttpOnly');
    const admin = adminClient(service, body.token);
    const { body: session } = await admin.get('/api/session').expect(200);
    expect(session).toMatchObject({
      email: 'ada@example.com',
      role: 'editor',
      workspace: { id: workspace.id },
    });
    const { body: log } = await admin.get('/api/audit-log').expect(200);
    expect(log.items[0]).toMatchObject({
      action: 'session.opened',
      actor: { email: 'ada@example.com' },
      details: { role: 'editor' },
    });
  });

  it.each(['EdDSA', 'ES256', 'RS256'] as const)('may be signed with %s', async (algorithm) => {
    const another = newSignInKey(algorithm);
    host.keys = [another];
    await setIdentity();
    await open(signedAssertion(another, claims())).expect(201);
  });

  it('may name the workspace by the id that the vendor gave it', async () => {
    const externalId = `acct:${randomUUID()}`;
    await operatorClient(service).patch(`/operator/workspaces/${workspace.id}`, { externalId }).expect(200);
    const { body } = await open(signedAssertion(key, claims({ workspace: `ext:${externalId}` }))).expect(201);
    expect(body.workspace.id).toBe(workspace.id);
  });

  it.each([
    ['Ada \u202eecalevoL\u0000', 'Ada ecalevoL'],
    ['Ada\r\nLovelace \ud800', 'Ada Lovelace \ufffd'],
    [' \u200b ', null],
  ])('names somebody without what nobody can see or store: %j', async (name, shown) => {
    const { body } = await open(signedAssertion(key, claims({ name }))).expect(201);
    const { body: session } = await adminClient(service, body.token).get('/api/session').expect(200);
    expect(session.name).toBe(shown);
  });

  it('may come from a clock that differs by half a minute', async () => {
    await open(signedAssertion(key, claims({ iat: nowSeconds() + 29, exp: nowSeconds() + 89 }))).expect(201);
    await open(signedAssertion(key, claims({ iat: nowSeconds() - 80, exp: nowSeconds() - 29 }))).expect(201);
  });

  it('works once, also for those who bring it at the same moment', async () => {
    const assertion = signedAssertion(key, claims());
    const answers = await Promise.all(Array.from({ length: 4 }, () => open(assertion)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
    expect(await refusal(assertion)).toBe('This sign-in assertion is not valid: it was used before.');
  });

  it('is not used up while the browser has to be asked about the session of somebody else', async () => {
    const { headers } = await open(signedAssertion(key, claims({ email: 'bob@example.com' }))).expect(201);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const assertion = signedAssertion(key, claims());
    const asked = await open(assertion).set('Cookie', cookie).expect(409);
    expect(asked.body).toMatchObject({ type: expect.stringContaining('other-session') as unknown });
    await service.http
      .post('/api/session')
      .set('Cookie', cookie)
      .send({ assertion, replace: true })
      .expect(201);
  });
});

describe('an assertion is refused', () => {
  it.each<[string, object, RegExp]>([
    ['that has expired', { iat: -120, exp: -61 }, /it has expired/],
    ['that is good for longer than a minute', { exp: 61 }, /longer than 60 seconds/],
    ['from the future', { iat: 40, exp: 80 }, /"iat" is in the future/],
  ])('%s', async (_, { iat = 0, exp = 60 }: { iat?: number; exp?: number }, why) => {
    const assertion = signedAssertion(key, claims({ iat: nowSeconds() + iat, exp: nowSeconds() + exp }));
    expect(await refusal(assertion)).toMatch(why);
  });

  it.each<[string, object, RegExp]>([
    ['for another audience', { aud: 'somebody' }, /"aud" is not what it has to be/],
    ['of another issuer', { iss: 'https://evil.example' }, /"iss" is not what it has to be/],
    ['without an id', { jti: undefined }, /"jti" is missing/],
    ['with an id that is no text', { jti: 7 }, /"jti" is no text/],
    ['without a person', { sub: '' }, /"sub" is no text/],
    ['without an address', { email: 'nobody' }, /"email" is no e-mail address/],
    ['with a role that does not exist', { role: 'root' }, /"role" is none of owner, editor, viewer/],
    ['for something that is no workspace', { workspace: '../x' }, /"workspace" is neither/],
    ['for an unreadable id', { workspace: 'ext:\u0000' }, /"workspace" is neither/],
    ['for a workspace that does not exist', { workspace: randomUUID() }, /names no workspace/],
    ['that has no end', { exp: undefined }, /"exp" is missing/],
  ])('%s', async (_, change, why) => {
    expect(await refusal(signedAssertion(key, claims(change)))).toMatch(why);
  });

  it('that nobody signed, or that is signed with what everybody may read', async () => {
    expect(await refusal(signedAssertion(key, claims(), { alg: 'none' }))).toMatch(/not signed by one of/);
    const [head, body] = [{ alg: 'HS256', kid: key.id }, claims()].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const secret = key.publicKey.export({ format: 'pem', type: 'spki' });
    const mac = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
    expect(await refusal(`${head}.${body}.${mac}`)).toMatch(/not signed by one of/);
    expect(await refusal(`${head}.${body}.`)).toMatch(/not signed by one of/);
  });

  it('that a key signed which is not published, or under the name of one that is', async () => {
    const foreign = newSignInKey('EdDSA');
    expect(await refusal(signedAssertion(foreign, claims()))).toMatch(/the published keys hold none/);
    expect(await refusal(signedAssertion({ ...foreign, id: key.id }, claims()))).toMatch(
      /signature is wrong/,
    );
  });

  it('that is no assertion, and what is neither or both', async () => {
    expect(await refusal('x.y.z')).toMatch(/no JSON Web Token/);
    expect(await refusal('mca_token')).toMatch(/no JSON Web Token/);
    const neither = await service.http.post('/api/session').send({}).expect(400);
    expect(neither.body.errors?.[0]?.path).toBe('code');
    const both = await service.http.post('/api/session').send({ code: 'x', assertion: 'y' }).expect(400);
    expect(both.body.errors?.[0]?.path).toBe('assertion');
  });

  it('with a 503 while the keys cannot be had, and works as soon as they can', async () => {
    const assertion = signedAssertion(key, claims());
    const troubles: NonNullable<KeyHost['instead']>[] = [
      (_, response) => response.writeHead(500).end(),
      (_, response) => response.writeHead(302, { location: host.uri }).end(),
      (_, response) => response.end('x'.repeat(300 * 1024)),
      (_, response) => response.end('{"keys":'),
      (request) => request.socket.destroy(),
    ];
    for (const trouble of troubles) {
      host.instead = trouble;
      await setIdentity();
      const answer = await open(assertion).expect(503);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
    host.instead = null;
    await setIdentity();
    await open(assertion).expect(201);
  });

  it('with a 503 by a host that is silent', async () => {
    host.instead = () => undefined;
    await setIdentity();
    await open(signedAssertion(key, claims())).expect(503);
  });
});

describe('the sign-in of the vendor', () => {
  it('is shown as it was set, and replaced whole', async () => {
    await setIdentity({ audience: 'another' });
    const { body } = await operatorClient(service).get('/operator/identity').expect(200);
    expect(body).toMatchObject({ issuer: 'https://product.example', jwksUri: host.uri, audience: 'another' });
    expect(await refusal(signedAssertion(key, claims()))).toMatch(/"aud"/);
  });

  it.each([
    'ftp://product.example/keys',
    'http://product.example/keys',
    'https://user:secret@product.example/keys',
    'product.example',
    'javascript:alert(1)',
  ])('is refused with its keys at %s', async (jwksUri) => {
    const identity = { issuer: 'a', audience: 'b', jwksUri };
    const { body } = await operatorClient(service).put('/operator/identity', identity).expect(400);
    expect(body.errors?.[0]?.path).toBe('jwksUri');
  });

  it('can be taken away: links sign in as before, and who is signed in stays so', async () => {
    const { body } = await open(signedAssertion(key, claims())).expect(201);
    await operatorClient(service).delete('/operator/identity').expect(204);
    await operatorClient(service).delete('/operator/identity').expect(404);
    await operatorClient(service).get('/operator/identity').expect(404);
    expect(await refusal(signedAssertion(key, claims()))).toMatch(/not set up/);
    await adminClient(service, body.token).get('/api/session').expect(200);
  });

  it('is trusted no more once it is taken away or replaced, also by who was being checked', async () => {
    for (const end of [
      () => operatorClient(service).delete('/operator/identity').expect(204),
      () => setIdentity({ issuer: 'https://next.example' }),
    ]) {
      await setIdentity();
      let answerKeys = (): void => undefined;
      const asked = new Promise<void>((resolve) => {
        host.instead = (_, response) => {
          answerKeys = () => response.end(JSON.stringify(host.published()));
          resolve();
        };
      });
      const opening = refusal(signedAssertion(key, claims()));
      await asked;
      await end();
      answerKeys();
      expect(await opening).toMatch(/changed meanwhile/);
    }
  });

  it('opens no session of a workspace that is being erased', async () => {
    const { id } = await givenWorkspace(service);
    const eraser = service.dataSource.createQueryRunner();
    await eraser.startTransaction();
    await eraser.query('SELECT FROM workspace WHERE id = $1 FOR UPDATE', [id]);
    await eraser.query('DELETE FROM admin_session WHERE workspace_id = $1', [id]);
    let isAnswered = false;
    const opening = (async () => {
      const { status } = await open(signedAssertion(key, claims({ workspace: id })));
      isAnswered = true;
      return status;
    })();
    const waits = async () => {
      const rows = await service.dataSource.query<unknown[]>('SELECT FROM pg_locks WHERE NOT granted');
      return rows.length > 0;
    };
    while (!isAnswered && !(await waits()));
    await eraser.query('DELETE FROM workspace WHERE id = $1', [id]);
    await eraser.commitTransaction();
    await eraser.release();
    // By when it looks, the workspace is still being erased, or gone.
    expect([401, 404]).toContain(await opening);
    const left = await service.dataSource.query<unknown[]>(
      'SELECT FROM admin_session WHERE workspace_id = $1',
      [id],
    );
    expect(left).toEqual([]);
  });

  it('is forgotten by no one: spent assertions are kept as long as they could be believed', async () => {
    const assertion = signedAssertion(key, claims());
    await open(assertion).expect(201);
    const spent = async () =>
      (await service.dataSource.query<{ count: number }[]>(`SELECT count(*)::int FROM spent_assertion`))[0]
        ?.count;
    const before = await spent();
    service.clock.advance({ hours: 2 });
    await service.provider<{ forgetSpent: () => Promise<void> }>('IdentityService').forgetSpent();
    expect(before).toBeGreaterThan(0);
    expect(await spent()).toBe(0);
    expect(await refusal(assertion)).toMatch(/expired/);
  });
});
