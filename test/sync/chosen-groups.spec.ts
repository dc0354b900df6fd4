import { beforeEach, describe, expect, it } from '@jest/globals';
import { givenPerson } from '../harness/directory-person.ts';
import { eventually, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';

const service = useService();
const workspace = useWorkspace(service);
let person: string;

beforeEach(async () => {
  person = await givenPerson(workspace.scim, 'ada@example.com');
});

describe('which groups are synchronized', () => {
  it('all of them, unless the workspace says otherwise', async () => {
    await givenGroup('Team Blue');
    await givenGroup('100%_Fun');
    expect(await pending()).toEqual(['create 100%_Fun', 'create Team Blue']);
    await synchronize(workspace.admin);
    expect(await pending()).toEqual([]);
    expect(await memberGroups()).toEqual(['100%_Fun', 'Team Blue']);
  });

  it('those whose name matches a pattern, whatever the case; the others go', async () => {
    for (const name of ['Team Blue', 'team red', 'Printers', '100%_Fun', '100 Fun']) await givenGroup(name);
    await synchronize(workspace.admin);
    await choose({ which: 'matching', pattern: 'TEAM *' });
    expect(await pending()).toEqual(['delete 100 Fun', 'delete 100%_Fun', 'delete Printers']);
    await synchronize(workspace.admin);
    expect(await memberGroups()).toEqual(['Team Blue', 'team red']);
    await choose({ pattern: '100%_*' });
    await synchronize(workspace.admin);
    expect(await memberGroups()).toEqual(['100%_Fun']);
  });

  it('those that were picked, and a group that is chosen again has its people again', async () => {
    const blue = await givenGroup('Team Blue', [person]);
    await givenGroup('Team Red', [person]);
    await choose({ which: 'picked', picked: [blue] });
    await synchronize(workspace.admin);
    expect(await memberGroups()).toEqual(['Team Blue']);
    await choose({ which: 'picked', picked: [] });
    await synchronize(workspace.admin);
    expect(await memberGroups()).toEqual([]);
    await choose({ which: 'all' });
    await synchronize(workspace.admin);
    expect(await memberGroups()).toEqual(['Team Blue', 'Team Red']);
    const { body } = await workspace.admin.get(`/api/groups/${blue}/members`).expect(200);
    const [member] = body.items;
    const inGroup = await workspace.admin.get(`/api/members?groupId=${blue}`).expect(200);
    expect(inGroup.body).toEqual({ ...body, total: null });
    const groups = await workspace.admin.get(`/api/members/${member?.id}/groups`).expect(200);
    expect(groups.body.items).toMatchObject([{ name: 'Team Blue', memberCount: 1 }, { name: 'Team Red' }]);
  });

  it('shows renames and new memberships beforehand, and ties them to the version', async () => {
    const blue = await givenGroup('Team Blue');
    const red = await givenGroup('Team Red');
    await synchronize(workspace.admin);
    const before = await version();
    await patchGroup(blue, { op: 'replace', path: 'displayName', value: 'Team Sky' });
    expect(await version()).not.toBe(before);
    await patchGroup(red, { op: 'add', path: 'members', value: [{ value: person }] });
    expect(await pending()).toEqual(['members Team Red', 'rename Team Sky']);
  });

  it.each(['add', 'remove'] as const)(
    'has or loses people (%s) whose change waited for the group while an admin picked it',
    async (op) => {
      const bob = await givenPerson(workspace.scim, 'bob@example.com');
      const blue = await givenGroup('Team Blue', op === 'add' ? [] : [bob]);
      await synchronize(workspace.admin);
      const wasIn = await peopleIn(blue);
      await choose({ which: 'picked', picked: [] });
      await synchronize(workspace.admin);
      const other = service.dataSource.createQueryRunner();
      await other.startTransaction();
      await other.query('SELECT FROM directory_group WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE', [
        workspace.id,
        blue,
      ]);
      const path = op === 'add' ? 'members' : `members[value eq "${bob}"]`;
      const value = op === 'add' ? [{ value: bob }] : undefined;
      const patched = patchGroup(blue, { op, path, value });
      await eventually(() => somebodyWaits('%FROM directory_group %FOR NO KEY UPDATE%'));
      await choose({ which: 'picked', picked: [blue] });
      await synchronize(workspace.admin);
      await other.commitTransaction();
      await other.release();
      await patched;
      service.clock.advance({ seconds: 1 });
      await synchronize(workspace.admin);
      expect(await peopleIn(blue)).toBe(1 - wasIn);
    },
  );

  it('has people who join it while an admin picks it', async () => {
    const blue = await givenGroup('Team Blue');
    await choose({ which: 'picked', picked: [] });
    await synchronize(workspace.admin);
    const other = service.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query('SELECT FROM audit_head WHERE workspace_id = $1 FOR UPDATE', [workspace.id]);
    const chosen = choose({ which: 'picked', picked: [blue] });
    await eventually(() => somebodyWaits('%INTO audit_head%'));
    await patchGroup(blue, { op: 'add', path: 'members', value: [{ value: person }] });
    await other.commitTransaction();
    await other.release();
    await chosen;
    await synchronize(workspace.admin);
    expect(await peopleIn(blue)).toBe(1);
  });
});

describe('before groups are chosen', () => {
  it('lists what the directory has, how many people each, and whether it is chosen', async () => {
    await givenGroup('Team Blue', [person, 'not-yet-there']);
    await givenGroup('Printers');
    await choose({ which: 'matching', pattern: 'team*' });
    expect(await directoryGroups('')).toEqual([
      { name: 'Team Blue', people: 1, chosen: true },
      { name: 'Printers', people: 0, chosen: false },
    ]);
    expect(await directoryGroups('?search=PRINT')).toEqual([{ name: 'Printers', people: 0, chosen: false }]);
  });

  it('shows what another choice would do, and saves nothing', async () => {
    await givenGroup('Team Blue', [person]);
    await givenGroup('Printers');
    await synchronize(workspace.admin);
    await givenGroup('Team Red');
    const { body } = await workspace.admin
      .post('/api/directory-groups/preview', { which: 'matching', pattern: 'team*' })
      .expect(200);
    expect(body).toEqual({
      total: 3,
      chosen: 2,
      counts: { create: 1, rename: 0, members: 0, delete: 1 },
      groups: [
        expect.objectContaining({ kind: 'delete', name: 'Printers' }),
        expect.objectContaining({ kind: 'create', name: 'Team Red' }),
      ],
    });
    expect(await pending()).toEqual(['create Team Red']);
  });

  it('says of a choice what follows from it alone, not who joins or was brought back', async () => {
    const blue = await givenGroup('Team Blue', [person]);
    await givenGroup('Printers');
    const run = await synchronize(workspace.admin);
    const counts = async () => {
      const asked = await workspace.admin.post('/api/directory-groups/preview', {}).expect(200);
      return { ...asked.body.counts, named: asked.body.groups.length };
    };
    const nothing = { create: 0, rename: 0, members: 0, delete: 0, named: 0 };
    expect(await counts()).toEqual(nothing);
    await undone(workspace.admin, (await undone(workspace.admin, run.id)).id);
    expect(await memberGroups()).toEqual(['Printers', 'Team Blue']);
    expect(await pending()).toEqual([]);
    expect(await counts()).toEqual(nothing);
    await patchGroup(blue, { op: 'remove', path: `members[value eq "${person}"]` });
    expect(await counts()).toEqual(nothing);
  });

  it('shows nobody the groups of another workspace', async () => {
    await givenGroup('Team Blue');
    const other = await givenWorkspace(service);
    const { body } = await other.admin.get('/api/directory-groups').expect(200);
    expect(body).toEqual({ items: [], nextCursor: null });
    const preview = await other.admin.post('/api/directory-groups/preview', {}).expect(200);
    expect(preview.body).toMatchObject({ total: 0, chosen: 0, groups: [] });
  });

  it('refuses a choice that there is not', async () => {
    await workspace.admin.post('/api/directory-groups/preview', { which: 'some' }).expect(400);
  });
});

async function givenGroup(displayName: string, members: string[] = []): Promise<string> {
  const body = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName,
    members: members.map((value) => ({ value })),
  };
  const created = await workspace.scim.post('/Groups', body).expect(201);
  return created.body.id;
}

