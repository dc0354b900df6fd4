import { beforeEach, describe, expect, it } from '@jest/globals';
import { readReceived } from '../../src/sync/preview/directory-users.ts';
import { compile } from '../../src/database/compiled-statement.ts';
import { type Sql } from '../../src/database/sql.ts';
import type { Schema } from '../harness/answers.ts';
import { explained } from '../harness/conflict-scenes.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { memberTextFields } from '../../web/src/locales/member-fields.ts';
import { isEditable, isLocked } from '../../web/src/people/members/member-words.ts';
import { actionsOf, candidatesOf, type PersonAction } from '../../web/src/sync/preview/preview-words.ts';
import { allMembers, type Member, synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

type Listed = Schema<'DirectoryUserResponse'>;

const service = useService();
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await givenWorkspace(service);
});

/** Everybody that a query lists, from all its pages. */
async function listed(query = '', limit = 3): Promise<Listed[]> {
  const items: Listed[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await workspace.admin
      .get(`/api/directory/users?limit=${limit}${query}${from}`)
      .expect(200);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}

/** The tables that a plan reads from start to end. Small ones may be. */
function readWhole(plan: string): string[] {
  return [...plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(
    ([, table]) => table!,
  );
}

const found = async (search: string) =>
  (await listed(`&search=${encodeURIComponent(search)}`)).map(({ userName }) => userName);

/** One person in each state, by the state. */
async function givenEveryState(): Promise<Record<Listed['state'], string>> {
  const { admin, scim } = workspace;
  const settings = {
    leavers: 'next_sync',
    returners: 'next_sync',
    linkByEmail: false,
    removalGuard: { percent: 100, atLeast: 50 },
  };
  await admin.patch('/api/user-provisioning/settings', settings).expect(200);
  const given = (name: string, more: Record<string, unknown> = {}) =>
    givenPerson(scim, `${name}@example.com`, more);
  const linked = await given('linked');
  const left = await given('left');
  const held = await given('held');
  const excluded = await given('excluded');
  const inactive = await given('inactive', { active: false });
  const conflict = await givenPerson(scim, 'conflict', { emails: [] });
  await synchronize(admin);
  await admin.post(`/api/sync-preview/${excluded}/exclude`).expect(200);
  const suppressed = await given('suppressed');
  const run = await synchronize(admin);
  await admin.post(`/api/sync-runs/${run.id}/undo`).expect(202);
  await changePerson(scim, left, { active: false });
  await synchronize(admin);
  await admin
    .patch('/api/user-provisioning/settings', { removalGuard: { percent: 1, atLeast: 0 } })
    .expect(200);
  await changePerson(scim, held, { active: false });
  await synchronize(admin);
  const unlinked = await given('unlinked');
  await service.dataSource.query('DELETE FROM sync_queue WHERE directory_user_id = $1', [unlinked]);
  const available = await given('available');
  return { linked, left, held, excluded, inactive, conflict, suppressed, unlinked, available };
}

/** Does what a button of the screen does. */
async function press(action: PersonAction, id: string): Promise<void> {
  const { admin } = workspace;
  switch (action) {
    case 'approve':
    case 'reject':
      await admin.post(`/api/removal-guard/${action}`, { directoryUserIds: [id] }).expect(200);
      return;
    case 'link': {
      const member = await admin.post('/api/members', { email: `by-hand-${id}@example.com` }).expect(201);
      await admin.post(`/api/sync-preview/${id}/link`, { memberId: member.body.id }).expect(200);
      return;
    }
    case 'linkCandidate': {
      const [candidate] = candidatesOf((await explained(workspace, id)).reason);
      await admin.post(`/api/sync-preview/${id}/link`, { memberId: candidate?.id }).expect(200);
      return;
    }
    default:
      await admin.post(`/api/sync-preview/${id}/${action}`).expect(200);
  }
}

describe('the buttons of the screen about a person', () => {
  it('are accepted in every state: as many rounds as somebody has buttons', async () => {
    const pressed: Record<string, string[]> = {};
    for (let at = 0, isMore = true; isMore; at += 1) {
      isMore = false;
      if (at > 0) workspace = await givenWorkspace(service);
      const people = await givenEveryState();
      for (const [state, id] of Object.entries(people)) {
        const actions = actionsOf(await explained(workspace, id));
        pressed[state] = actions;
        isMore ||= actions.length > at + 1;
        const action = actions[at];
        if (action !== undefined) await press(action, id);
      }
    }
    expect(pressed).toEqual({
      available: ['link', 'exclude'],
      conflict: ['exclude'],
      excluded: ['include'],
      held: ['approve', 'reject'],
      inactive: ['exclude'],
      left: ['exclude'],
      linked: ['exclude'],
      suppressed: ['lift'],
      unlinked: ['exclude'],
    });
  }, 60_000);

  it('of a member lead to a form only where a change of it is accepted', async () => {
    const { admin } = workspace;
    await givenEveryState();
    await admin.post('/api/members', { email: 'manual@example.com' }).expect(201);
    const members = await allMembers(admin);
    const { items: properties } = (await admin.get('/api/properties').expect(200)).body;
    expect(new Set(members.map(({ status }) => status))).toEqual(new Set(['active', 'deactivated']));
    const change = async (member: Member, state: 'active' | 'inactive') => {
      const free = memberTextFields.filter((field) => field !== 'email' && !isLocked(member, field, state));
      const hasFree = free.length > 0 || !isLocked(member, 'managerId', state);
      expect(isEditable(member, properties, state)).toBe(hasFree);
      for (const field of free) {
        const value = field === 'language' ? 'de' : 'Changed';
        await admin.patch(`/api/members/${member.id}`, { [field]: value }).expect(200);
      }
      return memberTextFields.filter((field) => isLocked(member, field, state));
    };
    for (const member of members) {
      for (const field of await change(member, 'active')) {
        await admin
          .patch(`/api/members/${member.id}`, { [field]: field === 'language' ? 'fr' : 'other@example.com' })
          .expect(409);
      }
    }
    expect(members.filter((member) => !isEditable(member, properties, 'active'))).not.toEqual([]);
    await admin.post('/api/user-provisioning/deactivate').expect(200);
    for (const member of await allMembers(admin)) expect(await change(member, 'inactive')).toEqual([]);
    const [removed] = members.filter(({ source }) => source === 'manual');
    await admin.delete(`/api/members/${removed?.id}`).expect(204);
    const gone = (await admin.get(`/api/members/${removed?.id}`).expect(200)).body;
    expect(isEditable(gone, properties, 'inactive')).toBe(false);
  }, 60_000);
});

describe('the list of everybody in the directory', () => {
  it('has people who were deleted as long as something about them is pending or withheld, and knows who a member is', async () => {
    const { admin, scim } = workspace;
    const people = await givenEveryState();
    const [member] = await listed('&state=held');
    for (const id of [
      people.held,
      people.suppressed,
      people.excluded,
      people.linked,
      people.left,
      people.inactive,
    ])
      await scim.delete(`/Users/${id}`).expect(204);
    const deleted = (await listed('', 2)).filter((each) => each.deleted);
    const states = Object.fromEntries(deleted.map(({ directoryUserId, state }) => [directoryUserId, state]));
    expect(states).toMatchObject({ [people.held]: 'held', [people.excluded]: 'excluded' });
    expect(states).not.toHaveProperty(people.left);
    expect(states).not.toHaveProperty(people.inactive);
    const held = (await listed('&state=held')).find(({ directoryUserId }) => directoryUserId === people.held);
    expect(held).toMatchObject({
      deleted: true,
      active: false,
      memberId: member?.memberId,
      externalId: member?.externalId,
    });
    expect(held?.receivedAt).toBe(member?.receivedAt);
    expect(await listed(`&memberId=${member?.memberId}`)).toEqual([held]);
    expect(await listed('&search=held')).toEqual([held]);
    expect((await listed(`&search=${people.held}`)).map(({ directoryUserId }) => directoryUserId)).toEqual([
      people.held,
    ]);
    const { body } = await admin.get('/api/user-provisioning').expect(200);
    expect(body.pending.held).toBe((await listed('&state=held')).length);
    expect(body.pending.excluded).toBe((await listed('&state=excluded')).length);
    await admin.post('/api/removal-guard/approve', { directoryUserIds: [people.held] }).expect(200);
    expect((await listed()).map(({ directoryUserId }) => directoryUserId)).not.toContain(people.held);
  }, 60_000);

  it('says of each the state and the reason that the explanation has, and finds them by state', async () => {
    const people = await givenEveryState();
    const everybody = await listed();
    expect(
      Object.fromEntries(everybody.map(({ state, directoryUserId }) => [state, directoryUserId])),
    ).toEqual(people);
    for (const one of everybody) {
      const { kind, reason, memberId, name } = await explained(workspace, one.directoryUserId);
      expect(one).toMatchObject({ kind, reason, memberId, name });
      expect(await listed(`&state=${one.state}`)).toEqual([one]);
    }
  }, 60_000);

  it('finds by each word of user name, external id, name and address, and by the id', async () => {
    const { scim } = workspace;
    const name = { givenName: 'Grace', familyName: 'Ramírez' };
    const id = await givenPerson(scim, 'u-17', {
      externalId: 'AAD-Object-42',
      displayName: 'Graciela R.',
      name,
      emails: [{ value: 'first@example.com' }, { value: 'Main@Example.com', primary: true }],
    });
    await givenPerson(scim, 'grace.other@example.com', {
      name: { givenName: 'Grace', familyName: 'Hopper' },
    });
    for (const search of ['U-17', 'aad-object-42', 'ciela', 'RAMÍREZ grace', 'main@example', 'first@', id]) {
      expect([search, await found(search)]).toEqual([search, ['u-17']]);
    }
    expect(await found('grace')).toEqual(['u-17', 'grace.other@example.com']);
    expect(await found('grace nobody')).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect((await listed('&search=ciela'))[0]).toMatchObject({
      email: 'Main@Example.com',
      externalId: 'AAD-Object-42',
      state: 'available',
      kind: 'create',
      active: true,
    });
    await changePerson(scim, id, { displayName: 'Σίσυφος' });
    expect(await found('ΣΊΣΥΦΟΣ')).toEqual(['u-17']);
    expect(await found('ciela')).toEqual([]);
  });

  it('shows nobody of another workspace, and refuses a state that there is not', async () => {
    const other = await givenWorkspace(service);
    await givenPerson(other.scim, 'stranger@example.com');
    expect(await listed()).toEqual([]);
    await workspace.admin.get('/api/directory/users?state=lost').expect(400);
    await workspace.admin.get(`/api/directory/users?search=${'x'.repeat(255)}`).expect(400);
  });

  it('searches in an index that holds what is searched, and finds the few who are inactive by one of them', async () => {
    const { dataSource } = service;
    await dataSource.query(
      `INSERT INTO directory_user (workspace_id, id, user_name, user_name_key, active, resource, search_text, created_at, modified_at)
       SELECT $1, uuidv7(), n::text, n::text, n % 1000 <> 0, jsonb_build_object('x', repeat(md5(n::text), 40)), 'person ' || n, now(), now() FROM generate_series(1, 20000) n`,
      [workspace.id],
    );
    await dataSource.query('ANALYZE directory_user');
    // As after a vacuum, which leaves no mark while a transaction of the service is older.
    await dataSource.query(
      `UPDATE pg_class SET relallvisible = relpages WHERE oid = 'directory_user'::regclass`,
    );
    const statements: { text: string; values: unknown[] }[] = [];
    const planned = async (search: object) => {
      const db = {
        run: (sql: Sql) => (statements.push(compile(sql)), Promise.resolve({ rows: [], count: 0 })),
      };
      await readReceived(db, workspace.id, search, {
        after: null,
        now: new Date(),
        limit: 50,
      });
      const { text, values } = statements.at(-1) ?? { text: '', values: [] };
      return JSON.stringify(await dataSource.query<unknown[]>(`EXPLAIN (FORMAT JSON) ${text}`, values));
    };
    const search = await planned({ search: 'person 19999' });
    expect(search).toContain('"Index Only Scan"');
    expect(search).toContain('"directory_user_search"');
    expect(await planned({ state: 'inactive' })).toContain('"directory_user_inactive"');
    for (const state of ['available', 'conflict', 'linked'] as const) {
      expect([state, readWhole(await planned({ state }))]).not.toEqual([
        state,
        expect.arrayContaining(['directory_user']),
      ]);
    }
    expect((await listed('&search=person 19999', 50)).map(({ userName }) => userName)).toEqual(['19999']);
  });
});
