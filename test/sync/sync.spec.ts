import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stepSizePeople } from '../../src/sync/writing/run-in-steps.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson, personBody } from '../harness/directory-person.ts';
import {
  allMembers,
  eventually,
  type Member,
  runEnded,
  synchronize,
  undone as undoneBy,
} from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Change = Schema<'RunChangeResponse'>;

type Preview = Schema<'SyncPreviewResponse'>;

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const service = useService();
const workspace = useWorkspace(service);

beforeEach(async () => {
  // Leavers wait for the run, so that each test decides when something happens.
  await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
});

afterEach(() => service.clock.advance({ seconds: 1 }));

describe('preview', () => {
  it('says of nobody that there is nothing to do', async () => {
    const preview = await previewed();
    expect(preview).toMatchObject({ items: [], nextCursor: null });
    expect(Object.values(preview.summary ?? {})).toEqual(new Array(10).fill(0));
  });

  it('shows each field before and after, and what a run does is what it showed', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { displayName: 'Ada Lovelace', title: 'Analyst' });
    const [change] = (await previewed()).items;
    expect(change).toMatchObject({
      kind: 'update',
      directoryUserId: id,
      fields: [
        { field: 'displayName', before: 'ada', after: 'Ada Lovelace' },
        { field: 'jobTitle', before: null, after: 'Analyst' },
      ],
      reason: { code: 'attributes-changed' },
    });
    const run = await synchronize(workspace.admin);
    const [made] = await changesOf(run.id);
    expect(made).toMatchObject({
      kind: 'update',
      fields: change?.fields,
      reason: change?.reason,
      state: 'made',
    });
  });

  it('words reasons in German for clients that ask for German', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const { body } = await workspace.admin
      .get(`/api/sync-preview/${id}`)
      .set('Accept-Language', 'de-DE,de;q=0.9,en;q=0.5')
      .expect(200);
    expect(body.reason.text).toBe('Neu im Verzeichnis: Ein Mitglied wird angelegt.');
  });

  it('pages, filters and searches without leaving anyone out', async () => {
    for (const name of ['ada', 'bob', 'cy', 'dan']) await givenPerson(workspace.scim, `${name}@example.com`);
    await givenPerson(workspace.scim, 'nomail', { emails: [] });
    const first = await previewed('?limit=3');
    const second = await previewed(`?limit=3&cursor=${first.nextCursor}`);
    expect(first.summary).toMatchObject({ create: 4, conflict: 1 });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'ada',
      'bob',
      'cy',
      'dan',
      'nomail',
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await previewed('?kind=conflict')).items.map(({ name }) => name)).toEqual(['nomail']);
    expect((await previewed('?search=BOB')).items).toHaveLength(1);
  });

  it('gives the first page without waiting for the counts, where they may come later', async () => {
    for (const name of ['ada', 'bob', 'cy']) await givenPerson(workspace.scim, `${name}@example.com`);
    const early = await previewed('?limit=2&counts=later');
    expect(early).toMatchObject({ summary: null, matching: null, items: [{ name: 'ada' }, { name: 'bob' }] });
    const whole = await previewed('?limit=2');
    expect(whole).toEqual({ ...early, summary: whole.summary, matching: 3 });
    expect(whole.summary).toMatchObject({ create: 3 });
    expect(await previewed('?limit=2&counts=later')).toEqual(whole);
    const next = await previewed(`?limit=2&counts=later&cursor=${whole.nextCursor}`);
    expect(next).toMatchObject({ items: [{ name: 'cy' }], nextCursor: null, groups: [] });
  });

  it('explains every step about one person, also when nothing would happen', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    const { body } = await workspace.admin.get(`/api/sync-preview/${id}`).expect(200);
    expect(body).toMatchObject({ kind: 'nothing', reason: { code: 'in-step' } });
    const steps = body.steps;
    expect(steps.map(({ step }) => step)).toEqual(['received', 'linked', 'mapped', 'decided']);
  });

  it.each(['nobody', '01890000-0000-7000-8000-000000000000'])('knows no person %s', async (id) => {
    await workspace.admin.get(`/api/sync-preview/${id}`).expect(404);
    await workspace.admin.post(`/api/sync-preview/${id}/exclude`).expect(404);
  });

  it('changes its version exactly when a run would do something else', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const before = await previewed();
    expect((await previewed()).version).toBe(before.version);
    await givenPerson(workspace.scim, 'bob@example.com');
    const after = await previewed();
    expect(after.version).not.toBe(before.version);
    const refused = await workspace.admin
      .post('/api/sync-runs', { previewVersion: before.version })
      .expect(409);
    expect(refused.body).toMatchObject({
      type: expect.stringContaining('preview-changed'),
      summary: { create: 2 },
    });
    const accepted = await workspace.admin
      .post('/api/sync-runs', { previewVersion: after.version })
      .expect(202);
    const run = await runEnded(workspace.admin, accepted.body.id);
    expect(run).toMatchObject({ state: 'succeeded', counts: after.summary });
  });
});

