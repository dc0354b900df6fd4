import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LogWriter } from '../../src/provisioning-log/log-writer.ts';
import type { Schema } from '../harness/answers.ts';
import { startService } from '../harness/service.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { activate, adminClient, givenWorkspace, scimClient, signIn } from '../harness/workspace.ts';

type Client = Schema<'IssuedOAuthClientResponse'>;
type Granted = Schema<'AccessTokenResponse'>;

const service = useService();
const workspace = useWorkspace(service);
let client: Client;

beforeEach(async () => {
  client = (await workspace.admin.post('/api/oauth-clients', { name: 'Entra' }).expect(201)).body;
});

const grant = 'grant_type=client_credentials';

/** Asks for an access token with the credentials in the body. */
function ask(body: string, headers: Record<string, string> = {}, url = service.url): Promise<Response> {
  return fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
}

function formOf({ id, secret }: Pick<Client, 'id' | 'secret'>): string {
  return `${grant}&client_id=${id}&client_secret=${secret}`;
}

async function granted(by: Pick<Client, 'id' | 'secret'> = client): Promise<Granted> {
  const answer = await ask(formOf(by));
  expect(answer.status).toBe(200);
  return (await answer.json()) as Granted;
}

/** Status, error and description. */
async function refused(answer: Response): Promise<[number, string, string]> {
  const { error, error_description: description } = (await answer.json()) as Record<string, string>;
  return [answer.status, error ?? '', description ?? ''];
}

/** Status and error. */
const codeOf = async (answer: Response) => (await refused(answer)).slice(0, 2);

const opens = async (token: string, on = service) => (await scimClient(on, token).get('/Users')).status;

describe('POST /oauth/token', () => {
  it('answers the credentials in the body with a token for the workspace of the client', async () => {
    const answer = await ask(formOf(client));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
    ]);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    const token = (await answer.json()) as Granted;
    expect(token).toEqual({
      access_token: expect.stringMatching(/^mco_/),
      token_type: 'Bearer',
      expires_in: 3_600,
    });
    const scim = scimClient(service, token.access_token);
    await scim.post('/Users', { schemas: [], userName: 'ada@example.com' }).expect(201);
    const { body } = await workspace.scim.get('/Users').expect(200);
    expect(body.totalResults).toBe(1);
  });

  it('answers HTTP Basic as well, and names the scope that was asked for', async () => {
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
    const answer = await ask(`${grant}&scope=anything`, { authorization: `Basic ${basic}` });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ scope: 'scim', token_type: 'Bearer' });
  });

  it('refuses in the form of RFC 6749, with the challenge where the header was used', async () => {
    const wrong = { id: client.id, secret: `${client.secret.slice(0, -6)}AAAAAA` };
    expect(await refused(await ask(formOf(wrong)))).toEqual([
      401,
      'invalid_client',
      expect.stringContaining('mcc_'),
    ]);
    const basic = Buffer.from(`${client.id}:wrong`).toString('base64');
    const byHeader = await ask(grant, { authorization: `Basic ${basic}` });
    expect(byHeader.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await codeOf(byHeader)).toEqual([401, 'invalid_client']);
    expect(await codeOf(await ask('grant_type=password&username=x&password=y'))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
    expect(await codeOf(await ask(''))).toEqual([400, 'invalid_request']);
    expect(await codeOf(await ask(`${formOf(client)}&client_id=${client.id}`))).toEqual([
      400,
      'invalid_request',
    ]);
    const json = await ask(JSON.stringify({ grant_type: 'client_credentials' }), {
      'content-type': 'application/json',
    });
    expect(await codeOf(json)).toEqual([415, 'invalid_request']);
    expect(await codeOf(await ask(`${grant}&x=${'y'.repeat(5_000)}`))).toEqual([413, 'invalid_request']);
  });

  it('refuses the secret of one client for another one, and tells nobody whether a client exists', async () => {
    const other = await givenWorkspace(service, { name: 'Other AG' });
    const theirs = (await other.admin.post('/api/oauth-clients', {}).expect(201)).body;
    const mixed = await refused(await ask(formOf({ id: client.id, secret: theirs.secret })));
    const unknown = await refused(
      await ask(formOf({ id: '01890000-0000-7000-8000-000000000000', secret: theirs.secret })),
    );
    expect(mixed).toEqual(unknown);
    expect(mixed.slice(0, 2)).toEqual([401, 'invalid_client']);
  });

  it('gives one client no more than 20 tokens a minute', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask(formOf(client))));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(4);
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(limited[0]!)).toEqual([429, 'temporarily_unavailable']);
  });
});

