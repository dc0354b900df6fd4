import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/database/ids.ts';
import { dbOf } from '../../src/database/db-of.ts';
import type { LeaversService } from '../../src/sync/workers/leavers.service.ts';
import type { NightlyService } from '../../src/sync/workers/nightly.service.ts';
import { claimRun } from '../../src/sync/record/run-lease.ts';
import { queueRun } from '../../src/sync/record/run-statements.ts';
import type { SuspensionsService } from '../../src/workspaces/suspensions.service.ts';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson, personBody } from '../harness/directory-person.ts';
import { allMembers, eventually, runEnded, synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import {
  activate,
  adminClient,
  type Client,
  givenWorkspace,
  operatorClient,
  signIn,
  startAutomaticSync,
  type TestWorkspace,
} from '../harness/workspace.ts';

type WorkspaceBody = Schema<'WorkspaceResponse'>;

const service = useService();
let operator: Client;

beforeAll(() => {
  operator = operatorClient(service);
});

async function makeWorkspace(name: string): Promise<WorkspaceBody> {
  const response = await operator.post('/operator/workspaces', { name }).expect(201);
  return response.body;
}

describe('the operator API', () => {
  it.each([
    ['no token', undefined],
    ['another token', 'Bearer something-else-altogether'],
    ['the right token under another scheme', `Basic operator-token-of-the-tests`],
    ['an empty token', 'Bearer '],
  ])('refuses %s with 401 and a challenge', async (_what, authorization) => {
    const request = service.http.get('/operator/workspaces');
    const response = await (authorization === undefined
      ? request
      : request.set('Authorization', authorization));
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="operator"/);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.stringify(response.body)).not.toContain('operator-token-of-the-tests');
  });

  it('makes a workspace that is not entitled', async () => {
    const workspace = await makeWorkspace('  Müller & Söhne ');
    expect(workspace).toMatchObject({
      name: 'Müller & Söhne',
      slug: 'muller-sohne',
      entitled: false,
      state: 'not_entitled',
    });
    const shown = await operator.get(`/operator/workspaces/${workspace.id}`).expect(200);
    expect(shown.body).toEqual(workspace);
  });

  it('gives workspaces of one name different slugs, also when they are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 9 }, () => makeWorkspace('Twin')));
    const slugs = made.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(9);
    expect(slugs).toEqual(expect.arrayContaining(['twin', 'twin-2', 'twin-3', 'twin-4', 'twin-5']));
    expect(slugs.every((slug) => /^twin(-[0-9a-z]+)?$/.test(slug))).toBe(true);
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'W\u202ex' }, 'name'],
    [{ name: '\u200b' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'x', colour: 'red' }, 'colour'],
  ])('refuses the workspace %j, naming %s', async (body, path) => {
    const response = await operator.post('/operator/workspaces', body).expect(400);
    expect(response.body).toMatchObject({ type: expect.stringMatching(/bad-input$/) as unknown });
    expect(response.body.errors?.[0]?.path).toBe(path);
  });

  it('refuses a body that is not a JSON object', async () => {
    await operator.post('/operator/workspaces', []).expect(400);
    await operator.post('/operator/workspaces').expect(400);
    const malformed = service.http.post('/operator/workspaces').set('Content-Type', 'application/json');
    await malformed.set('Authorization', 'Bearer operator-token-of-the-tests').send('{"name":').expect(400);
  });

  it('entitles, and takes the entitlement back', async () => {
    const { id } = await makeWorkspace('Entitled');
    const entitled = await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    expect(entitled.body).toMatchObject({ entitled: true, state: 'inactive' });
    const again = await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    expect(again.body).toEqual(entitled.body);
    const taken = await operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
    expect(taken.body).toMatchObject({ entitled: false, state: 'not_entitled' });
  });

  it('renames, keeping the slug', async () => {
    const { id, slug } = await makeWorkspace('Old name');
    const renamed = await operator.patch(`/operator/workspaces/${id}`, { name: 'New name' }).expect(200);
    expect(renamed.body).toMatchObject({ name: 'New name', slug });
  });

  it.each([{ entitled: 'yes' }, { entitled: null }, { name: '' }, { slug: 'mine' }])(
    'refuses the change %j',
    async (change) => {
      const { id } = await makeWorkspace('Unchanged');
      await operator.patch(`/operator/workspaces/${id}`, change).expect(400);
      const shown = await operator.get(`/operator/workspaces/${id}`);
      expect(shown.body).toMatchObject({ name: 'Unchanged', entitled: false });
    },
  );

  it.each(['00000000-0000-7000-8000-000000000000', 'no-uuid', '%00', "';--"])(
    'answers 404 for the id %s on every route',
    async (id) => {
      const path = `/operator/workspaces/${id}`;
      const answers = await Promise.all([
        operator.get(path),
        operator.patch(path, { entitled: true }),
        operator.delete(path),
        operator.post(`${path}/admin-links`, { email: 'admin@example.com' }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    },
  );

  it('lists every workspace once, page by page', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, (_, n) => makeWorkspace(`Listed ${n}`)));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const response = await operator.get(`/operator/workspaces?limit=2${query}`).expect(200);
      const page = response.body;
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  });

  it.each(['limit=0', 'limit=201', 'limit=many', 'cursor=bogus', 'cursor=%00'])(
    'refuses a list with %s',
    async (query) => {
      await operator.get(`/operator/workspaces?${query}`).expect(400);
    },
  );
});

