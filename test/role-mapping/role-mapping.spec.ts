import { beforeEach, describe, expect, it } from '@jest/globals';
import { givenPerson } from '../harness/directory-person.ts';
import {
  arrive,
  declareRoles,
  givenGroup,
  ofGroup,
  role,
  rolesNow,
  usualRoles,
} from '../harness/member-roles.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

beforeEach(async () => {
  await service.dataSource.query('DELETE FROM role_mapping');
  await service.dataSource.query('DELETE FROM declared_roles');
  await declareRoles(operator);
});

interface Fault {
  path: string;
  code?: string;
  message: string;
}

const faultsOf = (body: unknown) =>
  (body as { errors: Fault[] }).errors.map(({ path, code }) => [path, code]);

describe('the roles of the product', () => {
  it('are listed with the highest first, to the vendor and to admins', async () => {
    const { body } = await operator.get('/operator/roles').expect(200);
    expect(body.items.map(({ key, max }) => [key, max])).toEqual([
      ['admin', null],
      ['biller', 1],
      ['editor', null],
      ['member', null],
    ]);
    expect((await admin.get('/api/role-mapping/roles').expect(200)).body).toEqual(body);
    const { body: overview } = await admin.get('/api/user-provisioning').expect(200);
    expect(overview.hasRoles).toBe(true);
  });

  it.each<[unknown[], [string, string | undefined][]]>([
    [[role('a', 1), role('a', 2)], [['[1].key', 'role-key-twice']]],
    [[role('a', 1), role('b', 1)], [['[1].rank', 'role-rank-twice']]],
    [[role('default', 1)], [['[0].key', 'reserved-role-key']]],
    [[role('Größe', 1)], [['[0].key', 'bad-role-key']]],
    [[{ ...role('a', 1), rank: -1 }], [['[0].rank', 'too-small']]],
    [[{ ...role('a', 1), max: 0 }], [['[0].max', 'too-small']]],
    [[{ ...role('a', 1), name: { en: 'A' } }], [['[0].name.de', 'required']]],
    [[{ ...role('a', 1), color: 'red' }], [['[0].color', 'unknown-field']]],
    [['admin'], [['[0]', 'not-an-object']]],
    [Array.from({ length: 51 }, (_, at) => role(`r${at}`, at)), [['', 'too-many-values']]],
  ])('are refused with the place and the reason, and stay as they were: %j', async (roles, faults) => {
    const { body } = await operator.send('put', '/operator/roles', roles).expect(400);
    expect(faultsOf(body)).toEqual(faults);
    expect((await operator.get('/operator/roles').expect(200)).body.items).toHaveLength(usualRoles.length);
  });

  it('must be a list', async () => {
    const { body } = await operator.send('put', '/operator/roles', { roles: [] }).expect(400);
    expect(faultsOf(body)).toEqual([['', 'not-a-list']]);
  });

  it('stay as long as rules of a workspace give them, whose names the refusal says', async () => {
    const other = await givenWorkspace(service, { name: 'Other AG' });
    await other.admin.put('/api/role-mapping', { default: 'member', rules: [] }).expect(200);
    const { body } = await operator.put('/operator/roles', usualRoles.slice(1)).expect(409);
    expect(body).toMatchObject({
      roles: ['member'],
      total: 1,
      workspaces: [{ id: other.id, name: 'Other AG', roles: ['member'] }],
    });
    expect(body.detail).toContain('Other AG');
    await other.admin.put('/api/role-mapping', { default: 'editor', rules: [] }).expect(200);
    await operator.put('/operator/roles', usualRoles.slice(1)).expect(200);
  });

  it('are audited with who declared them', async () => {
    const { body } = await operator.get('/operator/audit?limit=1000').expect(200);
    expect(JSON.stringify(body)).toContain('roles.declared');
  });

  it('in another order have everybody looked at again', async () => {
    const { ada } = await arrive(scim, 'ada');
    const group = await givenGroup(scim, 'A', [ada]);
    const second = await givenGroup(scim, 'B', [ada]);
    await admin
      .put('/api/role-mapping', { rules: [ofGroup(group, 'editor'), ofGroup(second, 'member')] })
      .expect(200);
    await synchronize(admin);
    await declareRoles(
      operator,
      usualRoles.map((one) => (one.key === 'member' ? { ...one, rank: 5 } : one)),
    );
    const { body } = await admin.get(`/api/sync-preview/${ada}`).expect(200);
    expect(body.fields).toEqual([{ field: 'role', before: 'editor', after: 'member' }]);
  });
});

