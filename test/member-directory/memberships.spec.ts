import { beforeEach, describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Run, runEnded, synchronize, undone as undoneBy } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);
let ada: string;
let bob: string;
let group: string;

beforeEach(async () => {
  await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
  ada = await givenPerson(workspace.scim, 'ada@example.com');
  bob = await givenPerson(workspace.scim, 'bob@example.com');
  group = await givenGroup('Makers', [ada]);
});

/** Brings bob, who is in the group, into a state in which runs leave them alone. */
const withheld: Record<string, () => Promise<unknown>> = {
  excluded: () => workspace.admin.post(`/api/sync-preview/${bob}/exclude`).expect(200),
  suppressed: async () => {
    await changePerson(workspace.scim, bob, { title: 'Analyst' });
    await undone(await synchronize(workspace.admin));
  },
  held: async () => {
    const removalGuard = { percent: 0, atLeast: 0 };
    await workspace.admin.patch('/api/user-provisioning/settings', { removalGuard }).expect(200);
    await changePerson(workspace.scim, bob, { active: false });
    await synchronize(workspace.admin);
  },
  'in conflict': async () => {
    await workspace.admin.post('/api/members', { email: 'man@example.com' }).expect(201);
    await changePerson(workspace.scim, bob, { 'emails[type eq "work"].value': 'man@example.com' });
    await synchronize(workspace.admin);
  },
};

it('and a person have a timeline that names the API token by which a change came, and none for what a run did', async () => {
  await synchronize(workspace.admin);
  // Asking the log waits until it is written.
  await workspace.admin.get('/api/provisioning-log').expect(200);
  const [token] = (await workspace.admin.get('/api/tokens').expect(200)).body.items;
  const named = { id: token?.id, name: token?.name, lastFour: token?.lastFour, revokedAt: null };
  for (const entries of [await timelineOfGroup(), await timelineOfMember('ada')]) {
    expect(entries).toMatchObject([
      { by: 'identity_provider', kind: 'created', token: named },
      { by: 'sync', kind: 'create', token: null },
    ]);
  }
});

