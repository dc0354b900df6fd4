import { beforeEach, describe, expect, it } from '@jest/globals';
import { conflicts } from '../../src/sync/decision/conflicts.ts';
import type { Schema } from '../harness/answers.ts';
import { conflictScenes, type ConflictScene, explained } from '../harness/conflict-scenes.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { declareRoles, givenGroup, ofGroup, regroup } from '../harness/member-roles.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Side = Schema<'ConflictSideResponse'>;

const service = useService();
let scene: ConflictScene;

beforeEach(async () => {
  scene = { ...(await givenWorkspace(service)), dataSource: service.dataSource };
  const settings = {
    leavers: 'next_sync',
    returners: 'next_sync',
    linkByEmail: false,
    removalGuard: { percent: 100, atLeast: 50 },
  };
  await scene.admin.patch('/api/user-provisioning/settings', settings).expect(200);
});

const emails = (value: string) => [{ type: 'work', primary: true, value }];

/** Somebody in this conflict, and its sides. */
async function givenConflict(code: string): Promise<{ id: string; sides: Side[] }> {
  const [id = ''] = (await conflictScenes[code]?.(scene, [1])) ?? [];
  return { id, sides: (await explained(scene, id)).sides };
}

/** How the others stand in each conflict that is about somebody, and what is offered about them. */
const others: Record<string, Partial<Side>[]> = {
  'email-taken': [
    {
      account: 'active',
      memberStatus: 'active',
      source: 'provisioning',
      email: 'p1@example.com',
      offers: [],
    },
  ],
  'email-of-manual': [{ account: 'none', memberStatus: 'active', source: 'manual', offers: [] }],
  'email-taken-by-hand': [{ account: 'none', memberStatus: 'active', source: 'manual', offers: ['link'] }],
  'email-taken-by-former': [{ account: 'inactive', memberStatus: 'deactivated', offers: ['link'] }],
  'two-candidates': [
    { account: 'deleted', memberStatus: 'deactivated', externalId: 'same-1', offers: ['link'] },
    { account: 'none', memberStatus: 'active', source: 'manual', offers: ['link'] },
  ],
  'given-away': [{ account: 'active', memberStatus: 'active', userName: 'new-1', offers: [] }],
  'given-away-needs-address': [{ account: 'active', memberStatus: 'active', offers: [] }],
  'given-away-free': [{ account: 'inactive', memberStatus: 'deactivated', offers: ['link'] }],
};

describe('a conflict with somebody', () => {
  it.each(Object.keys(conflicts))('names both, and offers nothing that is refused: %s', async (code) => {
    const { id, sides } = await givenConflict(code);
    const expected = others[code] ?? [];
    const person = { directoryUserId: id, account: 'active', offers: ['exclude'] };
    expect(sides).toMatchObject(expected.length === 0 ? [] : [person, ...expected]);
    const { admin } = scene;
    for (const { memberId, offers } of sides.slice(1)) {
      if (!offers.includes('link')) continue;
      await admin.post(`/api/sync-preview/${id}/link`, { memberId }).expect(200);
      expect(await explained(scene, id)).toMatchObject({ kind: 'link', memberId, sides: [] });
    }
    await admin.post(`/api/sync-preview/${id}/exclude`).expect(200);
    expect(await explained(scene, id)).toMatchObject({ kind: 'excluded', sides: [] });
  });

  it('tells two people apart before either is a member, and ends when the other one is excluded', async () => {
    const { admin, scim } = scene;
    const department = { department: 'Sales' };
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const first = await givenPerson(scim, 'dora@example.com', { title: 'Clerk', [enterprise]: department });
    const second = await givenPerson(scim, 'dora.two', {
      displayName: 'Dora Two',
      emails: emails('DORA@example.com'),
    });
    const { sides } = await explained(scene, second);
    const nobody = { memberId: null, memberStatus: 'none', source: null, memberChangedAt: null };
    const common = { ...nobody, account: 'active', accountChangedAt: expect.any(String) as unknown };
    expect(sides).toEqual([
      {
        ...common,
        directoryUserId: second,
        name: 'Dora Two',
        userName: 'dora.two',
        externalId: 'external-dora.two',
        email: 'DORA@example.com',
        department: null,
        title: null,
        offers: ['exclude'],
      },
      {
        ...common,
        directoryUserId: first,
        name: 'dora',
        userName: 'dora@example.com',
        externalId: 'external-dora@example.com',
        email: 'dora@example.com',
        department: 'Sales',
        title: 'Clerk',
        offers: ['exclude'],
      },
    ]);
    await admin.post(`/api/sync-preview/${first}/exclude`).expect(200);
    expect(await explained(scene, second)).toMatchObject({ kind: 'create', sides: [] });
  });

  it('offers to exclude nobody who keeps the address as a member, and says when each was last changed', async () => {
    const { admin, scim } = scene;
    const holder = await givenPerson(scim, 'dora@example.com');
    await synchronize(admin);
    const id = await givenPerson(scim, 'dora.two', { emails: emails('dora@example.com') });
    await synchronize(admin);
    const [member] = await allMembers(admin);
    const { body } = await admin.get(`/api/directory/users?search=${holder}`).expect(200);
    expect((await explained(scene, id)).sides[1]).toMatchObject({
      directoryUserId: holder,
      memberId: member?.id,
      memberChangedAt: member?.updatedAt,
      accountChangedAt: body.items[0]?.changedAt,
      offers: [],
    });
    await scim.delete(`/Users/${holder}`).expect(204);
    await synchronize(admin);
    expect((await explained(scene, id)).sides[1]).toMatchObject({
      account: 'deleted',
      memberStatus: 'deactivated',
      offers: ['link'],
    });
  });
});