describe('a role mapping', () => {
  it('is versioned: somebody who read an earlier one is refused', async () => {
    const first = await admin
      .put('/api/role-mapping', { version: 0, default: 'member', rules: [] })
      .expect(200);
    expect(first.body).toEqual({ version: 1, default: 'member', rules: [], withoutGroup: 'default' });
    const again = await admin.put('/api/role-mapping', first.body).expect(200);
    expect(again.body.version).toBe(1);
    await admin.put('/api/role-mapping', { version: 1, default: 'editor', rules: [] }).expect(200);
    const { body } = await admin.put('/api/role-mapping', { version: 1, rules: [] }).expect(409);
    expect(body.type).toMatch(/role-mapping-changed$/u);
  });

  it('of two who save the first one at once, one is told that the other did', async () => {
    const answers = await Promise.all(
      ['member', 'editor'].map((key) =>
        admin.put('/api/role-mapping', { version: 0, default: key, rules: [] }).then(({ status }) => status),
      ),
    );
    expect(answers.sort()).toEqual([200, 409]);
  });

  it('names each bad rule, and nothing of it is saved', async () => {
    const group = await givenGroup(scim, 'IT', []);
    const rules = [
      ofGroup(group, 'admin'),
      ofGroup(group, 'editor'),
      ofGroup('01890000-0000-7000-8000-000000000000', 'member'),
      { attribute: 'roles.value', role: 'member' },
    ];
    const bad = await admin.put('/api/role-mapping', { rules }).expect(400);
    expect(faultsOf(bad.body)).toEqual([['rules[3]', 'group-or-attribute']]);
    const { body } = await admin
      .put('/api/role-mapping', { default: 'king', rules: rules.slice(0, 3) })
      .set('Accept-Language', 'de')
      .expect(400);
    expect(faultsOf(body)).toEqual([
      ['default', 'no-role'],
      ['rules[1]', 'rules-contradict'],
      ['rules[2].group.directoryGroupId', 'gone-group'],
    ]);
    expect(JSON.stringify(body)).toContain('Behalten Sie eine davon');
    expect((await admin.get('/api/role-mapping').expect(200)).body.version).toBe(0);
  });

  it('may keep a rule whose group is gone, which gives nobody anything', async () => {
    const group = await givenGroup(scim, 'IT', []);
    const rules = [ofGroup(group, 'editor')];
    await admin.put('/api/role-mapping', { rules }).expect(200);
    await scim.delete(`/Groups/${group}`).expect(204);
    await admin.put('/api/role-mapping', { default: 'member', rules }).expect(200);
  });

  it('is in the audit log of the workspace', async () => {
    await admin.put('/api/role-mapping', { default: 'member', rules: [] }).expect(200);
    const { body } = await admin.get('/api/audit-log').expect(200);
    expect(body.items[0]).toMatchObject({ action: 'role-mapping.replaced', details: { version: 1 } });
  });
});

