import { describe, expect, it } from '@jest/globals';
import type { LogWriter } from '../../src/provisioning-log/log-writer.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenProductKey, givenWorkspace, productClient } from '../harness/workspace.ts';

const max = 3;

const service = useService({
  config: {
    USERS_PER_WORKSPACE: String(max),
    GROUPS_PER_WORKSPACE: String(max),
    MEMBERS_PER_WORKSPACE: String(max),
    LOG_MEGABYTES_PER_DAY: '1',
  },
});
const workspace = useWorkspace(service);

const userOf = (n: number) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `person-${n}@example.com`,
  emails: [{ value: `person-${n}@example.com`, primary: true }],
});
const groupOf = (n: number) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName: `Group ${n}`,
});

describe.each([
  ['/Users', userOf, 'users'],
  ['/Groups', groupOf, 'groups'],
] as const)('the quota of %s', (path, resourceOf, quota) => {
  it('lets as many be created as it says, then refuses with a SCIM error that says why', async () => {
    const { scim } = workspace;
    for (let n = 0; n < max; n += 1) await scim.post(path, resourceOf(n)).expect(201);
    const refused = await scim.post(path, resourceOf(max)).expect(403);
    expect(refused.headers['content-type']).toMatch(/^application\/scim\+json/);
    expect(refused.body).toMatchObject({
      status: '403',
      detail: expect.stringContaining(`has as many ${quota} in the directory as it may: ${max}`) as unknown,
    });
  });

  it('is not exceeded by many at once, and holds up no other workspace', async () => {
    const other = await givenWorkspace(service, { name: 'Other AG' });
    const [answers, elsewhere] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, (_, n) => workspace.scim.post(path, resourceOf(n)))),
      other.scim.post(path, resourceOf(0)),
    ]);
    const created = answers.filter(({ status }) => status === 201);
    expect([created.length, elsewhere.status]).toEqual([max, 201]);
    const { body } = await workspace.scim.get(path).expect(200);
    expect(body.totalResults).toBe(max);
  });

  it('has room again when one has gone, and what is there can be changed all the while', async () => {
    const { scim } = workspace;
    const ids: string[] = [];
    for (let n = 0; n < max; n += 1)
      ids.push((await scim.post(path, resourceOf(n)).expect(201)).body.id ?? '');
    await scim.post(path, resourceOf(max)).expect(403);
    await scim.put(`${path}/${ids[0]}`, resourceOf(9)).expect(200);
    await scim.delete(`${path}/${ids[0]}`).expect(204);
    let status = 403;
    for (let attempt = 0; status === 403 && attempt < 50; attempt += 1) {
      ({ status } = await scim.post(path, resourceOf(max)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(status).toBe(201);
  });

  it('counts in a bulk request, whose other operations are done', async () => {
    const { scim } = workspace;
    const operations = Array.from({ length: max + 1 }, (_, n) => ({
      method: 'POST',
      path,
      bulkId: `b${n}`,
      data: resourceOf(n),
    }));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    const { body } = await scim.post('/Bulk', { schemas, Operations: operations }).expect(200);
    const { Operations } = body as { Operations: { status: string }[] };
    expect(Operations.map(({ status }) => status)).toEqual(['201', '201', '201', '403']);
  });
});

describe('the quota of members', () => {
  const email = (n: number) => `member-${n}@example.com`;

  it('refuses an admin with a problem document that names it', async () => {
    const { admin } = workspace;
    for (let n = 0; n < max; n += 1) await admin.post('/api/members', { email: email(n) }).expect(201);
    const { body } = await admin.post('/api/members', { email: email(max) }).expect(403);
    expect(body).toMatchObject({
      type: 'urn:user-provisioning:problem:quota-reached',
      quota: 'members',
      max,
    });
  });

  it('refuses a file as a whole, and the new lines of a batch that are beyond it', async () => {
    const csv = ['email', ...Array.from({ length: max + 1 }, (_, n) => email(n))].join('\n');
    const importing = workspace.admin.post('/api/members/import').set('Content-Type', 'text/csv').send(csv);
    expect((await importing.expect(403)).body.type).toMatch(/quota-reached$/);
    const { secret } = await givenProductKey(service);
    const client = productClient(service, secret);
    const path = `/operator/workspaces/${workspace.id}/members`;
    const lines = Array.from({ length: max + 2 }, (_, n) =>
      JSON.stringify({ externalId: `v${n}`, email: email(n) }),
    );
    const answer = await client
      .post(`${path}/batch`)
      .set('Content-Type', 'application/x-ndjson')
      .send(lines.join('\n'))
      .buffer(true)
      .expect(200);
    const outcomes = String((answer as { text?: string }).text)
      .trim()
      .split('\n');
    const read = outcomes.map((line) => JSON.parse(line) as { outcome: string; problem?: { type: string } });
    expect(read.map(({ outcome }) => outcome)).toEqual([
      'created',
      'created',
      'created',
      'refused',
      'refused',
    ]);
    expect(read.at(-1)?.problem?.type).toMatch(/quota-reached$/);
    await client.put(`${path}/ext:new`, { email: 'new@example.com' }).expect(403);
    await client.put(`${path}/ext:v0`, { email: 'other@example.com' }).expect(200);
  });

  it('keeps no run from making members of people who were received', async () => {
    const { admin, scim } = workspace;
    for (let n = 0; n < max; n += 1) await admin.post('/api/members', { email: email(n) }).expect(201);
    await scim.post('/Users', userOf(1)).expect(201);
    const run = await admin.post('/api/sync-runs', {}).expect(202);
    let state = 'queued';
    while (state === 'queued' || state === 'running') {
      ({ state } = (await admin.get(`/api/sync-runs/${run.body.id}`).expect(200)).body);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(state).toBe('succeeded');
    const { body } = await admin.get('/api/members?limit=50').expect(200);
    expect(body.items).toHaveLength(max + 1);
  });
});

describe('the quota of the log', () => {
  /** Too large for the directory: the refused body is logged up to its limit. */
  const large = { schemas: [], userName: 'x', displayName: 'y'.repeat(15_000) };
  const flush = () => service.provider<LogWriter>('LogWriter').flush();
  const newest = async () =>
    (await workspace.admin.get('/api/provisioning-log?limit=1').expect(200)).body.items[0]!;

  it('keeps the line of each request beyond it, without its body, and ends with the day', async () => {
    const { scim, admin } = workspace;
    for (let batch = 0; batch < 3; batch += 1) {
      await Promise.all(Array.from({ length: 30 }, () => scim.post('/Users/.search', large)));
      await flush();
    }
    await scim.post('/Users/.search', large);
    await flush();
    const { id } = await newest();
    const entry = (await admin.get(`/api/provisioning-log/${id}`).expect(200)).body;
    expect(JSON.stringify(entry)).toContain('the log of this day is full');
    expect(JSON.stringify(entry)).not.toContain('yyyy');
    const { body } = await admin.get('/api/user-provisioning/quotas').expect(200);
    expect(body.items.find(({ name }) => name === 'logMegabytesToday')).toMatchObject({ max: 1 });
    service.clock.advance({ days: 1 });
    const tomorrow = await givenWorkspace(service);
    await tomorrow.scim.post('/Users/.search', large);
    await flush();
    const [first] = (await tomorrow.admin.get('/api/provisioning-log?limit=1').expect(200)).body.items;
    const kept = (await tomorrow.admin.get(`/api/provisioning-log/${first!.id}`).expect(200)).body;
    expect(JSON.stringify(kept)).toContain('yyyy');
  });
});

it('the operator and the admin see how much of each quota is used', async () => {
  const { admin, operator, scim, id } = workspace;
  await scim.post('/Users', userOf(1)).expect(201);
  await scim.post('/Groups', groupOf(1)).expect(201);
  await admin.post('/api/members', { email: 'one@example.com' }).expect(201);
  const items = [
    { name: 'users', used: 1, max },
    { name: 'groups', used: 1, max },
    { name: 'members', used: 1, max },
    { name: 'logMegabytesToday', used: 0, max: 1 },
  ];
  expect((await admin.get('/api/user-provisioning/quotas').expect(200)).body).toEqual({ items });
  expect((await operator.get(`/operator/workspaces/${id}/quotas`).expect(200)).body).toEqual({ items });
});
