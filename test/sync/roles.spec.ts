import { beforeEach, describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import {
  arrive,
  declareRoles,
  givenGroup,
  haveRoles,
  ofGroup,
  regroup,
  role,
  rolesNow,
  unattendedRun,
} from '../harness/member-roles.ts';
import {
  allMembers,
  eventually,
  type Run,
  runEnded,
  synchronize as runByHand,
  undone,
} from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

beforeEach(() => declareRoles(operator));

/** People whose role waits are looked at by a later run: here, too, time goes on. */
function later(): void {
  service.clock.advance({ seconds: 1 });
}

async function synchronize(of: typeof admin): Promise<Run> {
  later();
  return runByHand(of);
}

type Mapping = Parameters<typeof map>[0];

async function map(mapping: {
  default?: string | null;
  rules: object[];
  withoutGroup?: 'default' | 'keep' | 'deactivate';
}): Promise<void> {
  await admin.put('/api/role-mapping', mapping).expect(200);
}

/** Three people, one an admin and one an editor by their groups, synchronized by hand. */
async function given(more: Partial<Mapping> = {}) {
  // Which groups become groups of the product has nothing to do with roles.
  const groups = { which: 'picked', picked: [] };
  await admin.patch('/api/user-provisioning/settings', { groups }).expect(200);
  const people = await arrive(scim, 'ada', 'bob', 'cara');
  const it = await givenGroup(scim, 'IT', [people.ada]);
  const authors = await givenGroup(scim, 'Authors', [people.ada, people.bob]);
  await map({
    default: 'member',
    rules: [ofGroup(authors, 'editor'), ofGroup(it, 'admin')],
    ...more,
  });
  const run = await synchronize(admin);
  return { ...people, it, authors, run };
}

async function pending(id: string) {
  later();
  return (await admin.get(`/api/sync-preview/${id}`).expect(200)).body;
}

async function memberOf(name: string) {
  const member = (await allMembers(admin)).find(({ email }) => email === `${name}@example.com`);
  if (member === undefined) throw new Error(`No member ${name}`);
  return member;
}

async function newestRun(trigger: Run['trigger']): Promise<Run | undefined> {
  const { body } = await admin.get('/api/sync-runs').expect(200);
  return body.items.find((run) => run.trigger === trigger);
}

async function roleEvents(): Promise<unknown[]> {
  const { body } = await operator
    .get(`/operator/events?workspaceId=${workspace.id}&types=member.updated&limit=1000`)
    .expect(200);
  return body.items.flatMap(({ data, changes, cause }) => {
    const change = changes.find(({ field }) => field === 'role');
    const { email } = data as { email: string };
    return change === undefined ? [] : [[email, change.before, change.after, cause.by]];
  });
}

describe('roles from groups', () => {
  it('are nothing where the admin said nothing: members have none', async () => {
    await arrive(scim, 'ada');
    await synchronize(admin);
    expect((await admin.get('/api/role-mapping').expect(200)).body).toEqual({
      version: 0,
      default: null,
      rules: [],
      withoutGroup: 'default',
    });
    const member = await memberOf('ada');
    expect(member).toMatchObject({ role: null, roleBecause: [] });
  });

  it('the highest rank counts, and the member says which group gives it', async () => {
    const { it: group } = await given();
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'editor', cara: 'member' });
    expect((await memberOf('ada')).roleBecause).toEqual([{ groupId: group, name: 'IT' }]);
    const { body: product } = await operator
      .get(`/operator/workspaces/${workspace.id}/members?email=ada@example.com`)
      .expect(200);
    expect(product.items[0]).toMatchObject({ role: 'admin', roleBecause: [{ groupId: group, name: 'IT' }] });
    expect((await memberOf('cara')).roleBecause).toEqual([]);
  });

  it('are shown before the run with the reason, are made by it, told to the product, and taken back by an undo', async () => {
    const { bob, it: group } = await given();
    await regroup(scim, group, 'add', [bob]);
    const shown = await pending(bob);
    expect(shown).toMatchObject({ kind: 'update', reason: { code: 'role-changed' } });
    expect(shown.fields).toContainEqual({ field: 'role', before: 'editor', after: 'admin' });
    expect(shown.reason.text).toContain('IT');
    const run = await synchronize(admin);
    expect(await rolesNow(admin)).toMatchObject({ bob: 'admin' });
    expect(await roleEvents()).toEqual([['bob@example.com', 'editor', 'admin', 'run']]);
    const { body: timeline } = await admin
      .get(`/api/members/${(await memberOf('bob')).id}/timeline`)
      .expect(200);
    expect(JSON.stringify(timeline)).toContain('"after":"admin"');
    await undone(admin, run.id);
    expect(await rolesNow(admin)).toMatchObject({ bob: 'editor' });
    expect((await pending(bob)).kind).toBe('suppressed');
    await regroup(scim, group, 'remove', [bob]);
    await synchronize(admin);
    await regroup(scim, group, 'add', [bob]);
    await synchronize(admin);
    expect(await rolesNow(admin)).toMatchObject({ bob: 'admin' });
  });

  it('come from attributes, too, whatever the case of their values', async () => {
    await givenPerson(scim, 'ada@example.com', { roles: [{ value: 'EDIT' }] });
    await givenPerson(scim, 'bob@example.com', { roles: [{ value: 'other' }] });
    await map({ default: 'member', rules: [{ attribute: 'roles.value', value: 'edit', role: 'editor' }] });
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'editor', bob: 'member' });
  });

  it('stay with people that no rule is about, where the admin wants that', async () => {
    const { bob, authors } = await given({ withoutGroup: 'keep' });
    await regroup(scim, authors, 'remove', [bob]);
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'editor', cara: 'member' });
  });

  it('are looked at again by the next run when the rules change', async () => {
    const { authors } = await given();
    await map({ default: 'member', rules: [ofGroup(authors, 'member')] });
    const { body } = await admin.get('/api/sync-preview').expect(200);
    const changes = body.items.map(({ name, kind }) => [name, kind]);
    expect(changes).toEqual([
      ['ada', 'held'],
      ['bob', 'update'],
    ]);
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'member', cara: 'member' });
  });
});