describe('linking', () => {
  it('adopts a member made by hand with the same address, and does not change their address', async () => {
    const manual = await newMember('Ada@Example.com');
    await givenPerson(workspace.scim, 'ada@example.com', { title: 'Analyst' });
    const [change] = (await previewed()).items;
    expect(change).toMatchObject({ kind: 'link', memberId: manual, reason: { code: 'same-email' } });
    await synchronize(workspace.admin);
    const [member] = await allMembers(workspace.admin);
    expect(member).toMatchObject({ id: manual, source: 'manual', jobTitle: 'Analyst', status: 'active' });
    expect(member?.provisionedFields).toContain('jobTitle');
  });

  it('leaves members made by hand alone where linking by e-mail is off, and says what would solve it', async () => {
    await workspace.admin.patch('/api/user-provisioning/settings', { linkByEmail: false }).expect(200);
    const manual = await newMember('ada@example.com');
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', counts: { conflict: 1, link: 0 } });
    expect((await previewed()).items[0]?.reason.code).toBe('email-taken-by-hand');
    await workspace.admin.post(`/api/sync-preview/${id}/link`, { memberId: manual }).expect(200);
    expect((await previewed()).items[0]).toMatchObject({ kind: 'link', reason: { code: 'linked-by-admin' } });
    await synchronize(workspace.admin);
    expect((await allMembers(workspace.admin))[0]?.provisionedFields).toContain('displayName');
    expect((await previewed()).summary).toMatchObject({ conflict: 0 });
  });

  it('brings a person who was deleted and created again back as the same member', async () => {
    await workspace.admin.patch('/api/user-provisioning/settings', { returners: 'next_sync' }).expect(200);
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    const [before] = await allMembers(workspace.admin);
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    await synchronize(workspace.admin);
    expect(await allMembers(workspace.admin, '&status=deactivated')).toHaveLength(1);
    await givenPerson(workspace.scim, 'ada@example.com');
    expect((await previewed()).items[0]).toMatchObject({ kind: 'reactivate', reason: { code: 'returner' } });
    await synchronize(workspace.admin);
    expect(await allMembers(workspace.admin)).toMatchObject([{ id: before?.id, status: 'active' }]);
  });

  it('keeps the member of somebody who was deleted and created again between two runs', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    const [before] = await allMembers(workspace.admin);
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    await givenPerson(workspace.scim, 'ada@example.com', { title: 'Analyst' });
    const run = await synchronize(workspace.admin);
    expect(run.counts).toMatchObject({ link: 1, deactivate: 0, create: 0, conflict: 0 });
    expect(await allMembers(workspace.admin)).toMatchObject([
      { id: before?.id, jobTitle: 'Analyst', status: 'active' },
    ]);
  });

  it('makes the second of two people with one address a conflict, not a failed run', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const second = await givenPerson(workspace.scim, 'ada2', {
      emails: [{ value: 'ADA@example.com', primary: true }],
    });
    expect((await previewed()).summary).toMatchObject({ create: 1, conflict: 1 });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', counts: { create: 1, conflict: 1 } });
    await changePerson(workspace.scim, second, { 'emails[primary eq true].value': 'ada2@example.com' });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 1, conflict: 0 });
  });

  it('lets two people exchange their addresses in one run', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    const bob = await givenPerson(workspace.scim, 'bob@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ada, { 'emails[type eq "work"].value': 'bob@example.com' });
    await changePerson(workspace.scim, bob, { 'emails[type eq "work"].value': 'ada@example.com' });
    const preview = await previewed();
    expect(preview.items.map(({ kind, reason }) => [kind, reason.params.emailChanged])).toEqual([
      ['update', true],
      ['update', true],
    ]);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ update: 2, conflict: 0 });
    const members = await allMembers(workspace.admin);
    expect(members.map(({ displayName, email }) => [displayName, email]).sort()).toEqual([
      ['ada', 'bob@example.com'],
      ['bob', 'ada@example.com'],
    ]);
  });

  it('gives an address to somebody in the run that removes its holder, whichever of them came first', async () => {
    const { admin, scim } = workspace;
    await admin.patch('/api/user-provisioning/settings', { onLeave: 'delete', graceDays: 0 }).expect(200);
    const names = ['taker1', 'holder1', 'holder2', 'taker2'];
    const ids = new Map<string, string>();
    for (const name of names) ids.set(name, await givenPerson(scim, `${name}@example.com`));
    await synchronize(admin);
    for (const n of [1, 2]) {
      const address = { 'emails[type eq "work"].value': `holder${n}@example.com` };
      await changePerson(scim, ids.get(`taker${n}`) ?? '', address);
      await scim.delete(`/Users/${ids.get(`holder${n}`)}`).expect(204);
    }
    const { summary } = await previewed();
    expect(summary).toMatchObject({ update: 2, remove: 2, conflict: 0 });
    expect((await synchronize(admin)).counts).toEqual(summary);
    const members = await allMembers(admin);
    expect(members.map(({ displayName, email }) => [displayName, email]).sort()).toEqual([
      ['taker1', 'holder1@example.com'],
      ['taker2', 'holder2@example.com'],
    ]);
  });

  it('creates nobody for somebody who never was active', async () => {
    await givenPerson(workspace.scim, 'ada@example.com', { active: false });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 0, conflict: 0 });
    expect(await allMembers(workspace.admin)).toEqual([]);
  });

  it('excludes a person, whatever the identity provider sends, until they are included again', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await workspace.admin.post(`/api/sync-preview/${id}/exclude`).expect(200);
    await changePerson(workspace.scim, id, { title: 'Analyst' });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 0, excluded: 1 });
    await workspace.admin.post(`/api/sync-preview/${id}/include`).expect(200);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 1, excluded: 0 });
  });
});

