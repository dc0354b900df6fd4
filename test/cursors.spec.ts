import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Service } from './harness/service.ts';
import { givenWorkspace, type Client, type TestWorkspace } from './harness/workspace.ts';
import { givenGroup, givenUser } from './scim/directory.ts';

/** A list that pages by cursor: who asks, and how. */
interface List {
  name: string;
  ask: (workspace: TestWorkspace, cursor: string) => ReturnType<Client['get']>;
}

const scim = (name: string, path: string): List => ({
  name,
  ask: ({ scim: client }, cursor) => client.get(`${path}count=1&cursor=${encodeURIComponent(cursor)}`),
});
const api = (path: string): List => ({
  name: path,
  ask: ({ admin }, cursor) => {
    const rest = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=1${rest}`);
  },
});

const lists: List[] = [
  scim('users', '/Users?'),
  scim('users by title', '/Users?sortBy=title&'),
  scim('users by time', '/Users?sortBy=meta.lastModified&'),
  scim('users by time, newest first', '/Users?sortBy=meta.lastModified&sortOrder=descending&'),
  scim('active users', `/Users?filter=${encodeURIComponent('active eq true')}&`),
  scim('users by being active', '/Users?sortBy=active&'),
  scim('users by id', '/Users?sortBy=id&'),
  scim('groups', '/Groups?'),
  scim('all', '/?'),
  api('/api/members'),
  api('/api/members?sort=name'),
  api('/api/members?sort=name&order=desc'),
  api('/api/groups'),
  api('/api/properties'),
  api('/api/tokens'),
  api('/api/provisioning-log'),
  api('/api/audit-log'),
  api('/api/sync-preview'),
  api('/api/sync-runs'),
  api('/api/directory-groups'),
  {
    name: 'workspaces',
    ask: ({ operator }, cursor) =>
      operator.get(`/operator/workspaces?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`),
  },
];

let service: Service;
let ours: TestWorkspace;
let theirs: TestWorkspace;
let cursors: Map<string, string>;

async function givenFilled(): Promise<TestWorkspace> {
  const workspace = await givenWorkspace(service);
  const { admin } = workspace;
  for (const name of ['one', 'two', 'three']) {
    await givenUser(workspace.scim, { title: name });
    await givenGroup(workspace.scim, { displayName: name });
    await admin.post('/api/members', { email: `${name}@example.com`, displayName: name }).expect(201);
    await admin.post('/api/properties', { name, type: 'text' }).expect(201);
    await admin.post('/api/tokens', { name }).expect(201);
  }
  await service.dataSource.query(
    `INSERT INTO member_group (workspace_id, id, name, created_at, updated_at)
     SELECT $1, gen_random_uuid(), 'group', now(), now() FROM generate_series(1, 3)`,
    [workspace.id],
  );
  await service.dataSource.query(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
     SELECT $1, gen_random_uuid(), 'manual', 'succeeded', 'x', now() FROM generate_series(1, 3)`,
    [workspace.id],
  );
  return workspace;
}

async function cursorOf(workspace: TestWorkspace, { name, ask }: List): Promise<string> {
  const { body } = await ask(workspace, '').expect(200);
  const { nextCursor } = body as { nextCursor?: string | null };
  if (typeof nextCursor !== 'string') throw new Error(`No next page: ${name}`);
  return nextCursor;
}

beforeAll(async () => {
  service = await startService();
  ours = await givenFilled();
  theirs = await givenFilled();
  cursors = new Map();
  for (const list of lists) cursors.set(list.name, await cursorOf(ours, list));
});

async function expectRefused(list: List, cursor: string, workspace = ours): Promise<void> {
  const { status, body } = await list.ask(workspace, cursor);
  expect({ list: list.name, cursor, status }).toEqual({ list: list.name, cursor, status: 400 });
  if (list.name.startsWith('/api') || list.name === 'workspaces') return;
  expect(body).toMatchObject({ scimType: 'invalidCursor' });
}

/** One bit of a base64url text, by its place among the bits. */
function flipped(cursor: string, bit: number): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  return bytes.toString('base64url');
}

describe.each(lists)('a cursor of $name', (list) => {
  it('continues this list', async () => {
    await list.ask(ours, cursors.get(list.name) ?? '').expect(200);
  });

  it('continues no other list', async () => {
    for (const other of lists) {
      if (other.name !== list.name) await expectRefused(other, cursors.get(list.name) ?? '');
    }
  });

  it('is none when a bit of it is another, or a part of it is missing', async () => {
    const cursor = cursors.get(list.name) ?? '';
    const bits = Buffer.from(cursor, 'base64url').length * 8;
    for (let bit = 0; bit < bits; bit += 41) await expectRefused(list, flipped(cursor, bit));
    for (const cut of [
      cursor.slice(0, -1),
      cursor.slice(0, 22),
      cursor.slice(1),
      `${cursor}A`,
      `${cursor}=`,
    ]) {
      await expectRefused(list, cut);
    }
  });

  it('is none to another workspace', async () => {
    if (list.name === 'workspaces') return;
    await expectRefused(list, cursors.get(list.name) ?? '', theirs);
  });
});

describe('a cursor made by hand', () => {
  /** As it was sealed when the seal was a hash that everybody can make. */
  function forged(query: string, sortValue: string): string {
    const place = Buffer.concat([Buffer.alloc(24), Buffer.from(`U=${sortValue}`)]);
    const seal = createHash('sha256').update(place).update(query).digest().subarray(0, 16);
    return Buffer.concat([seal, place]).toString('base64url');
  }

  it.each([
    ['meta.lastModified', 'not a date'],
    ['active', 'maybe'],
    ['id', 'x'],
  ])('with a bad value of %s is refused', async (sortBy, value) => {
    const cursor = forged(`${ours.id} User ascending ${sortBy} `, value);
    const { body } = await ours.scim.get(`/Users?sortBy=${sortBy}&cursor=${cursor}`).expect(400);
    expect(body).toMatchObject({ scimType: 'invalidCursor' });
  });

  it('out of the id of a row is refused by every list', async () => {
    const id = '01900000-0000-7000-8000-000000000000';
    for (const text of [id, `queue:${id}:`, `kept:${id}:${id}`]) {
      for (const list of lists) await expectRefused(list, Buffer.from(text).toString('base64url'));
    }
  });
});

describe('the key of the cursors', () => {
  it('is that of every process on the database, and stays when they start again', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl });
    const client = { ...ours, scim: ours.scim };
    const { body } = await client.scim.get('/Users?count=1&cursor=').expect(200);
    const { nextCursor } = body as { nextCursor: string };
    await other.http
      .get(`/scim/v2/Users?count=1&cursor=${nextCursor}`)
      .set('Authorization', `Bearer ${ours.token}`)
      .expect(200);
    await other.stop();
  });
});