describe('an access token', () => {
  it('expires after the minutes of its client, between one hour and six', async () => {
    const { admin } = workspace;
    for (const accessTokenMinutes of [59, 361, 60.5, 'x'])
      await admin.post('/api/oauth-clients', { accessTokenMinutes }).expect(400);
    const long = (await admin.post('/api/oauth-clients', { accessTokenMinutes: 360 }).expect(201)).body;
    const [short, six] = [await granted(), await granted(long)];
    expect(six.expires_in).toBe(21_600);
    service.clock.advance({ minutes: 59 });
    expect(await opens(short.access_token)).toBe(200);
    service.clock.advance({ minutes: 1 });
    const over = await scimClient(service, short.access_token).get('/Users').expect(401);
    expect(over.headers['www-authenticate']).toContain('error="invalid_token"');
    expect(over.body.detail).toContain('Ask POST /oauth/token for another one');
    expect(await opens(six.access_token)).toBe(200);
  });

  it('is named by its client in the provisioning log', async () => {
    await opens((await granted()).access_token);
    await service.provider<LogWriter>('LogWriter').flush();
    const { body } = await workspace.admin.get(`/api/provisioning-log?tokenId=${client.id}`).expect(200);
    expect(body.items).toMatchObject([{ token: { name: 'Entra', lastFour: client.secret.slice(-4) } }]);
  });

  it('opens nothing but SCIM, and a client secret opens not even that', async () => {
    const { access_token: token } = await granted();
    await adminClient(service, token).get('/api/session').expect(401);
    await adminClient(service, token).get('/operator/workspaces').expect(401);
    const asToken = await scimClient(service, client.secret).get('/Users').expect(401);
    expect(asToken.body.detail).toContain('POST /oauth/token');
    expect(asToken.body.detail).not.toContain(client.secret.slice(0, 12));
  });

  it('ends at once with its client, in every process', async () => {
    const second = await startService({ databaseUrl: service.databaseUrl, clock: service.clock });
    const { access_token: token } = await granted();
    expect([await opens(token), await opens(token, second)]).toEqual([200, 200]);
    await workspace.admin.delete(`/api/oauth-clients/${client.id}`).expect(204);
    const over = await scimClient(service, token).get('/Users').expect(401);
    expect(over.body.detail).toContain('was revoked');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await opens(token, second)).toBe(401);
    expect(await codeOf(await ask(formOf(client)))).toEqual([401, 'invalid_client']);
    await second.stop();
  });

  it('ends with provisioning for good, and rests while the workspace is suspended', async () => {
    const { operator, id } = workspace;
    const { access_token: token } = await granted();
    await operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
    expect(await opens(token)).toBe(403);
    expect(await codeOf(await ask(formOf(client)))).toEqual([401, 'invalid_client']);
    await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    expect(await opens(token)).toBe(200);
    const admin = adminClient(service, await signIn(service, id));
    await admin.post('/api/user-provisioning/deactivate').expect(200);
    expect(await opens(token)).toBe(401);
    await activate(admin);
    expect(await opens(token)).toBe(401);
    expect(await codeOf(await ask(formOf(client)))).toEqual([401, 'invalid_client']);
  });

  it('and the secrets of clients are stored as hashes, and erased with the workspace', async () => {
    const { access_token: token } = await granted();
    const tables = ['api_token', 'api_token_secret', 'oauth_client_secret', 'audit_log', 'event'];
    for (const table of tables) {
      const rows = await service.dataSource.query<unknown[]>(
        `SELECT row_to_json(t)::text AS row FROM ${table} t`,
      );
      for (const secret of [token, client.secret]) expect(JSON.stringify(rows)).not.toContain(secret);
    }
    await workspace.operator.delete(`/operator/workspaces/${workspace.id}`).expect(204);
    for (const table of ['api_token', 'api_token_secret', 'oauth_client_secret']) {
      const [row] = await service.dataSource.query<{ left: string }[]>(
        `SELECT count(*) AS left FROM ${table} WHERE workspace_id = $1`,
        [workspace.id],
      );
      expect(row?.left).toBe('0');
    }
  });
});