describe('a membership', () => {
  it('of a new member is part of what creates them', async () => {
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ counts: { create: 2 }, groups: { create: 1, members: 0 } });
    const [first, second] = await changesOf(run);
    expect(first?.fields).toContainEqual({ field: 'groups', before: [], after: ['Makers'] });
    expect(second?.fields.map(({ field }) => field)).not.toContain('groups');
    expect(await groupsOfRun(run)).toMatchObject([
      {
        kind: 'create',
        name: 'Makers',
        nameBefore: null,
        joined: 1,
        left: 0,
        people: [{ name: 'ada', joined: true }],
      },
    ]);
  });

  it('that ends is previewed, counted, told of and taken back', async () => {
    await synchronize(workspace.admin);
    const before = await preview();
    await removeFrom(group, ada);
    const after = await preview();
    expect(after.version).not.toBe(before.version);
    expect(after.summary).toMatchObject({ update: 1 });
    expect(after.items).toMatchObject([
      {
        kind: 'update',
        name: 'ada',
        fields: [{ field: 'groups', before: ['Makers'], after: [] }],
        reason: { code: 'groups-changed' },
      },
    ]);
    expect(after.groups).toMatchObject([{ kind: 'members', name: 'Makers', joining: 0, leaving: 1 }]);
    const { body: explained } = await workspace.admin.get(`/api/sync-preview/${ada}`).expect(200);
    expect(explained).toMatchObject({
      kind: 'update',
      steps: [{}, {}, {}, { text: expect.stringMatching(/Makers/) }],
    });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ counts: { update: 1 }, groups: { members: 1 } });
    const asPreviewed = after.items.map(({ kind, directoryUserId, name, fields, reason }) => {
      return { kind, directoryUserId, name, fields, reason };
    });
    expect(await changesOf(run)).toMatchObject(asPreviewed);
    expect(await changesOf(run, `?groupId=${group}`)).toHaveLength(1);
    expect(await membersOf(group)).toEqual([]);
    expect(await timelineOfMember('ada')).toContainEqual(
      expect.objectContaining({ kind: 'update', changes: after.items[0]?.fields, runId: run.id }),
    );
    expect(await timelineOfGroup()).toMatchObject([
      { by: 'identity_provider', kind: 'created' },
      { by: 'sync', kind: 'create', changes: [{ field: 'name' }, { after: ['ada'], joined: 1, left: 0 }] },
      {
        by: 'identity_provider',
        kind: 'updated',
        changes: [{ field: 'members', before: ['ada'], after: [] }],
      },
      { by: 'sync', kind: 'members', changes: [{ field: 'members', before: ['ada'], after: [], left: 1 }] },
    ]);
    const undo = await undone(run);
    expect(undo).toMatchObject({ counts: { update: 1 }, groups: { members: 1 } });
    expect(await membersOf(group)).toEqual(['ada']);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'undone' });
  });

  it('that was taken back stays so until the identity provider changes the groups of the person', async () => {
    await synchronize(workspace.admin);
    await removeFrom(group, ada);
    await undone(await synchronize(workspace.admin));
    await changePerson(workspace.scim, bob, { title: 'Baker' });
    const { summary } = await preview();
    expect(summary).toMatchObject({ update: 1, suppressed: 1 });
    await synchronize(workspace.admin);
    expect(await membersOf(group)).toEqual(['ada']);
    const other = await givenGroup('Bakers', [ada]);
    await synchronize(workspace.admin);
    expect(await membersOf(group)).toEqual([]);
    expect(await membersOf(other)).toEqual(['ada']);
  });

  it('is a change beside those of the attributes, and is found by its group', async () => {
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, bob, { title: 'Baker' });
    await changePerson(workspace.scim, ada, { title: 'Analyst' });
    await addTo(group, bob);
    const { items, summary } = await preview();
    expect(summary).toMatchObject({ update: 2 });
    expect(items.map(({ fields }) => fields.map(({ field }) => field))).toEqual([
      ['jobTitle'],
      ['jobTitle', 'groups'],
    ]);
    expect((await preview(`?groupId=${group}`)).items.map(({ name }) => name)).toEqual(['bob']);
    const nobody = await preview('?groupId=00000000-0000-4000-8000-000000000000');
    expect(nobody.items).toEqual([]);
  });

  it('waits for the next run when it comes after the run was asked for', async () => {
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, bob, { title: 'Baker' });
    const askedAt = service.clock.now();
    service.clock.advance({ seconds: 1 });
    await addTo(group, bob);
    const run = await runAskedFor(askedAt);
    expect(await runEnded(workspace.admin, run)).toMatchObject({ counts: { update: 0 } });
    expect(await membersOf(group)).toEqual(['ada']);
    await synchronize(workspace.admin);
    expect(await membersOf(group)).toEqual(['ada', 'bob']);
  });

  it('of who is excluded stays as it is', async () => {
    await synchronize(workspace.admin);
    await workspace.admin.post(`/api/sync-preview/${ada}/exclude`).expect(200);
    await removeFrom(group, ada);
    expect(await synchronize(workspace.admin)).toMatchObject({
      counts: { update: 0 },
      groups: { members: 0 },
    });
    expect(await membersOf(group)).toEqual(['ada']);
  });

  it('ends with the removal of the member, and comes back with it', async () => {
    const leavers = { onLeave: 'delete', graceDays: 0 };
    await workspace.admin.patch('/api/user-provisioning/settings', leavers).expect(200);
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ada, { active: false });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ counts: { remove: 1 } });
    expect((await changesOf(run))[0]?.fields).toContainEqual({
      field: 'groups',
      before: ['Makers'],
      after: [],
    });
    await undone(run);
    expect(await membersOf(group)).toEqual(['ada']);
  });
});