describe('a role that is lost', () => {
  it('is gone within 5 seconds, and nothing else of the person is touched', async () => {
    const { bob, authors } = await given();
    await changePerson(scim, bob, { title: 'Writer' });
    const begun = performance.now();
    await regroup(scim, authors, 'remove', [bob]);
    await haveRoles(admin, { ada: 'admin', bob: 'member', cara: 'member' });
    expect(performance.now() - begun).toBeLessThan(5000);
    const run = await newestRun('role');
    expect(run).toMatchObject({ state: 'succeeded', counts: { update: 1 } });
    const { body } = await admin.get(`/api/sync-runs/${run?.id}/changes`).expect(200);
    expect(body.items).toMatchObject([
      { reason: { code: 'role-lost' }, fields: [{ field: 'role', before: 'editor', after: 'member' }] },
    ]);
    expect(await memberOf('bob')).toMatchObject({ jobTitle: null, roleBecause: [] });
    expect(await roleEvents()).toEqual([['bob@example.com', 'editor', 'member', 'leaver']]);
    expect(await pending(bob)).toMatchObject({ kind: 'update' });
    await synchronize(admin);
    expect(await memberOf('bob')).toMatchObject({ jobTitle: 'Writer', role: 'member' });
  });

  it('is gone as fast when the group is deleted, or the attribute changes', async () => {
    const { authors, cara } = await given();
    await changePerson(scim, cara, { roles: [{ value: 'edit' }] });
    await map({
      default: 'member',
      rules: [ofGroup(authors, 'editor'), { attribute: 'roles.value', value: 'edit', role: 'editor' }],
      withoutGroup: 'default',
    });
    await synchronize(admin);
    await haveRoles(admin, { ada: 'admin', bob: 'editor', cara: 'editor' });
    await changePerson(scim, cara, { roles: [{ value: 'read' }] });
    await haveRoles(admin, { ada: 'admin', bob: 'editor', cara: 'member' });
    await scim.delete(`/Groups/${authors}`).expect(204);
    await haveRoles(admin, { ada: 'admin', bob: 'member', cara: 'member' });
  });

  it('is gone as fast for all whose attribute changes at the same moment', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `person-${at}`);
    const roles = [{ value: 'edit' }];
    const people = await Promise.all(
      names.map((name) => givenPerson(scim, `${name}@example.com`, { roles })),
    );
    await map({ default: 'member', rules: [{ attribute: 'roles.value', value: 'edit', role: 'editor' }] });
    await synchronize(admin);
    await haveRoles(admin, Object.fromEntries(names.map((name) => [name, 'editor'])));
    await Promise.all(people.map((id) => changePerson(scim, id, { roles: [{ value: 'read' }] })));
    await haveRoles(admin, Object.fromEntries(names.map((name) => [name, 'member'])));
  });

  it('is gone as fast where another change of the person was undone', async () => {
    const { bob, authors } = await given();
    await changePerson(scim, bob, { title: 'Writer' });
    const run = await synchronize(admin);
    await undone(admin, run.id);
    await regroup(scim, authors, 'remove', [bob]);
    await haveRoles(admin, { ada: 'admin', bob: 'member', cara: 'member' });
    expect(await memberOf('bob')).toMatchObject({ jobTitle: null });
    expect((await pending(bob)).kind).toBe('suppressed');
  });

  it('takes access as fast where another change of the person was undone', async () => {
    const { bob, authors } = await given({ withoutGroup: 'deactivate' });
    await changePerson(scim, bob, { title: 'Writer' });
    const run = await synchronize(admin);
    await undone(admin, run.id);
    await regroup(scim, authors, 'remove', [bob]);
    await haveRoles(admin, { ada: 'admin' });
    const left = await newestRun('role');
    await undone(admin, left?.id ?? '');
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'editor' });
  });

  it('is gone as fast from somebody in a conflict, which stays one', async () => {
    const { bob, authors } = await given();
    await changePerson(scim, bob, { emails: [{ type: 'work', primary: true, value: 'cara@example.com' }] });
    expect((await synchronize(admin)).counts).toMatchObject({ conflict: 1 });
    await regroup(scim, authors, 'remove', [bob]);
    await haveRoles(admin, { ada: 'admin', bob: 'member', cara: 'member' });
    expect(await roleEvents()).toEqual([['bob@example.com', 'editor', 'member', 'leaver']]);
    expect((await synchronize(admin)).counts).toMatchObject({ conflict: 1, update: 0 });
    expect((await pending(bob)).kind).toBe('conflict');
  });

  it('waits for the next run where leavers do', async () => {
    const { bob, authors } = await given();
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    await regroup(scim, authors, 'remove', [bob]);
    expect(await pending(bob)).toMatchObject({ kind: 'update' });
    await unattendedRun(service, workspace);
    expect(await rolesNow(admin)).toMatchObject({ bob: 'member' });
  });

  it('takes access where nobody may be without one; the person comes back by joining a group', async () => {
    const { bob, cara, authors } = await given({ withoutGroup: 'deactivate' });
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'editor' });
    expect(await pending(cara)).toMatchObject({
      kind: 'nothing',
      reason: { code: 'without-role-never-linked' },
    });
    await regroup(scim, authors, 'remove', [bob]);
    await haveRoles(admin, { ada: 'admin' });
    expect(await memberOf('bob')).toMatchObject({ status: 'deactivated' });
    const run = await newestRun('role');
    const { body } = await admin.get(`/api/sync-runs/${run?.id}/changes`).expect(200);
    expect(body.items).toMatchObject([{ kind: 'deactivate', reason: { code: 'leaver-without-role' } }]);
    await regroup(scim, authors, 'add', [bob]);
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'editor' });
  });
});