describe('OAuth clients', () => {
  it('have two secrets at once while one is replaced, and never three', async () => {
    const { admin } = workspace;
    const path = `/api/oauth-clients/${client.id}` as const;
    const second = (await admin.post(`${path}/rotate`, { overlapHours: 24 }).expect(201)).body;
    expect(second.secrets).toHaveLength(2);
    for (const secret of [client.secret, second.secret]) await granted({ id: client.id, secret });
    const third = (await admin.post(`${path}/rotate`, { overlapHours: 24 }).expect(201)).body;
    expect(third.secrets.map(({ lastFour }) => lastFour)).toEqual([
      third.secret.slice(-4),
      second.secret.slice(-4),
    ]);
    const first = await refused(await ask(formOf(client)));
    expect(first).toEqual([401, 'invalid_client', expect.stringContaining('was replaced')]);
    for (const { secret } of [second, third]) await granted({ id: client.id, secret });
    service.clock.advance({ hours: 24 });
    expect((await ask(formOf({ id: client.id, secret: second.secret }))).status).toBe(401);
    await granted({ id: client.id, secret: third.secret });
    const again = adminClient(service, await signIn(service, workspace.id));
    const now = (await again.post(`${path}/rotate`, { overlapHours: 0 }).expect(201)).body;
    expect(now.secrets).toHaveLength(1);
    expect((await ask(formOf({ id: client.id, secret: third.secret }))).status).toBe(401);
  });

  it('are listed without secrets, apart from API tokens, and belong to their workspace', async () => {
    const { admin } = workspace;
    await granted();
    const { items } = (await admin.get('/api/oauth-clients').expect(200)).body;
    expect(items).toMatchObject([
      {
        id: client.id,
        name: 'Entra',
        state: 'active',
        accessTokenMinutes: 60,
        tokenUrl: `${service.config.publicUrl}/oauth/token`,
        createdBy: 'admin@example.com',
        secrets: [{ lastFour: client.secret.slice(-4), expiresAt: null, lastUsedAt: expect.any(String) }],
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(client.secret);
    const tokens = (await admin.get('/api/tokens').expect(200)).body.items;
    expect(tokens.map(({ id }) => id)).not.toContain(client.id);
    await admin.delete(`/api/tokens/${client.id}`).expect(404);
    await admin.post(`/api/tokens/${client.id}/rotate`).expect(404);
    const other = await givenWorkspace(service, { name: 'Other AG' });
    await other.admin.get(`/api/oauth-clients/${client.id}`).expect(404);
    await other.admin.post(`/api/oauth-clients/${client.id}/rotate`).expect(404);
    await other.admin.delete(`/api/oauth-clients/${client.id}`).expect(404);
    await granted();
  });

  it('are at most five, beside as many API tokens, and each step is in the audit log', async () => {
    const { admin } = workspace;
    for (let n = 1; n < 5; n += 1) await admin.post('/api/oauth-clients', {}).expect(201);
    const { body } = await admin.post('/api/oauth-clients', {}).expect(409);
    expect(body).toMatchObject({
      type: expect.stringMatching(/too-many-clients$/) as unknown,
      clientsMax: 5,
    });
    for (let n = 1; n < 5; n += 1) await admin.post('/api/tokens', {}).expect(201);
    await admin.post(`/api/oauth-clients/${client.id}/rotate`).expect(201);
    await admin.delete(`/api/oauth-clients/${client.id}`).expect(204);
    await admin.delete(`/api/oauth-clients/${client.id}`).expect(204);
    await admin.post(`/api/oauth-clients/${client.id}/rotate`).expect(409);
    await admin.post('/api/oauth-clients', {}).expect(201);
    const audit = (await admin.get('/api/audit-log').expect(200)).body.items;
    const ofClient = audit.filter(({ target }) => target === client.id).map(({ action }) => action);
    expect(ofClient).toEqual(['oauth-client.revoked', 'oauth-client.rotated', 'oauth-client.created']);
  });

  it('cannot be made while provisioning is off', async () => {
    const inactive = await givenWorkspace(service, { active: false });
    const { body } = await inactive.admin.post('/api/oauth-clients', {}).expect(409);
    expect(body.type).toMatch(/not-active$/);
  });

  it('are announced by ServiceProviderConfig', async () => {
    const { body } = await service.http.get('/scim/v2/ServiceProviderConfig').expect(200);
    const { authenticationSchemes } = body as {
      authenticationSchemes: { type: string; description: string }[];
    };
    expect(authenticationSchemes.map(({ type }) => type)).toEqual(['oauthbearertoken', 'oauth2']);
    expect(authenticationSchemes[1]?.description).toContain(`${service.config.publicUrl}/oauth/token`);
  });
});