describe('a group', () => {
  it('that a run made is deleted by its undo, and stays so until it is allowed again', async () => {
    const run = await synchronize(workspace.admin);
    await undone(run);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'undone' });
    expect(await groupNames()).toEqual([]);
    expect((await preview()).groups).toMatchObject([{ kind: 'suppressed', name: 'Makers' }]);
    await addTo(group, bob);
    await synchronize(workspace.admin);
    expect(await groupNames()).toEqual([]);
    const lifted = await workspace.admin
      .post('/api/sync-preview/lift', { groupIds: [group], filter: {} })
      .expect(200);
    expect(lifted.body).toEqual({ people: 2, groups: 1 });
    expect((await preview()).groups).toMatchObject([{ kind: 'create', name: 'Makers', joining: 2 }]);
    await synchronize(workspace.admin);
    expect(await membersOf(group)).toEqual(['ada', 'bob']);
  });

  it('is made under the clean name of the group, which the preview names, too, and which no other spelling renames', async () => {
    const dirty = 'Gr\u202eoup\nX\u200b';
    const other = await givenGroup(dirty, [ada]);
    const names = async () =>
      (await workspace.admin.get('/api/groups').expect(200)).body.items.map(({ name }) => name);
    expect((await preview()).groups.map(({ name }) => name).sort()).toEqual(['Group X', 'Makers']);
    await synchronize(workspace.admin);
    expect((await names()).sort()).toEqual(['Group X', 'Makers']);
    expect((await workspace.scim.get(`/Groups/${other}`).expect(200)).body.displayName).toBe(dirty);
    await addTo(other, bob);
    expect((await preview()).groups).toMatchObject([{ kind: 'members', name: 'Group X', joining: 1 }]);
    expect(await synchronize(workspace.admin)).toMatchObject({ groups: { rename: 0, members: 1 } });
  });

  it('that was renamed gets its name back, and follows the next one', async () => {
    await synchronize(workspace.admin);
    await patch(group, { op: 'replace', path: 'displayName', value: 'Builders' });
    const run = await synchronize(workspace.admin);
    expect(await groupsOfRun(run)).toMatchObject([
      { kind: 'rename', name: 'Builders', nameBefore: 'Makers' },
    ]);
    const undo = await undone(run);
    expect(await groupNames()).toEqual(['Makers']);
    await synchronize(workspace.admin);
    expect(await groupNames()).toEqual(['Makers']);
    await undone(undo);
    expect(await groupNames()).toEqual(['Builders']);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'succeeded' });
    await patch(group, { op: 'replace', path: 'displayName', value: 'Bakers' });
    await synchronize(workspace.admin);
    expect(await groupNames()).toEqual(['Bakers']);
  });

  it('that was deleted comes back with everybody by the undo, and goes again by the undo of that', async () => {
    await addTo(group, bob);
    await synchronize(workspace.admin);
    await workspace.scim.delete(`/Groups/${group}`).expect(204);
    const pending = await preview();
    expect(pending.groups).toMatchObject([{ kind: 'delete', name: 'Makers', leaving: 2, staying: 0 }]);
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ counts: { update: 2 }, groups: { delete: 1 } });
    expect(await groupsOfRun(run)).toMatchObject([{ kind: 'delete', left: 2 }]);
    const undo = await undone(run);
    expect(await membersOf(group)).toEqual(['ada', 'bob']);
    await undone(undo);
    expect(await groupNames()).toEqual([]);
    expect(await timelineOfGroup()).toMatchObject([
      {},
      {},
      {},
      {},
      { kind: 'delete' },
      { kind: 'create_undone' },
      {},
    ]);
  });

  it('goes after all with a run, where the undo of its return keeps somebody in it', async () => {
    await synchronize(workspace.admin);
    await workspace.scim.delete(`/Groups/${group}`).expect(204);
    const undo = await undone(await synchronize(workspace.admin));
    await changePerson(workspace.scim, ada, { title: 'Analyst' });
    await synchronize(workspace.admin);
    expect(await membersOf(group)).toEqual(['ada']);
    await undone(undo);
    expect(await membersOf(group)).toEqual(['ada']);
    expect((await preview()).groups).toMatchObject([{ kind: 'delete', leaving: 1, staying: 0 }]);
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ counts: { update: 1 }, groups: { delete: 1 } });
    expect(await groupNames()).toEqual([]);
  });

  it.each(Object.keys(withheld))(
    'that the directory deleted stays for the sake of people who are %s, and nothing happens to them',
    async (state) => {
      const { admin, scim } = workspace;
      await addTo(group, bob);
      await synchronize(admin);
      await withheld[state]?.();
      // Asking the log waits until it is written: the timeline names tokens from it.
      await admin.get('/api/provisioning-log').expect(200);
      const before = await timelineOfMember('bob');
      await scim.delete(`/Groups/${group}`).expect(204);
      const pending = await preview();
      expect(pending.groups).toMatchObject([{ kind: 'members', name: 'Makers', leaving: 1, staying: 1 }]);
      const run = await synchronize(admin);
      expect(run).toMatchObject({ counts: { update: 1 }, groups: { delete: 0, members: 1 } });
      expect(await groupsOfRun(run)).toMatchObject([{ kind: 'members', left: 1, people: [{ name: 'ada' }] }]);
      expect(await changesOf(run)).toMatchObject([{ directoryUserId: ada }]);
      expect(await membersOf(group)).toEqual(['bob']);
      expect(await timelineOfMember('bob')).toEqual(before);
      expect((await preview()).groups).toEqual([]);
      await undone(run);
      expect(await membersOf(group)).toEqual(['ada', 'bob']);
    },
  );

  it('that is not chosen any more goes with the last who is included again, as a change that can be undone', async () => {
    const { admin } = workspace;
    await addTo(group, bob);
    await synchronize(admin);
    await admin.post(`/api/sync-preview/${bob}/exclude`).expect(200);
    const groups = { which: 'matching', pattern: 'None*' };
    const asked = await admin.post('/api/directory-groups/preview', groups).expect(200);
    expect(asked.body).toMatchObject({ counts: { delete: 0, members: 1 } });
    await admin.patch('/api/user-provisioning/settings', { groups }).expect(200);
    await synchronize(admin);
    expect(await membersOf(group)).toEqual(['bob']);
    await admin.post(`/api/sync-preview/${bob}/include`).expect(200);
    expect((await preview()).groups).toMatchObject([{ kind: 'delete', leaving: 1, staying: 0 }]);
    const run = await synchronize(admin);
    expect(await groupNames()).toEqual([]);
    expect(await changesOf(run)).toMatchObject([
      { directoryUserId: bob, fields: [{ field: 'groups', before: ['Makers'], after: [] }] },
    ]);
    await undone(run);
    expect(await membersOf(group)).toEqual(['bob']);
  });

  it('costs a run what changes in it, not how large it is', async () => {
    await synchronize(workspace.admin);
    await addTo(group, bob);
    const { total } = await synchronize(workspace.admin);
    expect(total).toBe(1);
  });

  it('shows nobody the groups of another workspace', async () => {
    const run = await synchronize(workspace.admin);
    const other = await givenWorkspace(service);
    await other.admin.get(`/api/groups/${group}/timeline`).expect(404);
    await other.admin.get(`/api/sync-runs/${run.id}/groups`).expect(404);
    await other.admin.post('/api/sync-preview/lift', { groupIds: [group] }).expect(400);
  });
});