describe('a privileged role', () => {
  it('is not gained by a run that no admin started, and everything else is done; one by hand gives it', async () => {
    const { bob, it: group } = await given();
    await regroup(scim, group, 'add', [bob]);
    const dan = await givenPerson(scim, 'dan@example.com');
    await regroup(scim, group, 'add', [dan]);
    const run = await unattendedRun(service, workspace);
    expect(run).toMatchObject({ state: 'succeeded', counts: { create: 1, held: 1 } });
    expect(run.notes).toMatchObject([
      { code: 'roles-wait', params: { count: 1 } },
      { code: 'roles-wait-beside', params: { count: 1 } },
    ]);
    expect(await rolesNow(admin)).toEqual({ ada: 'admin', bob: 'editor', cara: 'member', dan: 'member' });
    const { body } = await admin.get(`/api/sync-runs/${run.id}/changes`).expect(200);
    expect(body.items[0]?.reason.text).toContain('admin (en) is a privileged role');
    expect(await pending(bob)).toMatchObject({ kind: 'update', fields: [{ after: 'admin' }] });
    await synchronize(admin);
    expect(await rolesNow(admin)).toMatchObject({ bob: 'admin', dan: 'admin' });
  });

  it('is gained by any run where the workspace wants that', async () => {
    const { bob, it: group } = await given();
    await admin.patch('/api/user-provisioning/settings', { privilegedRoles: 'immediately' }).expect(200);
    await regroup(scim, group, 'add', [bob]);
    await unattendedRun(service, workspace);
    expect(await rolesNow(admin)).toMatchObject({ bob: 'admin' });
  });

  it('is not had again by itself by somebody who left and comes back', async () => {
    const { ada, bob, it: group } = await given();
    await regroup(scim, group, 'add', [bob]);
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    await haveRoles(admin, { bob: 'admin', cara: 'member' });
    await changePerson(scim, ada, { active: true });
    await haveRoles(admin, { ada: 'editor', bob: 'admin', cara: 'member' });
    await synchronize(admin);
    expect(await rolesNow(admin)).toMatchObject({ ada: 'admin' });
  });

  it('stays with the last who has one, until somebody else does', async () => {
    const { ada, bob, it: group } = await given();
    await regroup(scim, group, 'remove', [ada]);
    await eventually(async () => ((await pending(ada)).kind === 'held' ? true : null));
    const held = await pending(ada);
    expect(held).toMatchObject({
      reason: { code: 'last-admin' },
      fields: [{ field: 'role', before: 'admin', after: 'editor' }],
    });
    // The lane has looked, too, and left it to runs from then on.
    await eventually(async () => {
      const queued = await service.dataSource.query<{ reason: string }[]>(
        'SELECT reason FROM sync_queue WHERE workspace_id = $1 AND directory_user_id = $2',
        [workspace.id, ada],
      );
      return queued[0]?.reason === 'role-waits' ? true : null;
    });
    later();
    expect((await synchronize(admin)).counts).toMatchObject({ held: 1, update: 0 });
    expect(await rolesNow(admin)).toMatchObject({ ada: 'admin' });
    await regroup(scim, group, 'add', [bob]);
    await synchronize(admin);
    await synchronize(admin);
    expect(await rolesNow(admin)).toMatchObject({ ada: 'editor', bob: 'admin' });
  });

  it('stays with the last who leaves the company: the removal is held, with access, until an admin approves', async () => {
    const { ada } = await given();
    await changePerson(scim, ada, { active: false });
    const run = await eventually(async () => (await newestRun('leaver')) ?? null);
    expect(run).toMatchObject({ state: 'awaiting_approval' });
    expect(await pending(ada)).toMatchObject({ kind: 'held', reason: { code: 'last-admin' } });
    expect(await memberOf('ada')).toMatchObject({ status: 'active', access: 'granted', role: 'admin' });
    await admin.post(`/api/sync-runs/${run.id}/approve`).expect(200);
    expect(await memberOf('ada')).toMatchObject({ status: 'deactivated' });
  });

  it('is not taken from the last one by an undo', async () => {
    const { run } = await given();
    await undone(admin, run.id);
    expect(await rolesNow(admin)).toEqual({ ada: 'admin' });
    const { body: changes } = await admin.get(`/api/sync-runs/${run.id}/changes`).expect(200);
    expect(changes.items.find(({ name }) => name === 'ada')?.reason.text).toContain('Kept');
  });

  it('stays with somebody when all lose theirs at once, by leaving and by a run, in two lanes and a run together', async () => {
    const people = await arrive(scim, 'ada', 'bob', 'cara', 'dan', 'eve', 'fay');
    const group = await givenGroup(scim, 'IT', Object.values(people));
    await map({ default: 'member', rules: [ofGroup(group, 'admin')] });
    await admin
      .patch('/api/user-provisioning/settings', { removalGuard: { percent: 100, atLeast: 100 } })
      .expect(200);
    await synchronize(admin);
    const { ada, bob, cara, dan, eve, fay } = people;
    await Promise.all([
      changePerson(scim, ada, { active: false }),
      changePerson(scim, bob, { active: false }),
      regroup(scim, group, 'remove', [cara, dan]),
      regroup(scim, group, 'remove', [eve, fay]),
      admin.post('/api/sync-runs', {}).expect(202),
    ]);
    await eventually(async () => {
      const admins = Object.values(await rolesNow(admin)).filter((key) => key === 'admin');
      return admins.length <= 1 ? true : null;
    });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const admins = Object.values(await rolesNow(admin)).filter((key) => key === 'admin');
    expect(admins).toHaveLength(1);
  });
});

