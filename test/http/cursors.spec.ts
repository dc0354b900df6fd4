import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startService } from '../harness/service.ts';
import { isOfOperator, isScim, type PagedList, pagedLists } from '../harness/paged-lists.ts';
import { copyRows, everybodysGroup, fillLists, someRun } from '../harness/paged-rows.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
let ours: TestWorkspace;
let theirs: TestWorkspace;
let cursors: Map<string, string>;

async function givenFilled(): Promise<TestWorkspace> {
  const workspace = await givenWorkspace(service);
  await fillLists(service.dataSource, workspace, ['one', 'two', 'three']);
  return workspace;
}

async function cursorOf(workspace: TestWorkspace, { name, ask }: PagedList): Promise<string> {
  const { status, body } = await ask(workspace, '');
  const { nextCursor } = body as ListAnswer;
  if (typeof nextCursor !== 'string')
    throw new Error(`No next page of ${name}: ${status} ${JSON.stringify(body)}`);
  return nextCursor;
}

beforeAll(async () => {
  ours = await givenFilled();
  theirs = await givenFilled();
  cursors = new Map();
  for (const list of pagedLists) cursors.set(list.name, await cursorOf(ours, list));
});

async function expectRefused(list: PagedList, cursor: string, workspace = ours): Promise<void> {
  const { status, body } = await list.ask(workspace, cursor);
  expect({ list: list.name, cursor, status }).toEqual({ list: list.name, cursor, status: 400 });
  if (!isScim(list)) return;
  expect(body).toMatchObject({ scimType: 'invalidCursor' });
}

/** One bit of a base64url text, by its place among the bits. */
function flipped(cursor: string, bit: number): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  return bytes.toString('base64url');
}

describe.each(pagedLists)('a cursor of $name', (list) => {
  it('continues this list', async () => {
    await list.ask(ours, cursors.get(list.name) ?? '').expect(200);
  });

  it('continues no other list', async () => {
    const at = pagedLists.indexOf(list);
    for (const [place, other] of pagedLists.entries()) {
      // Those whose routes share a beginning, and of the others a few: each list is asked by some.
      const isNear = other.route.startsWith(list.route) || list.route.startsWith(other.route);
      if (other === list || (!isNear && (place - at) % 7 !== 0)) continue;
      await expectRefused(other, cursors.get(list.name) ?? '');
    }
  });

  it('is none when a bit of it is another, or a part of it is missing', async () => {
    const cursor = cursors.get(list.name) ?? '';
    const bits = Buffer.from(cursor, 'base64url').length * 8;
    for (let bit = 0; bit < bits; bit += 67) await expectRefused(list, flipped(cursor, bit));
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
    if (isOfOperator(list)) return;
    await expectRefused(list, cursors.get(list.name) ?? '', theirs);
  });
});

describe('a cursor of a list', () => {
  it.each([
    ['/operator/erasures', 'workspaceId'],
    ['/api/sync-preview', 'groupId'],
    [`/api/sync-runs/${someRun}/changes`, 'groupId'],
  ])('%s is none when a filter by %s comes in', async (path, filter) => {
    const client = path.startsWith('/operator') ? ours.operator : ours.admin;
    await client.get(`${path}?cursor=${cursors.get(path)}`).expect(200);
    await client.get(`${path}?cursor=${cursors.get(path)}&${filter}=${everybodysGroup}`).expect(400);
  });

  it.each(['changes', 'groups'])('of the %s of a run is none of another run', async (part) => {
    const { body } = await ours.admin.get('/api/sync-runs').expect(200);
    const other = (body.items ?? []).find(({ id }) => id !== someRun);
    const cursor = cursors.get(`/api/sync-runs/${someRun}/${part}`);
    await ours.admin.get(`/api/sync-runs/${String(other?.id)}/${part}?cursor=${cursor}`).expect(400);
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
      for (const list of pagedLists) await expectRefused(list, Buffer.from(text).toString('base64url'));
    }
  });
});

describe('the key of the cursors', () => {
  it('is that of every process on the database, and stays when they start again', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl });
    const client = { ...ours, scim: ours.scim };
    const { body } = await client.scim.get('/Users?count=1&cursor=').expect(200);
    const { nextCursor } = body;
    await other.http
      .get(`/scim/v2/Users?count=1&cursor=${nextCursor}`)
      .set('Authorization', `Bearer ${ours.token}`)
      .expect(200);
    await other.stop();
  });
});

/** Follows a list from page to page, one item each, and changes or takes away what was just shown, by turns. */
async function readThrough(workspace: TestWorkspace, list: PagedList) {
  const { ask, touch, drop } = list;
  const seen: string[] = [];
  const changed = new Set<string>();
  let cursor = '';
  for (let page = 0; page < pagesMax; page += 1) {
    const { body } = await ask(workspace, cursor).expect(200);
    const { nextCursor } = body as ListAnswer;
    const sql = [touch, drop, null][page % 3] ?? null;
    for (const id of itemsOf(body, list)) {
      seen.push(id);
      if (sql === null || changed.has(id)) continue;
      changed.add(id);
      await service.dataSource.query(sql, [workspace.id, id]);
    }
    if (nextCursor === null || nextCursor === undefined) return { seen, changed };
    cursor = nextCursor;
  }
  throw new Error(`${list.name} does not end`);
}

const pagesMax = 100;

/** What every list gives at once. */
const longPage = 20;

function itemsOf(body: unknown, { idOf = (item) => String(item.id) }: PagedList): string[] {
  const { items, Resources } = body as ListAnswer;
  return (items ?? Resources ?? []).map(idOf);
}

interface ListAnswer {
  items?: Record<string, unknown>[];
  Resources?: Record<string, unknown>[];
  nextCursor?: string | null;
}

describe('a list that is read page by page while rows change', () => {
  let crowded: TestWorkspace;

  beforeAll(async () => {
    crowded = await givenWorkspace(service);
    await fillLists(service.dataSource, crowded, ['one', 'two', 'three', 'four', 'five', 'six']);
  });

  it('is every list of the OpenAPI document that takes a cursor', () => {
    const { paths } = service.openApiDocument();
    const taking = Object.entries(paths).filter(([, item]) =>
      [item.get, item.post].some((one) => JSON.stringify(one ?? null).includes('"cursor"')),
    );
    const known = new Set(pagedLists.map(({ route }) => route));
    // The same list asked for by POST; and lists that never have a second page.
    const others = /\.search$|\/(ResourceTypes|Schemas)$/;
    const unknown = taking.map(([path]) => path).filter((path) => !known.has(path) && !others.test(path));
    expect(unknown).toEqual([]);
  });

  it.each(pagedLists)('$name: all who stay as they are are listed exactly once', async (list) => {
    const workspace = await givenWorkspace(service);
    await copyRows(service.dataSource, crowded, workspace);
    const { body } = await list.ask(workspace, '', longPage).expect(200);
    const all = itemsOf(body, list);
    expect(all.length).toBeGreaterThan(5);
    const { seen, changed } = await readThrough(workspace, list);
    for (const id of all) {
      const times = seen.filter((one) => one === id).length;
      if (changed.has(id)) expect(times).toBeGreaterThan(0);
      else expect({ id, times }).toEqual({ id, times: 1 });
    }
  });
});
