import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const emailRule = { source: 'userName', target: { field: 'email' } };
const service = useService();
const workspace = useWorkspace(service);

describe('the preview of rules', () => {
  it('counts apart who would change and is left as they are: excluded, or with a change that was undone', async () => {
    const { admin, scim } = workspace;
    const people = await Promise.all(
      ['ada', 'bob', 'carl'].map((name) => givenPerson(scim, `${name}@example.com`, { title: name })),
    );
    await synchronize(admin);
    const [ada = '', bob = ''] = people;
    await admin.post(`/api/sync-preview/${ada}/exclude`).expect(200);
    await changePerson(scim, bob, { title: 'builder' });
    await undone(admin, (await synchronize(admin)).id);
    const rules = [
      emailRule,
      { source: 'title', transforms: [{ name: 'upper' }], target: { field: 'jobTitle' } },
    ];
    const previewed = async () =>
      (await admin.post('/api/attribute-mapping/preview', { rules }).expect(200)).body;
    const first = await previewed();
    expect(first.summary).toMatchObject({
      people: 3,
      changedMembers: 1,
      withheldMembers: 2,
      fields: [{ field: 'jobTitle', members: 1 }],
    });
    const withheld = first.items.filter((person) => person.withheld);
    expect(withheld.map(({ directoryUserId }) => directoryUserId).sort()).toEqual([ada, bob].sort());
    await admin.put('/api/attribute-mapping', { rules }).expect(200);
    const { counts } = await synchronize(admin);
    expect(counts).toMatchObject({ update: 1, excluded: 1, suppressed: 1 });
    expect((await previewed()).summary).toMatchObject({ changedMembers: 0, withheldMembers: 2 });
  });

  it('counts apart who would change and is in conflict', async () => {
    const { admin, scim } = workspace;
    const eve = await givenPerson(scim, 'eve@example.com', { title: 'eve' });
    await givenPerson(scim, 'fay@example.com');
    await synchronize(admin);
    const emails = [{ type: 'work', primary: true, value: 'fay@example.com' }];
    await changePerson(scim, eve, { title: 'boss', emails });
    expect((await synchronize(admin)).counts).toMatchObject({ update: 0, conflict: 1 });
    const { rules } = (await admin.get('/api/attribute-mapping').expect(200)).body;
    const { body } = await admin.post('/api/attribute-mapping/preview', { rules }).expect(200);
    expect(body.summary).toMatchObject({ changedMembers: 0, conflictMembers: 1, fields: [] });
    expect(body.items.find(({ directoryUserId }) => directoryUserId === eve)).toMatchObject({
      withheld: false,
      inConflict: true,
    });
  });

  it('takes nobody for a member whose creation was undone', async () => {
    const { admin, scim } = workspace;
    const dan = await givenPerson(scim, 'dan@example.com', { title: 'dan' });
    await undone(admin, (await synchronize(admin)).id);
    const { body } = await admin.post('/api/attribute-mapping/preview', { rules: [emailRule] }).expect(200);
    expect(body.items.find(({ directoryUserId }) => directoryUserId === dan)).toMatchObject({
      memberId: null,
      withheld: true,
    });
    expect(body.summary).toMatchObject({ withoutMember: 1 });
  });
});
