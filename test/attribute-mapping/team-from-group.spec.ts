import { beforeEach, describe, expect, it } from '@jest/globals';
import { arrive, givenGroup, regroup } from '../harness/member-roles.ts';
import { allMembers, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { admin, operator, scim } = workspace;

const email = { source: 'userName', target: { field: 'email' } };
/** Groups are called "Team North"; the team is called "North". */
const team = {
  source: { groupNames: 'Team *' },
  transforms: [{ name: 'extract', args: ['[Tt]eam (.+)'] }],
  target: { property: 'team' },
  unknownOption: 'create',
};

beforeEach(async () => {
  const groups = { which: 'picked', picked: [] };
  await admin.patch('/api/user-provisioning/settings', { groups }).expect(200);
});

async function given(type: 'select' | 'multi_select') {
  await admin.post('/api/properties', { name: 'Team', type }).expect(201);
  const people = await arrive(scim, 'ada', 'bob', 'cara');
  const north = await givenGroup(scim, 'Team North', [people.ada, people.bob]);
  const south = await givenGroup(scim, 'Team South', []);
  await givenGroup(scim, 'Everybody', Object.values(people));
  await synchronize(admin);
  return { ...people, north, south };
}

async function save(): Promise<void> {
  await admin.put('/api/attribute-mapping', { rules: [email, team] }).expect(200);
}

/** Who is in which team. */
async function teams(): Promise<Record<string, unknown>> {
  const members = await allMembers(admin);
  return Object.fromEntries(
    members.map(({ email: of, properties }): [string, unknown] => [
      of.replace('@example.com', ''),
      properties.team,
    ]),
  );
}

describe('a team from a group', () => {
  it('is shown by the preview of the mapping for each person, counted over all, and nothing is saved', async () => {
    await given('select');
    const { body } = await admin.post('/api/attribute-mapping/preview', { rules: [email, team] }).expect(200);
    const changes = body.items.map(({ name, changes: of }) => [
      name,
      of?.find(({ field }) => field === 'properties.team')?.after,
    ]);
    expect(Object.fromEntries(changes)).toEqual({ ada: 'north', bob: 'north', cara: undefined });
    expect(body.summary).toMatchObject({
      fields: [{ field: 'properties.team', members: 2 }],
      newOptions: [{ property: 'team', name: 'North', people: 2 }],
    });
    expect(await teams()).toEqual({ ada: undefined, bob: undefined, cara: undefined });
  });

  it('is what the next run gives, follows who joins and leaves the group, and is told to the product', async () => {
    const { bob, cara, north, south } = await given('select');
    await save();
    await synchronize(admin);
    expect(await teams()).toEqual({ ada: 'north', bob: 'north', cara: undefined });
    await regroup(scim, north, 'remove', [bob]);
    await regroup(scim, south, 'add', [bob, cara]);
    const { body: pending } = await admin.get(`/api/sync-preview/${bob}`).expect(200);
    expect(pending.fields).toEqual([{ field: 'properties.team', before: 'north', after: 'south' }]);
    const run = await synchronize(admin);
    expect(await teams()).toEqual({ ada: 'north', bob: 'south', cara: 'south' });
    const { body: told } = await operator
      .get(`/operator/events?workspaceId=${workspace.id}&types=member.updated&limit=1000`)
      .expect(200);
    const changes = told.items.slice(-2).map(({ changes: of }) => of);
    expect(changes).toEqual(
      expect.arrayContaining([
        [{ field: 'properties.team', before: 'north', after: 'south' }],
        [{ field: 'properties.team', before: null, after: 'south' }],
      ]),
    );
    await undone(admin, run.id);
    expect(await teams()).toEqual({ ada: 'north', bob: 'north', cara: undefined });
  });

  it('may be several, where the property takes several', async () => {
    const { bob, south } = await given('multi_select');
    await save();
    await regroup(scim, south, 'add', [bob]);
    await synchronize(admin);
    expect(await teams()).toEqual({ ada: ['north'], bob: ['north', 'south'], cara: undefined });
    const { body } = await admin.get('/api/properties').expect(200);
    const options = body.items.find(({ key }) => key === 'team')?.options ?? [];
    expect(options.map(({ name }) => name).sort()).toEqual(['North', 'South']);
  });
});