async function givenGroup(displayName: string, members: string[]): Promise<string> {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const body = { schemas, displayName, members: members.map((value) => ({ value })) };
  const created = await workspace.scim.post('/Groups', body).expect(201);
  return created.body.id;
}

async function patch(id: string, operation: object): Promise<void> {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await workspace.scim.patch(`/Groups/${id}`, { schemas, Operations: [operation] }).expect(204);
}

function addTo(id: string, person: string): Promise<void> {
  return patch(id, { op: 'add', path: 'members', value: [{ value: person }] });
}

function removeFrom(id: string, person: string): Promise<void> {
  return patch(id, { op: 'remove', path: `members[value eq "${person}"]` });
}

async function preview(query = '') {
  return (await workspace.admin.get(`/api/sync-preview${query}`).expect(200)).body;
}

async function changesOf({ id }: Run, query = '') {
  return (await workspace.admin.get(`/api/sync-runs/${id}/changes${query}`).expect(200)).body.items;
}

async function groupsOfRun({ id }: Run) {
  return (await workspace.admin.get(`/api/sync-runs/${id}/groups`).expect(200)).body.items;
}

async function groupNames(): Promise<string[]> {
  return (await workspace.admin.get('/api/groups').expect(200)).body.items.map(({ name }) => name);
}

async function membersOf(id: string): Promise<(string | null)[]> {
  const { body } = await workspace.admin.get(`/api/groups/${id}/members`).expect(200);
  return body.items.map(({ displayName }) => displayName).sort();
}

async function timelineOfMember(name: string): Promise<object[]> {
  const member = (await allMembers(workspace.admin)).find(({ displayName }) => displayName === name);
  return (await workspace.admin.get(`/api/members/${member?.id}/timeline`).expect(200)).body.items;
}

async function timelineOfGroup(): Promise<object[]> {
  return (await workspace.admin.get(`/api/groups/${group}/timeline`).expect(200)).body.items;
}

function undone({ id }: Pick<Run, 'id'>): Promise<Run> {
  return undoneBy(workspace.admin, id);
}

/** A run that was asked for some time ago and has not begun. @returns its id */
async function runAskedFor(at: Date): Promise<string> {
  const [row] = await service.dataSource.query<{ id: string }[]>(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
     VALUES ($1, gen_random_uuid(), 'manual', 'queued', 'x', $2) RETURNING id`,
    [workspace.id, at],
  );
  return row?.id ?? '';
}
