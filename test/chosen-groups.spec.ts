import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { givenPerson } from './harness/directory-person.ts';
import { type Service, startService } from './harness/service.ts';
import { synchronize } from './harness/synchronize.ts';
import { givenWorkspace, type TestWorkspace } from './harness/workspace.ts';

let service: Service;
let workspace: TestWorkspace;
let person: string;

beforeAll(async () => {
  service = await startService();
});

beforeEach(async () => {
  workspace = await givenWorkspace(service);
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
    expect((body as { items: unknown[] }).items).toHaveLength(1);
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
});

async function givenGroup(displayName: string, members: string[] = []): Promise<string> {
  const body = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName,
    members: members.map((value) => ({ value })),
  };
  const created = await workspace.scim.post('/Groups', body).expect(201);
  return (created.body as { id: string }).id;
}

async function patchGroup(id: string, operation: object): Promise<void> {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await workspace.scim.patch(`/Groups/${id}`, { schemas, Operations: [operation] }).expect(204);
}

async function choose(groups: object): Promise<void> {
  await workspace.admin.patch('/api/user-provisioning/settings', { groups }).expect(200);
}

interface Preview {
  version: string;
  groups: { kind: string; name: string }[];
}

async function preview(): Promise<Preview> {
  const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
  return body as Preview;
}

async function pending(): Promise<string[]> {
  return (await preview()).groups.map(({ kind, name }) => `${kind} ${name}`).sort();
}

async function version(): Promise<string> {
  return (await preview()).version;
}

async function memberGroups(): Promise<string[]> {
  const { body } = await workspace.admin.get('/api/groups').expect(200);
  return (body as { items: { name: string }[] }).items.map(({ name }) => name).sort();
}