describe('references and groups', () => {
  it('leaves out a reference to oneself as the manager, reports it, and clears the earlier manager', async () => {
    const boss = await givenPerson(workspace.scim, 'boss@example.com');
    const byId = await givenPerson(workspace.scim, 'ada@example.com', {
      [enterprise]: { manager: { value: boss } },
    });
    const byExternalId = await givenPerson(workspace.scim, 'bob@example.com', {
      [enterprise]: { manager: { value: 'external-bob@example.com' } },
    });
    const reported = { problems: [{ target: 'managerId', code: 'own-manager' }] };
    const created = (await previewed()).items.find(({ directoryUserId }) => directoryUserId === byExternalId);
    expect(created).toMatchObject({ kind: 'create', reason: { params: reported } });
    await synchronize(workspace.admin);
    expect(await memberCalled('bob')).toMatchObject({ managerId: null });
    await changePerson(workspace.scim, byId, { [`${enterprise}:manager`]: { value: byId } });
    const [changed] = (await previewed()).items;
    expect(changed).toMatchObject({
      kind: 'update',
      fields: [{ field: 'managerId', after: null }],
      reason: { params: reported },
    });
    expect(changed?.reason.text).toContain('manager must be somebody else');
    await synchronize(workspace.admin);
    expect(await memberCalled('ada')).toMatchObject({ managerId: null });
  });

  it('writes managers who go round in a circle, and names it in preview, run and explanation', async () => {
    const names = ['ann', 'ben', 'cid', 'dot'];
    const above = { ann: 'ben', ben: 'cid', cid: 'ann', dot: 'ann' };
    for (const [name, boss] of Object.entries(above)) {
      await givenPerson(workspace.scim, `${name}@example.com`, {
        [enterprise]: { manager: { value: `external-${boss}@example.com` } },
      });
    }
    const circles = (items: Pick<Change, 'name' | 'reason'>[]) =>
      new Map(items.map(({ name, reason }) => [name, reason.params.managerCircle]));
    const expected = new Map<string, unknown>([
      ['ann', 'ann → ben → cid → ann'],
      ['ben', 'ben → cid → ann → ben'],
      ['cid', 'cid → ann → ben → cid'],
      ['dot', undefined],
    ]);
    const { items } = await previewed();
    expect(circles(items)).toEqual(expected);
    await synchronize(workspace.admin);
    const [ann, ben] = await Promise.all(names.map(memberCalled));
    expect(ann?.managerId).toBe(ben?.id);
    const id = items.find(({ name }) => name === 'ann')?.directoryUserId ?? '';
    const { body } = await workspace.admin.get(`/api/sync-preview/${id}`).expect(200);
    expect(body).toMatchObject({ kind: 'nothing', reason: { code: 'in-step' } });
    expect(body.reason.text).toContain('ann → ben → cid → ann');
    await changePerson(workspace.scim, id, { [`${enterprise}:manager`]: { value: null } });
    expect(circles((await previewed()).items)).toEqual(new Map([['ann', undefined]]));
  });

  it('resolves managers whatever the order of arrival, cycles included', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com', {
      [enterprise]: { manager: { value: 'external-bob@example.com' } },
    });
    await synchronize(workspace.admin);
    await givenPerson(workspace.scim, 'bob@example.com', { [enterprise]: { manager: { value: ada } } });
    expect((await previewed()).items.map(({ reason }) => reason.params.managerCircle)).toContain(
      'bob → ada → bob',
    );
    await synchronize(workspace.admin);
    const [a, b] = await Promise.all(['ada', 'bob'].map(memberCalled));
    expect(a?.managerId).toBe(b?.id);
    expect(b?.managerId).toBe(a?.id);
  });

  it.each([
    ['the active one', ['elder'], 'younger'],
    ['the active one', ['younger'], 'elder'],
    ['the eldest active one', [], 'elder'],
  ])(
    'means by an externalId that several have %s, as SCIM shows it (inactive: %j)',
    async (_, inactive, meant) => {
      const shared = { externalId: 'boss' };
      const ids = new Map<string, string>();
      for (const name of ['elder', 'younger']) {
        ids.set(name, await givenPerson(workspace.scim, `${name}@example.com`, shared));
      }
      await synchronize(workspace.admin);
      service.clock.advance({ minutes: 1 });
      for (const name of inactive) await changePerson(workspace.scim, ids.get(name) ?? '', { active: false });
      const report = await givenPerson(workspace.scim, 'report@example.com', {
        [enterprise]: { manager: { value: 'boss' } },
      });
      await synchronize(workspace.admin);
      const shown = await workspace.scim.get(`/Users/${report}`).expect(200);
      expect(shown.body).toMatchObject({ [enterprise]: { manager: { displayName: meant } } });
      expect((await memberCalled('report'))?.managerId).toBe((await memberCalled(meant))?.id);
    },
  );

  it('gives a report their manager in the run in which the manager becomes a member, as the preview says', async () => {
    const report = await givenPerson(workspace.scim, 'report@example.com', {
      [enterprise]: { manager: { value: 'external-boss@example.com' } },
    });
    const boss = await givenPerson(workspace.scim, 'boss@example.com', { active: false });
    await synchronize(workspace.admin);
    expect(await memberCalled('report')).toMatchObject({ managerId: null });
    service.clock.advance({ minutes: 1 });
    await changePerson(workspace.scim, boss, { active: true });
    const { summary, items } = await previewed();
    expect(summary).toMatchObject({ create: 1, update: 1 });
    expect(items.map(({ kind, name }) => [kind, name])).toEqual([
      ['create', 'boss'],
      ['update', 'report'],
    ]);
    const { body: explained } = await workspace.admin.get(`/api/sync-preview/${report}`).expect(200);
    expect(explained).toMatchObject({ kind: 'update', fields: [{ field: 'managerId', after: boss }] });
    const { body: second } = await workspace.admin.get('/api/sync-preview?limit=1').expect(200);
    const { nextCursor } = second;
    expect((await previewed(`?limit=1&cursor=${nextCursor}`)).items).toMatchObject([{ name: 'report' }]);
    const askedAt = service.clock.now();
    service.clock.advance({ minutes: 1 });
    const run = await runEnded(workspace.admin, await runAskedFor(askedAt));
    expect(run).toMatchObject({ state: 'succeeded', counts: { create: 1, update: 1 } });
    expect(run.done).toBe(run.total);
    expect((await memberCalled('report'))?.managerId).toBe((await memberCalled('boss'))?.id);
    expect((await previewed()).summary).toMatchObject({ create: 0, update: 0 });
  });

  it('waits for people that another process is just looking at', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    const other = service.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(
      'SELECT 1 FROM sync_queue WHERE workspace_id = $1 AND directory_user_id = $2 FOR UPDATE',
      [workspace.id, ada],
    );
    const ended = synchronize(workspace.admin);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await other.commitTransaction();
    await other.release();
    expect(await ended).toMatchObject({ state: 'succeeded', counts: { create: 1 } });
  });

  it('does so too when the manager comes many people later, for those who change as well and those who do not', async () => {
    const boss = { [enterprise]: { manager: { value: 'external-boss@example.com' } } };
    await givenPerson(workspace.scim, 'still@example.com', boss);
    const moving = await givenPerson(workspace.scim, 'moving@example.com', boss);
    await synchronize(workspace.admin);
    service.clock.advance({ minutes: 1 });
    await changePerson(workspace.scim, moving, { title: 'Analyst' });
    for (let n = 0; n < stepSizePeople; n += 1) await givenPerson(workspace.scim, `person${n}@example.com`);
    await givenPerson(workspace.scim, 'boss@example.com');
    const { summary } = await previewed();
    const { counts } = await synchronize(workspace.admin);
    expect(counts).toEqual(summary);
    expect(counts).toMatchObject({ create: stepSizePeople + 1, update: 2 });
    const { id } = (await memberCalled('boss')) ?? {};
    expect(await memberCalled('still')).toMatchObject({ managerId: id });
    expect(await memberCalled('moving')).toMatchObject({ managerId: id, jobTitle: 'Analyst' });
  });

  it('follows a group: arrival, members, rename, deletion', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    const created = await workspace.scim
      .post('/Groups', { schemas, displayName: 'Makers', members: [{ value: ada }] })
      .expect(201);
    const id = created.body.id;
    await synchronize(workspace.admin);
    expect(await groups()).toMatchObject([{ name: 'Makers', memberCount: 1 }]);
    const patch = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    const operations = [
      { op: 'replace', path: 'displayName', value: 'Builders' },
      { op: 'remove', path: 'members' },
    ];
    await workspace.scim.patch(`/Groups/${id}`, { schemas: patch, Operations: operations });
    await synchronize(workspace.admin);
    expect(await groups()).toMatchObject([{ name: 'Builders', memberCount: 0 }]);
    await workspace.scim.delete(`/Groups/${id}`).expect(204);
    await synchronize(workspace.admin);
    expect(await groups()).toEqual([]);
  });
});