describe('a role that not everybody may have', () => {
  it('is given to those who came first; the others wait for it, and get it when it is free', async () => {
    const people = await arrive(scim, 'ada', 'bob');
    const group = await givenGroup(scim, 'Billing', Object.values(people));
    await map({ default: 'member', rules: [ofGroup(group, 'biller')] });
    const { body } = await admin.get('/api/sync-preview').expect(200);
    expect(body.items.map(({ name, reason }) => [name, reason.text])).toEqual([
      ['ada', expect.not.stringContaining('Waits')],
      ['bob', expect.stringContaining('Waits for the role biller (en): at most 1 may have it')],
    ]);
    const overview = async () => (await admin.get('/api/user-provisioning').expect(200)).body;
    expect(await overview()).toMatchObject({ heldRoles: 0, rolesBeside: 1 });
    await synchronize(admin);
    later();
    expect(await overview()).toMatchObject({ heldRoles: 1, rolesBeside: 0 });
    expect(await rolesNow(admin)).toEqual({ ada: 'biller', bob: 'member' });
    expect(await pending(people.bob)).toMatchObject({ kind: 'held', reason: { code: 'role-full' } });
    await regroup(scim, group, 'remove', [people.ada]);
    await haveRoles(admin, { ada: 'member', bob: 'member' });
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'member', bob: 'biller' });
  });
});