describe('the other side of a conflict', () => {
  it('is shown with the address that the member has, whatever was sent for them since', async () => {
    const { admin, scim } = scene;
    const holder = await givenPerson(scim, 'dora@example.com');
    await synchronize(admin);
    await admin.post(`/api/sync-preview/${holder}/exclude`).expect(200);
    await changePerson(scim, holder, { emails: emails('later@example.com'), title: 'Later' });
    const id = await givenPerson(scim, 'dora.two', { emails: emails('dora@example.com') });
    expect((await explained(scene, id)).sides[1]).toMatchObject({ email: 'dora@example.com', title: null });
  });

  it('is active in the directory also without a role, and no link to them is offered that is refused', async () => {
    const { admin, scim, operator } = scene;
    await declareRoles(operator);
    const holder = await givenPerson(scim, 'dora@example.com');
    const group = await givenGroup(scim, 'Editors', [holder]);
    const rules = [ofGroup(group, 'editor')];
    await admin.put('/api/role-mapping', { rules, default: null, withoutGroup: 'deactivate' }).expect(200);
    await synchronize(admin);
    const id = await givenPerson(scim, 'dora.two', { emails: emails('dora@example.com') });
    await regroup(scim, group, 'add', [id]);
    await regroup(scim, group, 'remove', [holder]);
    await synchronize(admin);
    const { sides } = await explained(scene, id);
    expect(sides.slice(1)).toMatchObject([{ directoryUserId: holder, account: 'active', offers: [] }]);
  });
});

describe('the members that a person may be', () => {
  const candidates = async (id: string) =>
    (await scene.admin.get(`/api/sync-preview/${id}/link-candidates`).expect(200)).body.items;
  const member = (email: string, more: object = {}) =>
    scene.admin.post('/api/members', { email, ...more }).expect(201);
  const maria = { displayName: 'Maria Abara', name: { givenName: 'Maria', familyName: 'Abara' } };

  it('are listed by what they have in common, the likeliest first, without those who cannot be linked', async () => {
    const { admin, scim } = scene;
    await givenPerson(scim, 'maria.abara@active.example', maria);
    await synchronize(admin);
    const removed = await member('maria.abara@removed.example');
    await admin.delete(`/api/members/${removed.body.id}`).expect(204);
    for (let n = 0; n < 4; n += 1) await member(`older-${n}@example.com`, { lastName: 'Zuse' });
    await member('tom@example.com', { firstName: 'Tom', lastName: 'ABARA' });
    await member('abaraka@example.com', { lastName: 'Abaraka' });
    await member('maria.abara@old.example');
    await member('m.a@example.com', { firstName: 'Maria', lastName: 'Abara' });
    await member('private@example.com', { displayName: 'Somebody Else' });
    const id = await givenPerson(scim, 'maria.abara@example.com', {
      ...maria,
      emails: [...emails('maria.abara@example.com'), { type: 'home', value: 'private@example.com' }],
    });
    expect(await candidates(id)).toMatchObject([
      { member: { email: 'private@example.com', name: 'Somebody Else' }, because: ['same-email'] },
      { member: { email: 'm.a@example.com', name: 'Maria Abara' }, because: ['same-name'] },
      { member: { email: 'maria.abara@old.example' }, because: ['same-mailbox'] },
      { member: { email: 'tom@example.com', name: 'Tom ABARA' }, because: ['same-last-name'] },
    ]);
    const answers = (await candidates(id)).map(({ member: { id: memberId } }) =>
      admin.post(`/api/sync-preview/${id}/link`, { memberId }).expect(200),
    );
    await Promise.all(answers);
  });

  it('are those that a conflict names, also after the old account was given away', async () => {
    for (const [code, because] of [
      ['two-candidates', 'same-external-id'],
      ['given-away-free', 'was-member'],
    ] as const) {
      const { id, sides } = await givenConflict(code);
      const found = await candidates(id);
      expect(found.flatMap((one) => one.because)).toContain(because);
      for (const side of sides.slice(1)) expect(found.map((one) => one.member.id)).toContain(side.memberId);
      await scene.admin.post(`/api/sync-preview/${id}/exclude`).expect(200);
      scene = { ...(await givenWorkspace(service)), dataSource: service.dataSource };
    }
  });

  it('are eight at most, and none of somebody who is a member or unlike everybody', async () => {
    const { admin, scim } = scene;
    const linked = await givenPerson(scim, 'first@example.com', maria);
    await synchronize(admin);
    for (let n = 0; n < 9; n += 1) await member(`m${n}@example.com`, { displayName: 'Maria Abara' });
    expect(await candidates(await givenPerson(scim, 'maria@example.com', maria))).toHaveLength(8);
    expect(await candidates(linked)).toEqual([]);
    expect(await candidates(await givenPerson(scim, 'li@example.com', { displayName: 'Li' }))).toEqual([]);
  });
});

