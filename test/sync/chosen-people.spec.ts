import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Run, runEnded, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Named = Schema<'PeopleNamedDto'>;

const service = useService();
const workspace = useWorkspace(service);
const { admin, scim } = workspace;

describe('a run of chosen people', () => {
  it('is about them and the people of the chosen groups, and leaves everybody else and everything automatic as it is', async () => {
    const [ada, bob, cara] = await givenPeople('ada', 'bob', 'cara', 'dan');
    const sales = await givenGroup('Sales', [bob, cara]);
    await givenGroup('Printers', []);
    await givenGroup('Chess', [cara]);
    const run = await synchronizeOnly({ directoryUserIds: [ada], groupIds: [sales] });
    expect(run).toMatchObject({
      state: 'succeeded',
      trigger: 'manual',
      total: 3,
      done: 3,
      counts: { create: 3 },
      groups: { create: 2 },
      chosen: { people: 3, groups: [{ id: sales, name: 'Sales' }] },
    });
    expect(await addresses()).toEqual(['ada', 'bob', 'cara']);
    expect(await groupNames()).toEqual(['Chess', 'Sales']);
    const overview = await overviewNow();
    expect(overview).toMatchObject({
      automaticSync: 'not_started',
      nextSyncAt: null,
      pending: { create: 1 },
    });
    expect(await rememberedPeople()).toBe(0);
    const { body: log } = await admin.get('/api/audit-log?action=sync-run.requested').expect(200);
    expect(log.items[0]).toMatchObject({
      target: run.id,
      details: { chosenPeople: 3, chosenGroups: ['Sales'] },
    });
    expect(await synchronize(admin)).toMatchObject({ chosen: null, counts: { create: 1 }, total: 1 });
    expect(await groupNames()).toEqual(['Chess', 'Printers', 'Sales']);
    expect(await overviewNow()).toMatchObject({ automaticSync: 'on', pending: { create: 0 } });
  });

  it('leaves new names and the end of groups to a run that is about everybody', async () => {
    const [ada, bob] = await givenPeople('ada', 'bob');
    const sales = await givenGroup('Sales', [ada, bob]);
    const gone = await givenGroup('Gone', [ada]);
    await synchronize(admin);
    await scim.patch(`/Groups/${sales}`, patchOf('displayName', 'Revenue')).expect(204);
    await scim.delete(`/Groups/${gone}`).expect(204);
    await changePerson(scim, ada, { title: 'Lead' });
    const run = await synchronizeOnly({ directoryUserIds: [ada] });
    expect(run).toMatchObject({ counts: { update: 1 }, groups: { rename: 0, delete: 0 } });
    expect(await groupNames()).toEqual(['Gone', 'Sales']);
    await synchronize(admin);
    expect(await groupNames()).toEqual(['Revenue']);
  });

  it('fills in a manager who was not chosen once a later run makes them a member', async () => {
    const boss = await givenPerson(scim, 'boss@example.com');
    const ada = await givenPerson(scim, 'ada@example.com', {
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: boss } },
    });
    await synchronizeOnly({ directoryUserIds: [ada] });
    expect(await memberOf('ada@example.com')).toMatchObject({ managerId: null });
    await synchronizeOnly({ directoryUserIds: [boss] });
    const bossMember = await memberOf('boss@example.com');
    expect(await memberOf('ada@example.com')).toMatchObject({ managerId: null });
    expect(await overviewNow()).toMatchObject({ pending: { update: 1 } });
    await synchronize(admin);
    expect(await memberOf('ada@example.com')).toMatchObject({ managerId: bossMember?.id });
  });

  it('has somebody wait whose address somebody else still holds, until both are chosen', async () => {
    const [ada, bob] = await givenPeople('ada', 'bob');
    await synchronize(admin);
    await changePerson(scim, ada, { emails: [{ value: 'bob@example.com', primary: true }] });
    await changePerson(scim, bob, { emails: [{ value: 'new@example.com', primary: true }] });
    const alone = await synchronizeOnly({ directoryUserIds: [ada] });
    expect(alone).toMatchObject({ counts: { conflict: 1, update: 0 } });
    const { body } = await admin.get(`/api/sync-preview/${ada}`).expect(200);
    expect(body.reason).toMatchObject({ code: 'email-taken', params: { directoryUserId: bob } });
    // The address is free once both are looked at.
    const both = await synchronizeOnly({ directoryUserIds: [ada, bob] });
    expect(both.counts).toMatchObject({ update: 2, conflict: 0 });
    expect(await addresses()).toEqual(['bob', 'new']);
  });

  it('holds removals beyond the guard as any run does, and counts what is withheld of the chosen people alone', async () => {
    const settings = { removalGuard: { percent: 0, atLeast: 1 }, leavers: 'next_sync' } as const;
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const ids = await givenPeople('ada', 'bob', 'cara', 'dan');
    await synchronize(admin);
    for (const id of ids) await changePerson(scim, id, { active: false });
    await admin.post(`/api/sync-preview/${ids[3]}/exclude`).expect(200);
    const run = await synchronizeOnly({ directoryUserIds: ids.slice(0, 2) });
    expect(run).toMatchObject({
      state: 'awaiting_approval',
      counts: { deactivate: 1, held: 1, excluded: 0 },
    });
    const { body: approved } = await admin.post(`/api/sync-runs/${run.id}/approve`, {}).expect(200);
    expect(approved).toMatchObject({ state: 'succeeded', counts: { deactivate: 2 }, chosen: { people: 2 } });
    expect(await overviewNow()).toMatchObject({ members: { active: 2, deactivated: 2 } });
  });

  it('is undone as any run is, with the groups that it made', async () => {
    const [ada, bob] = await givenPeople('ada', 'bob');
    await givenGroup('Sales', [ada]);
    const run = await synchronizeOnly({ directoryUserIds: [ada] });
    await undone(admin, run.id);
    expect((await admin.get(`/api/sync-runs/${run.id}`).expect(200)).body.state).toBe('undone');
    expect(await addresses()).toEqual([]);
    expect(await groupNames()).toEqual([]);
    expect(await overviewNow()).toMatchObject({ pending: { create: 1, suppressed: 1 } });
    expect((await synchronizeOnly({ directoryUserIds: [ada, bob] })).counts).toMatchObject({
      create: 1,
      suppressed: 1,
    });
  });

  it('is taken over by another process when its own dies half-way, and still is about the chosen people alone', async () => {
    const [ada, bob, cara] = await givenPeople('ada', 'bob', 'cara');
    const run = await synchronizeOnly({ directoryUserIds: [ada] });
    // As if it had been asked for both, and its process had died after the first.
    await service.dataSource.query(
      `INSERT INTO sync_run_person (workspace_id, run_id, directory_user_id)
       SELECT $1, $2, unnest($3::uuid[])`,
      [workspace.id, run.id, [ada, bob]],
    );
    await service.dataSource.query(
      `UPDATE sync_run SET state = 'running', total = 2, done = 1, finished_at = NULL, lease_until = $3
       WHERE workspace_id = $1 AND id = $2`,
      [workspace.id, run.id, new Date(service.clock.now().getTime() - 1)],
    );
    const ended = await runEnded(admin, run.id);
    expect(ended).toMatchObject({ state: 'succeeded', done: 2, counts: { create: 2 } });
    expect(await addresses()).toEqual(['ada', 'bob']);
    expect((await admin.get(`/api/sync-preview/${cara}`).expect(200)).body.kind).toBe('create');
    expect(await overviewNow()).toMatchObject({ automaticSync: 'not_started' });
  });

  it('waits for no other run, and no other for it: one at a time', async () => {
    const [ada] = await givenPeople('ada');
    await service.dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
       VALUES ($1, $1, 'manual', 'running', 'x', $2, 'infinity')`,
      [workspace.id, service.clock.now()],
    );
    const { body } = await admin.post('/api/sync-runs', { directoryUserIds: [ada] }).expect(409);
    expect(body).toMatchObject({ type: expect.stringContaining('sync-run-active'), runId: workspace.id });
    expect(await rememberedPeople()).toBe(0);
  });

  it('names each id of nobody and of no group, those of other workspaces included, and begins nothing', async () => {
    const [ada] = await givenPeople('ada');
    const other = await givenWorkspace(service, { name: 'Other' });
    const foreign = await givenPerson(other.scim, 'eve@example.com');
    for (const path of ['/api/sync-runs', '/api/sync-preview/chosen'] as const) {
      const named = { directoryUserIds: [ada, foreign, randomUUID()], groupIds: [randomUUID()] };
      const { body } = await admin.post(path, named).expect(400);
      expect(body.errors).toMatchObject([
        { path: 'directoryUserIds[1]', code: 'no-person' },
        { path: 'directoryUserIds[2]', code: 'no-person' },
        { path: 'groupIds[0]', code: 'no-group' },
      ]);
      await admin.post(path, { directoryUserIds: [] }).expect(400);
      await admin.post(path, { directoryUserIds: ['ada'] }).expect(400);
      await admin.post(path, { groupIds: null }).expect(400);
    }
    expect((await admin.get('/api/sync-runs').expect(200)).body.items).toEqual([]);
  });

  it('may be about somebody the identity provider has deleted', async () => {
    const [ada] = await givenPeople('ada', 'bob');
    await synchronize(admin);
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    await scim.delete(`/Users/${ada}`).expect(204);
    expect(await synchronizeOnly({ directoryUserIds: [ada] })).toMatchObject({ counts: { deactivate: 1 } });
  });
});

describe('the preview of chosen people', () => {
  it('says in numbers what their run does, and binds the run to it', async () => {
    const [ada, bob, cara] = await givenPeople('ada', 'bob', 'cara');
    const sales = await givenGroup('Sales', [bob]);
    const named = { directoryUserIds: [ada], groupIds: [sales] };
    const { body: shown } = await admin.post('/api/sync-preview/chosen', named).expect(200);
    expect(shown).toMatchObject({
      people: 2,
      groups: [{ id: sales, name: 'Sales' }],
      summary: { create: 2, conflict: 0 },
    });
    // What happens to others does not concern it; what happens to the chosen does.
    await changePerson(scim, cara, { title: 'Newer' });
    const { body: same } = await admin.post('/api/sync-preview/chosen', named).expect(200);
    expect(same.version).toBe(shown.version);
    await changePerson(scim, ada, { title: 'Newer' });
    const asked = { ...named, previewVersion: shown.version };
    const { body: refused } = await admin.post('/api/sync-runs', asked).expect(409);
    expect(refused).toMatchObject({
      type: expect.stringContaining('preview-changed'),
      summary: { create: 2 },
      version: expect.not.stringMatching(shown.version),
    });
    const now = { ...named, previewVersion: refused.version };
    const { body: run } = await admin.post('/api/sync-runs', now).expect(202);
    expect((await runEnded(admin, run.id)).counts).toMatchObject({ create: 2 });
  });

  it('takes the version of the whole preview, too, as long as nothing at all has changed', async () => {
    const [ada, bob] = await givenPeople('ada', 'bob');
    const { body: whole } = await admin.get('/api/sync-preview').expect(200);
    const { body: part } = await admin
      .post('/api/sync-preview/chosen', { directoryUserIds: [ada] })
      .expect(200);
    expect(part.version).not.toBe(whole.version);
    // A run of everybody is not what was shown of some.
    await admin.post('/api/sync-runs', { previewVersion: part.version }).expect(409);
    await changePerson(scim, bob, { title: 'Newer' });
    const asked = { directoryUserIds: [ada], previewVersion: whole.version };
    await admin.post('/api/sync-runs', asked).expect(409);
    const { body: newer } = await admin.get('/api/sync-preview').expect(200);
    await admin.post('/api/sync-runs', { ...asked, previewVersion: newer.version }).expect(202);
  });

  it('agrees with the run, also about people who want each other’s addresses', async () => {
    const [ada, bob] = await givenPeople('ada', 'bob', 'cara');
    await synchronize(admin);
    await changePerson(scim, ada, { emails: [{ value: 'bob@example.com', primary: true }] });
    await changePerson(scim, bob, { emails: [{ value: 'ada@example.com', primary: true }] });
    for (const directoryUserIds of [[ada], [ada, bob]]) {
      const { body } = await admin.post('/api/sync-preview/chosen', { directoryUserIds }).expect(200);
      const run = await synchronizeOnly({ directoryUserIds });
      expect(run.counts).toEqual(body.summary);
    }
  });
});

describe('the changes of a run', () => {
  it('are found by kind, by a part of the name, and by address', async () => {
    const [ada, , cara] = await givenPeople('ada', 'bob', 'cara');
    await synchronize(admin);
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    await changePerson(scim, ada, { emails: [{ value: 'countess@example.com', primary: true }] });
    await changePerson(scim, cara, { active: false });
    await givenPeople('dan');
    const { id } = await synchronize(admin);
    const found = async (query: string) => {
      const { body } = await admin.get(`/api/sync-runs/${id}/changes?${query}`).expect(200);
      return body.items.map(({ kind, name }) => `${kind} ${name}`).sort();
    };
    expect(await found('')).toEqual(['create dan', 'deactivate cara', 'update ada']);
    expect(await found('kind=update')).toEqual(['update ada']);
    expect(await found('kind=remove')).toEqual([]);
    expect(await found('search=DAN')).toEqual(['create dan']);
    // By the earlier and the new address, and by one that did not change.
    expect(await found('search=countess')).toEqual(['update ada']);
    expect(await found('search=ada@example')).toEqual(['update ada']);
    expect(await found('search=cara@example.com')).toEqual(['deactivate cara']);
    expect(await found('search=cara&kind=update')).toEqual([]);
    await admin.get(`/api/sync-runs/${id}/changes?kind=everything`).expect(400);
  });
});

async function givenPeople<Names extends string[]>(
  ...names: Names
): Promise<{ [At in keyof Names]: string }> {
  const ids: string[] = [];
  for (const name of names) ids.push(await givenPerson(scim, `${name}@example.com`));
  return ids as { [At in keyof Names]: string };
}

async function givenGroup(displayName: string, people: readonly string[]): Promise<string> {
  const members = people.map((value) => ({ value }));
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const { body } = await scim.post('/Groups', { schemas, displayName, members }).expect(201);
  return body.id;
}

function patchOf(path: string, value: unknown) {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return { schemas, Operations: [{ op: 'replace', path, value }] };
}

async function synchronizeOnly(named: Named): Promise<Run> {
  const { body } = await admin.post('/api/sync-runs', named).expect(202);
  return runEnded(admin, body.id);
}

async function addresses(): Promise<string[]> {
  return (await allMembers(admin)).map(({ email }) => email.split('@')[0] ?? '').sort();
}

async function memberOf(email: string) {
  return (await allMembers(admin)).find((member) => member.email === email);
}

async function groupNames(): Promise<string[]> {
  const { body } = await admin.get('/api/groups').expect(200);
  return body.items.map(({ name }) => name).sort();
}

async function overviewNow() {
  return (await admin.get('/api/user-provisioning').expect(200)).body;
}

async function rememberedPeople(): Promise<number> {
  const [row] = await service.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM sync_run_person WHERE workspace_id = $1',
    [workspace.id],
  );
  return row?.count ?? -1;
}