describe('a role that is not free any more', () => {
  /** The one who has the role that one may have, and who waits for it. */
  async function givenBillers() {
    const people = await arrive(scim, 'ada', 'bob');
    const group = await givenGroup(scim, 'Billing', Object.values(people));
    await map({ default: 'member', rules: [ofGroup(group, 'biller')] });
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ada: 'biller', bob: 'member' });
    return { ...people, group };
  }

  async function undoNewest(trigger: Run['trigger']) {
    const run = await newestRun(trigger);
    const undo = await undone(admin, run?.id ?? '');
    const { body: changes } = await admin.get(`/api/sync-runs/${run?.id}/changes`).expect(200);
    return { id: undo.id, kept: changes.items.map(({ kept }) => kept?.code ?? null) };
  }

  async function change(run: string) {
    return (await admin.get(`/api/sync-runs/${run}/changes`).expect(200)).body.items[0];
  }

  it('is not given back by an undo: the change stays, and says why', async () => {
    const { ada, bob, group } = await givenBillers();
    await regroup(scim, group, 'remove', [ada]);
    await haveRoles(admin, { ada: 'member', bob: 'member' });
    later();
    const { body } = await admin.post('/api/sync-runs', { directoryUserIds: [bob] }).expect(202);
    await runEnded(admin, body.id);
    expect(await rolesNow(admin)).toEqual({ ada: 'member', bob: 'biller' });
    expect(await undoNewest('role')).toMatchObject({ kept: ['role-not-free'] });
    expect(await rolesNow(admin)).toEqual({ ada: 'member', bob: 'biller' });
  });

  it('is not given back by an undo once the product has it no longer', async () => {
    const { ada, group } = await givenBillers();
    await regroup(scim, group, 'remove', [ada]);
    await haveRoles(admin, { ada: 'member', bob: 'member' });
    await service.dataSource.query('DELETE FROM role_mapping');
    await declareRoles(operator, [role('member', 1)]);
    expect(await undoNewest('role')).toMatchObject({ kept: ['role-not-free'] });
    expect(await rolesNow(admin)).toEqual({ ada: 'member', bob: 'member' });
  });

  it('does not come back with somebody who gets access again by an undo, and the product hears of it', async () => {
    const { ada } = await givenBillers();
    await changePerson(scim, ada, { active: false });
    await haveRoles(admin, { bob: 'member' });
    await synchronize(admin);
    const { id, kept } = await undoNewest('leaver');
    expect(kept).toEqual([null]);
    expect(await rolesNow(admin)).toEqual({ ada: null, bob: 'biller' });
    expect((await change(id))?.fields).toContainEqual({ field: 'role', before: 'biller', after: null });
    expect(await memberOf('ada')).toMatchObject({ roleBecause: [] });
  });

  it('does not come back with those whose removals went through before the guard held', async () => {
    const { ada } = await givenBillers();
    const others = await arrive(scim, 'cara', 'dan', 'eve', 'fay', 'gus');
    await synchronize(admin);
    await admin
      .patch('/api/user-provisioning/settings', { removalGuard: { percent: 1, atLeast: 1 } })
      .expect(200);
    await changePerson(scim, ada, { active: false });
    await eventually(async () => ('ada' in (await rolesNow(admin)) ? null : true));
    await synchronize(admin);
    for (const id of Object.values(others)) await changePerson(scim, id, { active: false });
    await eventually(async () => {
      const { body } = await admin.get('/api/sync-runs').expect(200);
      return body.items.some(({ state }) => state === 'awaiting_approval') ? true : null;
    });
    const { body } = await admin.post('/api/removal-guard/bring-back').expect(200);
    expect(await rolesNow(admin)).toMatchObject({ ada: null, bob: 'biller' });
    expect((await change(body.id))?.fields).toEqual([
      { field: 'status', before: 'deactivated', after: 'active' },
      { field: 'role', before: 'biller', after: null },
    ]);
  });
});