/** Somebody waits for a lock in a statement like this. */
async function somebodyWaits(like: string): Promise<true | null> {
  return (await waitingStatements(service.dataSource, like)) === 0 ? null : true;
}

/** How many members are in the group that a directory group has become. */
async function peopleIn(group: string): Promise<number> {
  const { body } = await workspace.admin.get(`/api/groups/${group}/members`).expect(200);
  return body.items.length;
}

async function patchGroup(id: string, operation: object): Promise<void> {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await workspace.scim.patch(`/Groups/${id}`, { schemas, Operations: [operation] }).expect(204);
}

async function directoryGroups(query: string): Promise<object[]> {
  const { body } = await workspace.admin.get(`/api/directory-groups${query}`).expect(200);
  return body.items.map(({ id: _id, ...group }) => group);
}

async function choose(groups: object): Promise<void> {
  await workspace.admin.patch('/api/user-provisioning/settings', { groups }).expect(200);
}

async function preview() {
  return (await workspace.admin.get('/api/sync-preview').expect(200)).body;
}

async function pending(): Promise<string[]> {
  return (await preview()).groups.map(({ kind, name }) => `${kind} ${name}`).sort();
}

async function version(): Promise<string> {
  return (await preview()).version;
}

async function memberGroups(): Promise<string[]> {
  const { body } = await workspace.admin.get('/api/groups').expect(200);
  return body.items.map(({ name }) => name).sort();
}