describe('runs', () => {
  it('tells a second asker which run is under way', async () => {
    await service.dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
       VALUES ($1, gen_random_uuid(), 'manual', 'running', 'x', $2, $3)`,
      [workspace.id, service.clock.now(), new Date(service.clock.now().getTime() + 60_000)],
    );
    const { body } = await workspace.admin.post('/api/sync-runs').expect(409);
    expect(body).toMatchObject({
      type: expect.stringContaining('sync-run-active'),
      runId: expect.any(String),
    });
  });

  it('goes on with a run that another process left behind, and does nothing twice', async () => {
    for (const name of ['ada', 'bob']) await givenPerson(workspace.scim, `${name}@example.com`);
    const [row] = await service.dataSource.query<{ id: string }[]>(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, started_at, lease_until, fence)
       VALUES ($1, gen_random_uuid(), 'manual', 'running', 'x', $2, $2, $2, 7) RETURNING id`,
      [workspace.id, service.clock.now()],
    );
    const run = await runEnded(workspace.admin, row?.id ?? '');
    expect(run).toMatchObject({ state: 'succeeded', counts: { create: 2 } });
    expect(await changesOf(run.id)).toHaveLength(2);
  });

  it('streams progress and the end to everyone who watches', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const started = await workspace.admin.post('/api/sync-runs').expect(202);
    const id = started.body.id;
    const { text } = await workspace.admin.get(`/api/sync-runs/${id}/events`).buffer(true).expect(200);
    const events = [...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
    expect(events.at(-1)).toBe('end');
    expect(text).toContain('"state":"succeeded"');
    await workspace.admin.get('/api/sync-runs/nobody/events').expect(404);
  });

  it.each(['nobody', '01890000-0000-7000-8000-000000000000'])('knows no run %s', async (id) => {
    await workspace.admin.get(`/api/sync-runs/${id}`).expect(404);
    await workspace.admin.get(`/api/sync-runs/${id}/changes`).expect(404);
    for (const action of ['approve', 'reject', 'undo']) {
      await workspace.admin.post(`/api/sync-runs/${id}/${action}`).expect(404);
    }
  });

  it('refuses bad input, saying where', async () => {
    const { body } = await workspace.admin.post('/api/sync-runs', { previewVersion: 7 }).expect(400);
    expect(body.errors?.[0]?.path).toBe('previewVersion');
    await workspace.admin.get('/api/sync-preview?kind=odd').expect(400);
    await workspace.admin.get('/api/sync-preview?cursor=odd').expect(400);
    await workspace.admin.get('/api/sync-runs?limit=0').expect(400);
  });

  it('keeps two workspaces apart', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const run = await synchronize(workspace.admin);
    const other = await givenWorkspace(service, { name: 'Other GmbH' });
    await other.admin.get(`/api/sync-preview/${id}`).expect(404);
    await other.admin.get(`/api/sync-runs/${run.id}`).expect(404);
    await other.admin.post(`/api/sync-runs/${run.id}/undo`).expect(404);
    await givenPerson(other.scim, 'ada@example.com');
    expect((await synchronize(other.admin)).counts).toMatchObject({ create: 1, link: 0 });
  });
});