describe('activation', () => {
  it('without entitlement is a 403 that says who to ask', async () => {
    const { admin } = await givenWorkspace(service, { entitled: false });
    const response = await admin.post('/api/user-provisioning/activate').expect(403);
    expect(response.body).toMatchObject({ type: expect.stringMatching(/not-entitled$/) as unknown });
    expect(response.body.detail).toContain('contact at Mooncamp');
  });

  it('twice is a 409', async () => {
    const { admin } = await givenWorkspace(service);
    const response = await admin.post('/api/user-provisioning/activate').expect(409);
    expect(response.body).toMatchObject({ type: expect.stringMatching(/already-active$/) as unknown });
  });

  it.each([
    ['en-GB', 'Identity provider', 'Department'],
    ['de-DE', 'Identitätsanbieter', 'Abteilung'],
  ])('names what it makes in the language of the admin: %s', async (language, token, property) => {
    const { admin } = await givenWorkspace(service, { active: false });
    const { body } = await admin
      .post('/api/user-provisioning/activate')
      .set('Accept-Language', language)
      .expect(201);
    const { body: properties } = await admin.get('/api/properties').expect(200);
    expect([body.token.name, properties.items.map(({ name }) => name)]).toEqual([token, [property]]);
  });

  it('at the same time by two admins happens once', async () => {
    const { admin } = await givenWorkspace(service, { active: false });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => admin.post('/api/user-provisioning/activate')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('plans no nightly synchronization until it is started', async () => {
    const { admin, operator, id } = await givenWorkspace(service);
    expect(await operator.get(`/operator/workspaces/${id}`)).toMatchObject({ body: { state: 'active' } });
    const before = await admin.get('/api/user-provisioning').expect(200);
    expect(before.body).toMatchObject({ automaticSync: 'not_started', nextSyncAt: null });
    await startAutomaticSync(admin);
    const after = await admin.get('/api/user-provisioning').expect(200);
    expect(after.body).toMatchObject({
      automaticSync: 'on',
      nextSyncAt: expect.stringMatching(/^2026-11-25T01:/),
    });
  });
});

describe('the end of provisioning', () => {
  it('by deactivation stops tokens at once, and old ones never revive', async () => {
    const { admin, scim } = await givenWorkspace(service);
    await scim.get('/Users').expect(200);
    await admin.post('/api/user-provisioning/deactivate').expect(200);
    const stopped = await scim.get('/Users').expect(401);
    expect(stopped.body.detail).toMatch(/not active/);
    await activate(admin);
    await scim.get('/Users').expect(401);
  });
});

describe('erasing a workspace', () => {
  it('goes through every table that has rows of a workspace', async () => {
    const rows = await service.dataSource.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY table_name`,
    );
    expect([...workspaceTables].sort()).toEqual(rows.map(({ name }) => name));
  });

  it('leaves nothing of it, and everything of others', async () => {
    const other = await givenWorkspace(service, { name: 'Stays' });
    const gone = await givenWorkspace(service, { name: 'Goes' });
    await gone.scim.get('/Users').expect(200);
    await operator.delete(`/operator/workspaces/${gone.id}`).expect(204);
    await operator.get(`/operator/workspaces/${gone.id}`).expect(404);
    await gone.admin.get('/api/session').expect(401);
    await gone.scim.get('/Users').expect(401);
    for (const table of workspaceTables) {
      const rows = await service.dataSource.query<unknown[]>(
        `SELECT 1 FROM ${table} WHERE workspace_id = $1`,
        [gone.id],
      );
      expect({ table, rows: rows.length }).toEqual({ table, rows: 0 });
    }
    await other.admin.get('/api/session').expect(200);
    await other.scim.get('/Users').expect(200);
  });
});

describe('the record of an erasure', () => {
  interface Erasure {
    id: string;
    workspaceId: string;
    at: string;
  }

  async function erasures(query = ''): Promise<{ items: Erasure[]; nextCursor: string | null }> {
    const { body } = await operator.get(`/operator/erasures${query}`).expect(200);
    return body;
  }

  it('says who, when and how many, and names nobody', async () => {
    const gone = await givenWorkspace(service, { name: 'Gone GmbH', adminEmail: 'admin@gone.example' });
    for (const userName of ['ada@gone.example', 'eve@gone.example'])
      await gone.scim.post('/Users', { userName }).expect(201);
    await gone.scim.post('/Groups', { displayName: 'Gone team' }).expect(201);
    await gone.admin.post('/api/members', { email: 'bob@gone.example' }).expect(201);
    const at = service.clock.now().toISOString();
    await operator.delete(`/operator/workspaces/${gone.id}`).expect(204);
    await operator.delete(`/operator/workspaces/${gone.id}`).expect(404);
    const { items } = await erasures(`?workspaceId=${gone.id}`);
    expect(items).toEqual([
      {
        id: expect.any(String),
        workspaceId: gone.id,
        workspaceExternalId: null,
        at,
        by: 'operator',
        byName: null,
        erased: { users: 2, groups: 1, members: 1 },
      },
    ]);
    const rows = await service.dataSource.query<unknown[]>('SELECT * FROM workspace_erasure');
    expect(JSON.stringify([items, rows])).not.toMatch(/gone/i);
  });

  it('is there once, when two erase the same workspace at once', async () => {
    const gone = await givenWorkspace(service, { active: false });
    const path = `/operator/workspaces/${gone.id}`;
    const answers = await Promise.all([operator.delete(path), operator.delete(path)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await erasures(`?workspaceId=${gone.id}`)).items).toHaveLength(1);
  });

  it('is not there when the erasure failed, nor for a workspace that never was', async () => {
    const stays = await givenWorkspace(service, { active: false });
    await service.dataSource.query(
      `CREATE FUNCTION refuse_erasure() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '55P03'; END $$`,
    );
    await service.dataSource.query(
      'CREATE TRIGGER refuse BEFORE DELETE ON audit_log EXECUTE FUNCTION refuse_erasure()',
    );
    try {
      await operator.delete(`/operator/workspaces/${stays.id}`).expect(503);
    } finally {
      await service.dataSource.query('DROP FUNCTION refuse_erasure CASCADE');
    }
    await operator.get(`/operator/workspaces/${stays.id}`).expect(200);
    await operator.delete('/operator/workspaces/01890000-0000-7000-8000-000000000000').expect(404);
    expect((await erasures(`?workspaceId=${stays.id}`)).items).toEqual([]);
  });

  it('is one of a list, the newest first, page by page, for the operator alone', async () => {
    const all = await erasures();
    expect(all.items.length).toBeGreaterThan(1);
    const listed: Erasure[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Erasure[]; nextCursor: string | null } = await erasures(
        `?limit=1&cursor=${cursor}`,
      );
      listed.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(listed).toEqual(all.items);
    const times = listed.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
    const { admin } = await givenWorkspace(service);
    await admin.get('/operator/erasures').expect(401);
  });
});

describe('the settings', () => {
  it('start with their defaults and change in part', async () => {
    const { admin } = await givenWorkspace(service);
    const path = '/api/user-provisioning/settings';
    const defaults = {
      dailySyncAt: '02:00',
      schedule: { which: 'daily', times: ['06:00', '12:00', '18:00'], everyHours: 4 },
      timeZone: 'Europe/Berlin',
      leavers: 'immediately',
      returners: 'immediately',
      onLeave: 'deactivate',
      heldLeavers: 'suspend',
      graceDays: 30,
      linkByEmail: true,
      absentActiveIsInactive: false,
      removalGuard: { percent: 20, atLeast: 10 },
      groups: { which: 'all', pattern: '*', picked: [] },
      seatOrder: { by: 'first_come', groups: [] },
      privilegedRoles: 'reviewed',
    };
    expect((await admin.get(path).expect(200)).body).toEqual(defaults);
    await startAutomaticSync(admin);
    const change = { timeZone: 'Asia/Kathmandu', dailySyncAt: '16:00', removalGuard: { percent: 5 } };
    const changed = await admin.patch(path, change).expect(200);
    expect(changed.body).toEqual({ ...defaults, ...change, removalGuard: { percent: 5, atLeast: 10 } });
    const { nextSyncAt } = (await admin.get('/api/user-provisioning').expect(200)).body;
    expect(nextSyncAt).toMatch(/^2026-11-24T1[01]:/);
  });

  it('refuse what is wrong, naming it, and stay as they were', async () => {
    const { admin } = await givenWorkspace(service);
    const path = '/api/user-provisioning/settings';
    const change = { graceDays: 1, timeZone: 'Mars/Olympus', removalGuard: { percent: 101, maximum: 3 } };
    const response = await admin.patch(path, change).expect(400);
    const paths = response.body.errors?.map((fault) => fault.path);
    expect([...new Set(paths)].sort()).toEqual(['removalGuard.maximum', 'removalGuard.percent', 'timeZone']);
    expect((await admin.get(path)).body).toMatchObject({ graceDays: 30, timeZone: 'Europe/Berlin' });
  });
});

describe('the audit log', () => {
  it('has every action of operator and admin', async () => {
    const { id, admin } = await givenWorkspace(service, { adminEmail: 'ada@example.com' });
    await admin.patch('/api/user-provisioning/settings', { graceDays: 5 }).expect(200);
    const second = adminClient(service, await signIn(service, id, 'bob@example.com'));
    await second.post('/api/user-provisioning/deactivate').expect(200);
    const entries = await service.dataSource.query<
      { actor_kind: string; actor_email: string | null; action: string }[]
    >('SELECT actor_kind, actor_email, action FROM audit_log WHERE workspace_id = $1 ORDER BY id', [id]);
    const told = entries.map(
      ({ actor_kind, actor_email, action }) => `${actor_email ?? actor_kind} ${action}`,
    );
    expect(told).toEqual([
      'operator workspace.created',
      'operator workspace.entitled',
      'operator admin-link.created',
      'ada@example.com session.opened',
      'ada@example.com provisioning.activated',
      'ada@example.com token.issued',
      'ada@example.com settings.changed',
      'operator admin-link.created',
      'bob@example.com session.opened',
      'bob@example.com provisioning.deactivated',
    ]);
  });
});

describe('losing the entitlement', () => {
  const lose = ({ id }: TestWorkspace) =>
    operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
  const giveBack = ({ id }: TestWorkspace) =>
    operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
  const inDays = (days: number) => new Date(service.clock.now().getTime() + days * 86_400_000).toISOString();

  it('suspends for 30 days: the identity provider is told who did it, and nothing can be changed', async () => {
    const workspace = await givenWorkspace(service);
    const { admin, scim } = workspace;
    await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    const [member] = await allMembers(admin);
    const suspendedUntil = inDays(30);
    const lost = await lose(workspace);
    await admin.get('/api/session').expect(401);
    const again = adminClient(service, await signIn(service, workspace.id));
    expect(lost.body).toMatchObject({ entitled: false, state: 'not_entitled', suspendedUntil });
    for (const answer of [scim.get('/Users'), scim.post('/Users', personBody('bob@example.com'))]) {
      const { status, body } = await answer;
      expect({ status, body: body }).toMatchObject({
        status: 403,
        body: { status: '403', detail: expect.stringContaining('contact at Mooncamp') as unknown },
      });
    }
    const log = await again.get('/api/provisioning-log?limit=2').expect(200);
    expect(log.body.items.map(({ method, status, token }) => [method, status, token !== null])).toEqual([
      ['POST', 403, true],
      ['GET', 403, true],
    ]);
    expect(log.body.items[0]?.detail).toContain('suspended');
    const overview = await again.get('/api/user-provisioning').expect(200);
    expect(overview.body).toMatchObject({ state: 'not_entitled', suspendedUntil, nextSyncAt: null });
    const writes = [
      again.post('/api/members', { email: 'eve@example.com' }),
      again.patch(`/api/members/${member?.id}`, { jobTitle: 'Boss' }),
      again.delete(`/api/members/${member?.id}`),
      again.post('/api/sync-runs', {}),
      again.patch('/api/user-provisioning/settings', { graceDays: 5 }),
      again.post('/api/user-provisioning/activate'),
      again.post('/api/tokens', { name: 'Another' }),
      again.put('/api/attribute-mapping', { rules: [] }),
      again.post('/api/properties', { key: 'floor', name: 'Floor', type: 'text' }),
    ];
    for (const write of writes) {
      const { status, body } = await write;
      expect({ status, body: body }).toMatchObject({
        status: 403,
        body: { type: expect.stringMatching(/suspended$/) as unknown, suspendedUntil },
      });
    }
    expect(await allMembers(again)).toEqual([member]);
    const later = adminClient(service, await signIn(service, workspace.id));
    await later.get('/api/session').expect(200);
    await later.delete('/api/session').expect(204);
  });

  it('and getting it back within them goes on where it stopped, with the same API token', async () => {
    const workspace = await givenWorkspace(service);
    const { scim } = workspace;
    await startAutomaticSync(workspace.admin);
    await givenPerson(scim, 'ada@example.com');
    await lose(workspace);
    service.clock.advance({ days: 29, hours: 23 });
    await service.provider<SuspensionsService>('SuspensionsService').tick();
    await service.provider<NightlyService>('NightlyService').tick();
    await scim.get('/Users').expect(403);
    const given = await giveBack(workspace);
    expect(given.body).toMatchObject({ entitled: true, state: 'active', suspendedUntil: null });
    await scim.get('/Users').expect(200);
    const admin = adminClient(service, await signIn(service, workspace.id));
    const overview = (await admin.get('/api/user-provisioning').expect(200)).body;
    expect(overview.pending.create).toBe(1);
    expect(Date.parse(overview.nextSyncAt ?? '') - service.clock.now().getTime()).toBeGreaterThan(0);
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ create: 1 });
  });

  it('lets runs and leavers wait until it is given back', async () => {
    const workspace = await givenWorkspace(service);
    const { id, scim } = workspace;
    let { admin } = workspace;
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    const ada = await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    await givenPerson(scim, 'bob@example.com');
    await lose(workspace);
    admin = adminClient(service, await signIn(service, id));
    await service.dataSource.query(
      `UPDATE workspace SET settings = settings || '{"leavers": "immediately"}' WHERE id = $1`,
      [id],
    );
    const run = { workspaceId: id, trigger: 'manual' as const, requestedBy: 'x', now: service.clock.now() };
    const runId = await queueRun(dbOf(service.dataSource), run);
    await service.provider<LeaversService>('LeaversService').tick();
    expect(await claimRun(dbOf(service.dataSource), newId(), service.clock.now())).toBeNull();
    expect((await admin.get(`/api/sync-runs/${runId}`).expect(200)).body).toMatchObject({ state: 'queued' });
    expect(await allMembers(admin)).toMatchObject([{ email: 'ada@example.com', status: 'active' }]);
    await giveBack(workspace);
    expect(await runEnded(admin, runId ?? '')).toMatchObject({ state: 'succeeded' });
    const after = await eventually(async () => {
      const members = await allMembers(admin);
      return members.some(({ status }) => status === 'deactivated') ? members : null;
    });
    expect(after.map(({ email, status }) => `${email} ${status}`).sort()).toEqual([
      'ada@example.com deactivated',
      'bob@example.com active',
    ]);
  });

  it('ends after them like a deactivation, in each workspace by itself: tokens never revive', async () => {
    const workspaces = [await givenWorkspace(service), await givenWorkspace(service)];
    const [first] = workspaces as [TestWorkspace, TestWorkspace];
    for (const workspace of workspaces) await lose(workspace);
    service.clock.advance({ days: 30 });
    // Nobody has noted it yet, and it holds all the same.
    await first.scim.get('/Users').expect(401);
    await service.dataSource.query(
      `ALTER TABLE audit_log ADD CONSTRAINT broken CHECK (action <> 'provisioning.suspension-ended' OR workspace_id <> '${first.id}')`,
    );
    await service.provider<SuspensionsService>('SuspensionsService').tick();
    await service.dataSource.query('ALTER TABLE audit_log DROP CONSTRAINT broken');
    const states = await Promise.all(
      workspaces.map(async ({ id }) => (await operator.get(`/operator/workspaces/${id}`)).body),
    );
    expect(states).toMatchObject([
      { suspendedUntil: expect.any(String) as unknown },
      { state: 'not_entitled', suspendedUntil: null },
    ]);
    for (const workspace of workspaces) {
      const given = await giveBack(workspace);
      expect(given.body).toMatchObject({ state: 'inactive', suspendedUntil: null });
      const admin = adminClient(service, await signIn(service, workspace.id));
      await activate(admin);
      const refused = await workspace.scim.get('/Users').expect(401);
      expect(refused.body.detail).toMatch(/revoked/);
      const log = await admin.get('/api/audit-log?action=provisioning.suspension-ended').expect(200);
      expect(log.body).toMatchObject({ items: [{ actor: { kind: 'system' } }] });
    }
  });
});
