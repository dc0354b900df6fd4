import { beforeEach, describe, expect, it } from '@jest/globals';
import { readReceived } from '../../src/sync/preview/directory-users.ts';
import { compile, type Sql } from '../../src/database/sql.ts';
import type { Schema } from '../harness/answers.ts';
import { explained } from '../harness/conflict-scenes.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
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

describe('the list of everybody in the directory', () => {
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
      expect([state, await planned({ state })]).not.toEqual([state, expect.stringContaining('Seq Scan')]);
    }
    expect((await listed('&search=person 19999', 50)).map(({ userName }) => userName)).toEqual(['19999']);
  });
});