describe('the preview of rules', () => {
  it('says who gains and loses what and why, counts everybody, and saves nothing', async () => {
    const { ada, bob, cara } = await arrive(scim, 'ada', 'bob', 'cara');
    const group = await givenGroup(scim, 'IT', [ada]);
    const authors = await givenGroup(scim, 'Authors', [bob, cara]);
    const rules = [ofGroup(group, 'admin'), ofGroup(authors, 'editor')];
    await admin.put('/api/role-mapping', { default: 'member', rules }).expect(200);
    await synchronize(admin);
    const dan = await givenPerson(scim, 'dan@example.com');
    const draft = { default: 'member', rules: [ofGroup(group, 'editor'), ofGroup(authors, 'member')] };
    const { body } = await admin.post('/api/role-mapping/preview', draft).expect(200);
    expect(body.counts).toEqual({ gain: 1, lose: 2, deactivate: 0, held: 1, same: 0, waits: 0 });
    expect(
      body.items.map(({ directoryUserId: id, kind, before, after }) => [id, kind, before, after]),
    ).toEqual([
      [ada, 'held', 'admin', 'editor'],
      [bob, 'lose', 'editor', 'member'],
      [cara, 'lose', 'editor', 'member'],
      [dan, 'gain', null, 'member'],
    ]);
    expect(body.items[0]?.reason?.code).toBe('last-admin');
    expect(body.items[1]?.because).toEqual([{ groupId: authors, name: 'Authors' }]);
    expect(body.roles).toEqual([
      { role: 'admin', before: 1, after: 1 },
      { role: 'biller', before: 0, after: 0 },
      { role: 'editor', before: 2, after: 0 },
      { role: 'member', before: 0, after: 3 },
    ]);
    const { body: some } = await admin
      .post('/api/role-mapping/preview', { ...draft, kind: 'lose', limit: 1 })
      .expect(200);
    expect(some).toMatchObject({ matching: 2, counts: body.counts, items: [{ directoryUserId: bob }] });
    expect((await admin.get('/api/role-mapping').expect(200)).body.version).toBe(1);
  });

  it('counts who gets another role while a higher one waits as a run then makes it', async () => {
    const { ada, bob, cara, dan } = await arrive(scim, 'ada', 'bob', 'cara', 'dan');
    const authors = await givenGroup(scim, 'Authors', [ada, bob, cara]);
    await admin
      .put('/api/role-mapping', { default: 'member', rules: [ofGroup(authors, 'editor')] })
      .expect(200);
    await synchronize(admin);
    const eve = await givenPerson(scim, 'eve@example.com');
    const draft = { default: 'member', rules: [ofGroup(authors, 'biller')] };
    const { body } = await admin.post('/api/role-mapping/preview', draft).expect(200);
    const changes = body.items.map((one) => [one.directoryUserId, one.kind, one.after, one.reason?.code]);
    expect(changes).toEqual([
      [ada, 'gain', 'biller', undefined],
      [bob, 'lose', 'member', 'role-full'],
      [cara, 'lose', 'member', 'role-full'],
      [eve, 'gain', 'member', undefined],
    ]);
    expect(body.counts).toEqual({ gain: 2, lose: 2, deactivate: 0, held: 0, same: 1, waits: 2 });
    const all = { default: null, rules: [ofGroup(authors, 'biller')] };
    const { body: without } = await admin.post('/api/role-mapping/preview', all).expect(200);
    expect(without.items.find(({ directoryUserId: id }) => id === dan)).toMatchObject({ kind: 'lose' });
    await admin.put('/api/role-mapping', draft).expect(200);
    await synchronize(admin);
    const made = await rolesNow(admin);
    expect(made).toEqual({ ada: 'biller', bob: 'member', cara: 'member', dan: 'member', eve: 'member' });
    const counted = body.roles.map(({ role: key, after }) => [key, after]);
    expect(Object.fromEntries(counted)).toMatchObject({ biller: 1, member: 4, editor: 0 });
  });

  it('counts who would lose access, and leaves out who is excluded', async () => {
    const { ada, bob } = await arrive(scim, 'ada', 'bob');
    const group = await givenGroup(scim, 'Authors', [ada]);
    await synchronize(admin);
    const draft = { rules: [ofGroup(group, 'editor')], withoutGroup: 'deactivate' };
    const asked = () => admin.post('/api/role-mapping/preview', draft).expect(200);
    expect((await asked()).body.counts).toEqual({
      gain: 1,
      lose: 0,
      deactivate: 1,
      held: 0,
      same: 0,
      waits: 0,
    });
    await admin.post(`/api/sync-preview/${bob}/exclude`).expect(200);
    expect((await asked()).body.counts).toEqual({
      gain: 1,
      lose: 0,
      deactivate: 0,
      held: 0,
      same: 0,
      waits: 0,
    });
  });

  it('keeps nobody waiting, whatever the rules cost', async () => {
    const people = 100;
    const roles = Array.from({ length: 400 }, (_, at) => ({
      value: `role-${at}-${'x'.repeat(40)}`,
      type: `${at}`,
    }));
    const made = Array.from({ length: people }, (_, at) =>
      givenPerson(scim, `person-${at}@example.com`, { roles }),
    );
    await Promise.all(made);
    const rules = Array.from({ length: 200 }, (_, at) => ({
      attribute: `roles[value co "y${at}" or type eq "z${at}"].value`,
      value: 'x',
      role: 'editor',
    }));
    let isOver = false;
    const leave = new AbortController();
    const headers = { authorization: `Bearer ${workspace.adminToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ rules });
    const url = `${service.url}/api/role-mapping/preview`;
    const preview = fetch(url, { method: 'POST', headers, body, signal: leave.signal })
      .catch(() => undefined)
      .finally(() => (isOver = true));
    let longestMs = 0;
    const began = performance.now();
    while (!isOver && performance.now() - began < 2_000) {
      const asked = performance.now();
      await fetch(`${service.url}/health/live`);
      longestMs = Math.max(longestMs, performance.now() - asked);
    }
    const watchedMs = performance.now() - began;
    leave.abort();
    await preview;
    // A request that must wait until it is over waits for nearly all of it.
    expect(longestMs / watchedMs).toBeLessThan(0.5);
  });

  it('takes a mapping as it was read, with its version', async () => {
    const { ada } = await arrive(scim, 'ada');
    const group = await givenGroup(scim, 'IT', [ada]);
    await admin.put('/api/role-mapping', { default: 'member', rules: [ofGroup(group, 'admin')] }).expect(200);
    const { body: read } = await admin.get('/api/role-mapping').expect(200);
    const { body } = await admin.post('/api/role-mapping/preview', read).expect(200);
    expect(body.counts).toMatchObject({ gain: 1 });
  });

  it('says which rule is wrong', async () => {
    const draft = { rules: [{ attribute: 'roles.value', value: 'x', role: 'king' }] };
    const { body } = await admin.post('/api/role-mapping/preview', draft).expect(400);
    expect(faultsOf(body)).toEqual([['rules[0].role', 'no-role']]);
  });
});
