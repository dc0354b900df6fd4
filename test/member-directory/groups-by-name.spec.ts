import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/database/compiled-statement.ts';
import { type Sql } from '../../src/database/sql.ts';
import { groupListStatement as memberGroupsPage } from '../../src/member-directory/groups/member-group-list.ts';
import { groupListStatement as directoryGroupsPage } from '../../src/sync/groups/directory-group-list.ts';
import { groupChangesStatement } from '../../src/sync/requests/group-changes-list.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenGroup } from '../scim/directory.ts';

const service = useService();
const workspace = useWorkspace(service);
const lists = ['/api/groups', '/api/directory-groups'] as const;

interface Listed {
  names: string[];
  ids: string[];
}

/** All pages of a list, two groups each. */
async function listed(list: (typeof lists)[number], query: string): Promise<Listed> {
  const found: Listed = { names: [], ids: [] };
  for (let cursor: string | null = ''; cursor !== null;) {
    const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await workspace.admin.get(`${list}?limit=2&${query}${at}`).expect(200);
    found.names.push(...body.items.map(({ name }) => name));
    found.ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  return found;
}

describe.each(lists)('%s', (list) => {
  it('is sorted by name on all its pages, whatever the case, and by creation unless that is asked for', async () => {
    const names = ['sales', 'Zoo', 'Finance', 'apple', 'Sales', 'Berlin'];
    for (const displayName of names) await givenGroup(workspace.scim, { displayName });
    await synchronize(workspace.admin);
    const sorted = ['apple', 'Berlin', 'Finance', 'sales', 'Sales', 'Zoo'];
    expect((await listed(list, 'sort=name')).names).toEqual(sorted);
    expect((await listed(list, 'sort=name&search=S')).names).toEqual(['sales', 'Sales']);
    const unsorted = await listed(list, '');
    expect(unsorted.ids).toEqual(unsorted.ids.toSorted());
    expect(await listed(list, 'sort=createdAt')).toEqual(unsorted);
  });

  it('lists every group once whose names begin alike for longer than they are sorted by', async () => {
    const long = 'n'.repeat(2_000);
    for (const end of ['c', 'a', 'b']) await givenGroup(workspace.scim, { displayName: `${long}${end}` });
    await synchronize(workspace.admin);
    const { ids } = await listed(list, 'sort=name');
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
  });

  it('refuses an order that there is not, and the cursor of another order', async () => {
    for (const displayName of ['a', 'b', 'c']) await givenGroup(workspace.scim, { displayName });
    await synchronize(workspace.admin);
    await workspace.admin.get(`${list}?sort=size`).expect(400);
    const { body } = await workspace.admin.get(`${list}?limit=1&sort=name`).expect(200);
    await workspace.admin.get(`${list}?limit=1&cursor=${body.nextCursor}`).expect(400);
  });
});

describe('what a run did to groups', () => {
  /** All pages of what the newest run did to groups, two groups each. */
  async function changed(query: string): Promise<Listed> {
    const runs = await workspace.admin.get('/api/sync-runs?limit=1').expect(200);
    const found: Listed = { names: [], ids: [] };
    for (let cursor: string | null = ''; cursor !== null;) {
      const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await workspace.admin
        .get(`/api/sync-runs/${runs.body.items[0]?.id}/groups?limit=2${query}${at}`)
        .expect(200);
      found.names.push(...body.items.map(({ name }) => name));
      found.ids.push(...body.items.map(({ groupId }) => groupId));
      cursor = body.nextCursor;
    }
    return found;
  }

  it('is sorted by name on all its pages, whatever the case, and by ID unless that is asked for', async () => {
    const long = 'n'.repeat(2_000);
    for (const displayName of ['sales', 'Zoo', `${long}b`, 'Finance', `${long}a`, 'apple', 'Sales']) {
      await givenGroup(workspace.scim, { displayName });
    }
    await synchronize(workspace.admin);
    const unsorted = await changed('');
    expect(unsorted.ids).toEqual(unsorted.ids.toSorted());
    expect(await changed('&sort=groupId')).toEqual(unsorted);
    const byName = await changed('&sort=name');
    expect(new Set(byName.ids)).toEqual(new Set(unsorted.ids));
    const beginnings = byName.names.map((name) => name.slice(0, 10));
    expect(beginnings).toEqual(['apple', 'Finance', 'n'.repeat(10), 'n'.repeat(10), 'sales', 'Sales', 'Zoo']);
  });

  it('is refused in an order that there is not, and with the cursor of another order', async () => {
    for (const displayName of ['a', 'b', 'c']) await givenGroup(workspace.scim, { displayName });
    const { id } = await synchronize(workspace.admin);
    const { admin } = workspace;
    await admin.get(`/api/sync-runs/${id}/groups?sort=size`).expect(400);
    const { body } = await admin.get(`/api/sync-runs/${id}/groups?limit=1&sort=name`).expect(200);
    await admin.get(`/api/sync-runs/${id}/groups?limit=1&cursor=${body.nextCursor}`).expect(400);
  });
});

it('one directory group is found by its ID, and none of another workspace', async () => {
  const { id } = await givenGroup(workspace.scim, { displayName: 'Sales' });
  await givenGroup(workspace.scim, { displayName: 'Finance' });
  const { body } = await workspace.admin.get(`/api/directory-groups?id=${id}`).expect(200);
  expect(body.items).toMatchObject([{ id, name: 'Sales' }]);
  const nobody = '0190aaaa-0000-7000-8000-000000000009';
  const other = await workspace.admin.get(`/api/directory-groups?id=${nobody}`).expect(200);
  expect(other.body.items).toEqual([]);
  await workspace.admin.get('/api/directory-groups?id=sales').expect(400);
});

describe('a page of 30,000 groups by name', () => {
  const limit = 50;
  const all = { like: null, ids: null };
  const run = '0190aaaa-0000-7000-8000-000000000001';
  const place = { id: '00000000-0000-7000-8000-000000000000', sortValue: 'group 20000' };

  /** How many rows each index gave to a statement, by its name. */
  async function readByIndex(statement: Sql): Promise<Map<string, number>> {
    const { text, values } = compile(statement);
    const [explained] = await service.dataSource.query<{ 'QUERY PLAN': unknown }[]>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    const read = new Map<string, number>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const found = node as Record<string, unknown>;
      const name = found['Index Name'] ?? found['Relation Name'];
      if (typeof name === 'string') read.set(name, Number(found['Actual Rows']));
      for (const part of Object.values(found)) visit(part);
    };
    visit(explained);
    return read;
  }

  it('reads no more of them than it shows, and one more', async () => {
    const { dataSource } = service;
    const groups = 'generate_series(1, 30000) n';
    await dataSource.query(
      `INSERT INTO member_group (workspace_id, id, name, created_at, updated_at)
       SELECT $1, uuidv7(), 'Group ' || (n * 7919) % 30011, now(), now() FROM ${groups}`,
      [workspace.id],
    );
    await dataSource.query(
      `INSERT INTO directory_group (workspace_id, id, display_name, display_name_key, resource, created_at, modified_at)
       SELECT $1, uuidv7(), 'Group ' || (n * 7919) % 30011, 'group ' || (n * 7919) % 30011, '{}', now(), now()
       FROM ${groups}`,
      [workspace.id],
    );
    await dataSource.query(
      `INSERT INTO sync_group_change (workspace_id, run_id, group_id, at, kind, name)
       SELECT $1, $2, uuidv7(), now(), 'create', 'Group ' || (n * 7919) % 30011 FROM ${groups}`,
      [workspace.id, run],
    );
    await dataSource.query('ANALYZE member_group, directory_group, sync_group_change');
    for (const at of [null, place]) {
      const members = await readByIndex(memberGroupsPage(workspace.id, { sort: 'name', limit }, at));
      expect(members.get('member_group_by_name')).toBe(limit + 1);
      const directory = await readByIndex(
        directoryGroupsPage(workspace.id, all, { sort: 'name', limit }, at),
      );
      expect(directory.get('directory_group_by_name')).toBe(limit + 1);
      const ofRun = await readByIndex(groupChangesStatement(workspace.id, run, { sort: 'name', limit }, at));
      expect(ofRun.get('sync_group_change_by_name')).toBe(limit + 1);
    }
  });
});