describe('seats', () => {
  it('go to those of the highest role first, where the admin chose that', async () => {
    await operator.patch(`/operator/workspaces/${workspace.id}`, { seats: { limit: 2 } }).expect(200);
    const { bob, cara, dan } = await arrive(scim, 'ada', 'bob', 'cara', 'dan');
    const authors = await givenGroup(scim, 'Authors', [cara, bob]);
    const group = await givenGroup(scim, 'IT', [dan]);
    await map({ default: 'member', rules: [ofGroup(authors, 'editor'), ofGroup(group, 'admin')] });
    await admin.patch('/api/user-provisioning/settings', { seatOrder: { by: 'roles' } }).expect(200);
    await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ bob: 'editor', dan: 'admin' });
    await operator.patch(`/operator/workspaces/${workspace.id}`, { seats: { limit: 3 } }).expect(200);
    await haveRoles(admin, { bob: 'editor', cara: 'editor', dan: 'admin' });
  });
});

describe('the files and copies of members', () => {
  it('name the role: the export, the snapshot and the answers to the product', async () => {
    await given();
    const { text } = await admin.get('/api/members/export?separator=comma').expect(200);
    const [header = '', ...lines] = text.split('\r\n');
    const column = header.split(',').indexOf('"role"');
    const line = lines.find((each) => each.includes('ada@example.com')) ?? '';
    expect(line.split(',')[column]).toBe('"admin"');
    const imported = await admin
      .post('/api/members/import?dryRun=true&updateExisting=true')
      .set('Content-Type', 'text/csv')
      .send(text);
    expect(imported.status).toBe(201);
    const { text: snapshot } = await operator
      .get(`/operator/workspaces/${workspace.id}/snapshot`)
      .buffer(true)
      .parse((response, done) => {
        let all = '';
        response.on('data', (part: Buffer) => (all += part.toString()));
        response.on('end', () => done(null, all));
      })
      .expect(200)
      .then(({ body }) => ({ text: String(body) }));
    expect(snapshot).toMatch(/"role":"admin"/u);
  });
});