describe('undo', () => {
  it('takes a run back, and it stays so until the identity provider sends something newer', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const run = await synchronize(workspace.admin);
    const undo = await undone(run.id);
    expect(undo).toMatchObject({ trigger: 'undo', state: 'succeeded', counts: { remove: 1 } });
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'undone' });
    expect(await allMembers(workspace.admin)).toEqual([]);
    await synchronize(workspace.admin);
    expect((await previewed()).items[0]).toMatchObject({ kind: 'suppressed', reason: { code: 'undone' } });
    await changePerson(workspace.scim, id, { title: 'Analyst' });
    await synchronize(workspace.admin);
    expect(await allMembers(workspace.admin)).toMatchObject([{ jobTitle: 'Analyst', status: 'active' }]);
  });

  it('is lifted by an admin', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await undone((await synchronize(workspace.admin)).id);
    await workspace.admin.post(`/api/sync-preview/${id}/lift`).expect(200);
    await synchronize(workspace.admin);
    expect(await allMembers(workspace.admin)).toHaveLength(1);
  });

  it('gives fields their earlier values and keeps what was changed since', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    const bob = await givenPerson(workspace.scim, 'bob@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ada, { title: 'Analyst' });
    await changePerson(workspace.scim, bob, { title: 'Builder' });
    const run = await synchronize(workspace.admin);
    await changePerson(workspace.scim, bob, { title: 'Baker' });
    await synchronize(workspace.admin);
    await undone(run.id);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'partially_undone' });
    const members = await allMembers(workspace.admin);
    expect(members.map(({ displayName, jobTitle }) => [displayName, jobTitle])).toEqual([
      ['ada', null],
      ['bob', 'Baker'],
    ]);
    const changes = await changesOf(run.id);
    expect(changes.map(({ state, kept }) => [state, kept?.code ?? null])).toEqual([
      ['undone', null],
      ['kept', 'changed-since'],
    ]);
  });

  it('lets go of a member that the run adopted', async () => {
    const manual = await newMember('ada@example.com');
    await givenPerson(workspace.scim, 'ada@example.com', { title: 'Analyst' });
    await undone((await synchronize(workspace.admin)).id);
    const [member] = await allMembers(workspace.admin);
    expect(member).toMatchObject({ id: manual, jobTitle: null, provisionedFields: [], status: 'active' });
  });

  it('of an undo brings everything back, as often as it is asked for', async () => {
    const manual = await newMember('bob@example.com');
    const ada = await givenPerson(workspace.scim, 'ada@example.com', { externalId: 'a' });
    await givenPerson(workspace.scim, 'bob@example.com', { externalId: 'b', title: 'Builder' });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ counts: { create: 1, link: 1 } });
    const before = await allMembers(workspace.admin);
    const stateOf = async ({ id }: { id: string }) => (await runEnded(workspace.admin, id)).state;
    const undo = await undone(run.id);
    const again = await undone(undo.id);
    expect(again).toMatchObject({
      state: 'succeeded',
      counts: { reactivate: 1, link: 1, suppressed: 0 },
    });
    expect([await stateOf(run), await stateOf(undo)]).toEqual(['succeeded', 'undone']);
    expect((await changesOf(run.id)).map(({ state }) => state)).toEqual(['made', 'made']);
    expect(await allMembers(workspace.admin)).toEqual(before.map((member) => withoutTime(member)));
    expect(await previewed()).toMatchObject({ summary: { suppressed: 0, create: 0, update: 0 }, items: [] });
    await changePerson(workspace.scim, ada, { title: 'Analyst' });
    expect((await previewed()).items).toMatchObject([{ kind: 'update', name: 'ada' }]);
    const undoAgain = await undone(again.id);
    expect([await stateOf(run), await stateOf(undo), await stateOf(again)]).toEqual([
      'undone',
      'succeeded',
      'undone',
    ]);
    expect(await allMembers(workspace.admin)).toMatchObject([
      { id: manual, provisionedFields: [], jobTitle: null },
    ]);
    expect([run, undo, again, undoAgain].map(({ undoes }) => undoes)).toEqual([
      null,
      { runId: run.id, redoes: false },
      { runId: undo.id, redoes: true },
      { runId: again.id, redoes: false },
    ]);
    expect((await changesOf(undoAgain.id)).map(({ kind, reason }) => [kind, reason.text])).toContainEqual([
      'remove',
      'Undoes an earlier change: reactivated.',
    ]);
    await undone(undoAgain.id);
    expect(await stateOf(run)).toBe('succeeded');
    await undone(run.id);
    expect([await stateOf(run), await stateOf(again)]).toEqual(['undone', 'succeeded']);
    expect(await allMembers(workspace.admin)).toHaveLength(1);
  });

  it('does not say what it undoes once a run that it goes back to is kept no longer', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const run = await synchronize(workspace.admin);
    const undo = await undone(run.id);
    const again = await undone(undo.id);
    expect(again.undoes).toEqual({ runId: undo.id, redoes: true });
    const { body: audit } = await workspace.admin
      .get('/api/audit-log?action=sync-run.undo-requested')
      .expect(200);
    expect((audit as { items: object[] }).items).toMatchObject([
      { target: undo.id, details: { redoes: true } },
      { target: run.id, details: { redoes: false } },
    ]);
    await service.dataSource.query('DELETE FROM sync_run WHERE workspace_id = $1 AND id = $2', [
      workspace.id,
      run.id,
    ]);
    for (const { id } of [undo, again])
      expect((await workspace.admin.get(`/api/sync-runs/${id}`).expect(200)).body).toMatchObject({
        trigger: 'undo',
        undoes: null,
      });
  });

  it('gives an address back that somebody new got in the same run', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ada, { 'emails[type eq "work"].value': 'lovelace@example.com' });
    await givenPerson(workspace.scim, 'ada2', { emails: [{ value: 'ada@example.com', primary: true }] });
    const run = await synchronize(workspace.admin);
    expect(run.counts).toMatchObject({ update: 1, create: 1 });
    expect((await undone(run.id)).counts).toMatchObject({ update: 1, remove: 1 });
    expect(await allMembers(workspace.admin)).toMatchObject([{ email: 'ada@example.com' }]);
  });

  it('says before that an address is free again that an earlier batch gives back', async () => {
    const { admin, scim } = workspace;
    const ada = await givenPerson(scim, 'ada@example.com');
    const between = Array.from({ length: 500 }, (_, at) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${at}`,
      data: personBody(`p${at}@example.com`),
    }));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    await scim.post('/Bulk', { schemas, Operations: between }).expect(200);
    const eve = await givenPerson(scim, 'eve@example.com');
    await admin.post('/api/sync-runs', { directoryUserIds: [ada, eve] }).expect(202);
    await eventually(async () => ((await allMembers(admin)).length === 2 ? true : null));
    await changePerson(scim, eve, { 'emails[type eq "work"].value': 'eva@example.com' });
    await changePerson(scim, ada, { 'emails[type eq "work"].value': 'eve@example.com' });
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ update: 2, create: 500 });
    expect(await undone(run.id)).toMatchObject({ counts: { update: 2, remove: 500 } });
  });

  it('leaves people excluded who were since, takes back what they got, and gives none of them access', async () => {
    const { admin, scim } = workspace;
    const kindOf = async (id: string) => (await admin.get(`/api/sync-preview/${id}`).expect(200)).body.kind;
    const exclude = (id: string) => admin.post(`/api/sync-preview/${id}/exclude`).expect(200);
    const [ada = '', bob = '', cy = ''] = [
      await givenPerson(scim, 'ada@example.com'),
      await givenPerson(scim, 'bob@example.com'),
      await givenPerson(scim, 'cy@example.com'),
    ];
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    await changePerson(scim, bob, { title: 'Builder' });
    const dan = await givenPerson(scim, 'dan@example.com');
    await changePerson(scim, cy, { active: false });
    const run = await synchronize(admin);
    for (const id of [ada, bob, dan]) await exclude(id);
    const undo = await undone(run.id);
    expect(undo).toMatchObject({
      state: 'succeeded',
      counts: { reactivate: 1, update: 1, remove: 1 },
      notes: [{ code: 'excluded-stay-off', params: { count: 1 } }],
    });
    expect(await runEnded(admin, run.id)).toMatchObject({ state: 'partially_undone' });
    const kept = (await changesOf(run.id)).find(({ directoryUserId }) => directoryUserId === ada);
    expect(kept).toMatchObject({ state: 'kept', kept: { code: 'excluded-stays-off' } });
    const states = async () =>
      Object.fromEntries<[string, string | null]>(
        (await allMembers(admin)).map(({ displayName, status, jobTitle }) => [
          displayName ?? '',
          [status, jobTitle],
        ]),
      );
    expect(await states()).toEqual({
      ada: ['deactivated', null],
      bob: ['active', null],
      cy: ['active', null],
    });
    await synchronize(admin);
    expect(await Promise.all([ada, bob, dan].map(kindOf))).toEqual(['excluded', 'excluded', 'excluded']);
    const redo = await undone(undo.id);
    expect(redo).toMatchObject({
      counts: { update: 1, deactivate: 1, reactivate: 0 },
      notes: [{ code: 'excluded-stay-off', params: { count: 1 } }],
    });
    expect(await states()).toMatchObject({
      ada: ['deactivated', null],
      bob: ['active', 'Builder'],
      cy: ['deactivated', null],
    });
    expect(await Promise.all([ada, bob, dan].map(kindOf))).toEqual(['excluded', 'excluded', 'excluded']);
    await admin.post(`/api/sync-preview/${dan}/include`).expect(200);
    // They never left the directory.
    expect((await admin.get(`/api/sync-preview/${dan}`).expect(200)).body).toMatchObject({
      kind: 'reactivate',
      reason: { text: 'Active in the directory: the same member becomes active again.' },
    });
    await synchronize(admin);
    expect(await states()).toMatchObject({ dan: ['active', null] });
  });

  it('leaves alone people who were linked to another member since, and removals that are held or rejected', async () => {
    const { admin, scim } = workspace;
    const settings = { removalGuard: { percent: 1, atLeast: 1 } };
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const ids: string[] = [];
    for (const name of ['ada', 'bob', 'cy']) ids.push(await givenPerson(scim, `${name}@example.com`));
    const [ada = '', bob = '', cy = ''] = ids;
    const first = await synchronize(admin);
    const undo = await undone(first.id);
    const other = await newMember('other@example.com');
    await admin.post(`/api/sync-preview/${ada}/link`, { memberId: other }).expect(200);
    await undone(undo.id);
    const preview = await admin.get(`/api/sync-preview/${ada}`).expect(200);
    expect(preview.body).toMatchObject({ kind: 'link', memberId: other });
    for (const id of [bob, cy]) await changePerson(scim, id, { title: 'Builder' });
    const titled = await synchronize(admin);
    for (const id of ids) await changePerson(scim, id, { active: false });
    const held = await synchronize(admin);
    expect(held.counts).toMatchObject({ held: 2 });
    const waiting = (await changesOf(held.id)).flatMap(({ state, directoryUserId }) =>
      state === 'held' ? [directoryUserId] : [],
    );
    const [rejected = '', stillHeld = ''] = waiting.filter((id) => id !== ada);
    expect([rejected, stillHeld].includes('')).toBe(false);
    await admin.post(`/api/sync-runs/${held.id}/reject`, { directoryUserIds: [rejected] }).expect(200);
    await undone(titled.id);
    await synchronize(admin);
    const kinds = await Promise.all(
      [rejected, stillHeld].map(async (id) => (await admin.get(`/api/sync-preview/${id}`).expect(200)).body),
    );
    expect(kinds).toMatchObject([
      { kind: 'suppressed', reason: { code: 'rejected' } },
      { kind: 'held', reason: { code: 'removal-guard' } },
    ]);
    expect(await runEnded(admin, held.id)).toMatchObject({ state: 'awaiting_approval' });
  });

  it('of an undo keeps what was changed since', async () => {
    const ada = await givenPerson(workspace.scim, 'ada@example.com');
    await givenPerson(workspace.scim, 'bob@example.com');
    const run = await synchronize(workspace.admin);
    const undo = await undone(run.id);
    await changePerson(workspace.scim, ada, { title: 'Analyst' });
    await synchronize(workspace.admin);
    await undone(undo.id);
    expect(await runEnded(workspace.admin, undo.id)).toMatchObject({ state: 'partially_undone' });
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'partially_undone' });
    const states = (await changesOf(run.id)).map(({ state }) => state);
    expect(states).toEqual(['undone', 'made']);
    expect(await allMembers(workspace.admin)).toHaveLength(2);
  });

  it('is lifted for all who are named, or found by a filter', async () => {
    const ids: string[] = [];
    for (const name of ['ada', 'bob', 'cy', 'dan'])
      ids.push(await givenPerson(workspace.scim, `${name}@example.com`));
    const run = await synchronize(workspace.admin);
    await undone(run.id);
    const lift = (body: object) => workspace.admin.post('/api/sync-preview/lift', body);
    expect((await lift({ directoryUserIds: [ids[0]] }).expect(200)).body).toEqual({ people: 1, groups: 0 });
    const { body: refused } = await lift({ directoryUserIds: [ids[1], ids[0]] }).expect(400);
    expect(refused).toMatchObject({
      errors: [{ path: 'directoryUserIds[1]', code: 'nothing-suppressed' }],
    });
    expect((await previewed()).summary).toMatchObject({ suppressed: 3, reactivate: 1 });
    expect((await lift({ filter: { search: 'CY' } }).expect(200)).body).toMatchObject({ people: 1 });
    const other = '00000000-0000-4000-8000-000000000000';
    expect((await lift({ filter: { runId: other } }).expect(200)).body).toMatchObject({ people: 0 });
    expect((await lift({ filter: { runId: run.id } }).expect(200)).body).toMatchObject({ people: 2 });
    await lift({}).expect(400);
    expect(await synchronize(workspace.admin)).toMatchObject({ counts: { reactivate: 4, suppressed: 0 } });
    const { body: audit } = await workspace.admin.get('/api/audit-log').expect(200);
    expect((audit as { items: object[] }).items).toContainEqual(
      expect.objectContaining({
        action: 'suppressions.lifted',
        details: { people: 2, groups: 0, runId: run.id },
      }),
    );
  });

  it('cannot be done twice', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const run = await synchronize(workspace.admin);
    await undone(run.id);
    await workspace.admin.post(`/api/sync-runs/${run.id}/undo`).expect(409);
  });
});

/** A run that was asked for some time ago and has not begun. @returns its id */
async function runAskedFor(at: Date): Promise<string> {
  const [row] = await service.dataSource.query<{ id: string }[]>(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
     VALUES ($1, gen_random_uuid(), 'manual', 'queued', 'x', $2) RETURNING id`,
    [workspace.id, at],
  );
  return row?.id ?? '';
}

/** A member but for when they were changed. */
function withoutTime(member: Member): unknown {
  return { ...member, updatedAt: expect.any(String) as unknown };
}

async function memberCalled(name: string): Promise<Member | undefined> {
  return (await allMembers(workspace.admin)).find(({ displayName }) => displayName === name);
}

async function previewed(query = ''): Promise<Preview> {
  const { body } = await workspace.admin.get(`/api/sync-preview${query}`).expect(200);
  return body;
}

async function changesOf(runId: string): Promise<Change[]> {
  const { body } = await workspace.admin.get(`/api/sync-runs/${runId}/changes`).expect(200);
  return body.items;
}

function undone(runId: string) {
  return undoneBy(workspace.admin, runId);
}

async function newMember(email: string): Promise<string> {
  const { body } = await workspace.admin.post('/api/members', { email }).expect(201);
  return body.id;
}

async function groups(): Promise<unknown[]> {
  const { body } = await workspace.admin.get('/api/groups').expect(200);
  return body.items;
}