describe('what a link changes', () => {
  const effect = (id: string, memberId: string) =>
    scene.admin.get(`/api/sync-preview/${id}/link/${memberId}`);

  it('is said before: what the next run does to the member, and that the address follows later', async () => {
    const { admin, scim } = scene;
    const made = { email: 'maria@old.example', displayName: 'M. Abara', jobTitle: 'Clerk' };
    const { id: memberId } = (await admin.post('/api/members', made).expect(201)).body;
    const id = await givenPerson(scim, 'maria@example.com', { displayName: 'Maria Abara', title: 'Lead' });
    const said = (await effect(id, memberId).expect(200)).body;
    expect(said).toMatchObject({ kind: 'link', laterReason: null });
    expect(said.fields).toEqual([
      { field: 'displayName', before: 'M. Abara', after: 'Maria Abara' },
      { field: 'jobTitle', before: 'Clerk', after: 'Lead' },
    ]);
    expect(said.later).toEqual([{ field: 'email', before: 'maria@old.example', after: 'maria@example.com' }]);
    expect(await allMembers(admin)).toMatchObject([made]);
    await admin.post(`/api/sync-preview/${id}/link`, { memberId }).expect(200);
    expect((await explained(scene, id)).fields).toEqual(said.fields);
    await synchronize(admin);
    expect(await allMembers(admin)).toMatchObject([{ email: 'maria@old.example', jobTitle: 'Lead' }]);
    await changePerson(scim, id, { nickName: 'M' });
    expect((await explained(scene, id)).fields).toEqual(said.later);
  });

  it('names the conflict that follows, where somebody else has the address', async () => {
    const { admin, scim } = scene;
    const { id: memberId } = (await admin.post('/api/members', { email: 'maria@old.example' }).expect(201))
      .body;
    await admin.post('/api/members', { email: 'maria@example.com' }).expect(201);
    const id = await givenPerson(scim, 'maria@example.com');
    const said = (await effect(id, memberId).expect(200)).body;
    expect(said).toMatchObject({ kind: 'link', later: [], laterReason: { code: 'email-of-manual' } });
  });

  it('takes the address of a removed member for free', async () => {
    const { admin, scim } = scene;
    await admin.patch('/api/user-provisioning/settings', { onLeave: 'delete', graceDays: 0 }).expect(200);
    const id = await givenPerson(scim, 'dora@example.com');
    await synchronize(admin);
    await changePerson(scim, id, { active: false });
    await synchronize(admin);
    await changePerson(scim, id, { active: true });
    const { body } = await admin.post('/api/members', { email: 'dora@old.example' }).expect(201);
    const said = (await effect(id, body.id).expect(200)).body;
    expect(said.laterReason).toBeNull();
    expect(said.later).toEqual([{ field: 'email', before: 'dora@old.example', after: 'dora@example.com' }]);
  });

  it('is refused as the link itself would be', async () => {
    const { admin, scim } = scene;
    const active = await givenPerson(scim, 'eve@example.com');
    await synchronize(admin);
    const [eve] = await allMembers(admin);
    const id = await givenPerson(scim, 'new@example.com');
    const { body } = await effect(id, eve?.id ?? '').expect(409);
    expect(body).toMatchObject({
      type: expect.stringMatching(/member-linked$/) as unknown,
      directoryUserId: active,
    });
    const free = (await admin.post('/api/members', { email: 'free@example.com' }).expect(201)).body.id;
    expect((await effect(active, free).expect(409)).body.type).toMatch(/already-linked$/);
    await admin.delete(`/api/members/${free}`).expect(204);
    expect((await effect(id, free).expect(409)).body.type).toMatch(/member-removed$/);
    await effect(id, id).expect(404);
  });
});
