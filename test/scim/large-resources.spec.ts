import { beforeAll, describe, expect, it } from '@jest/globals';
import { pageSizeMaxBytes, resourceSizeMaxBytes } from '../../src/scim-core/limits.ts';
import type { ScimError } from '../harness/scim-answers.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace, type ScimClient, type TestWorkspace } from '../harness/workspace.ts';
import {
  givenGroup,
  givenUser,
  groupUrn,
  type ListBody,
  patchOf,
  readUser,
  type Resource,
  searchUrn,
  userBody,
} from './directory.ts';

const acmeUrn = 'urn:acme:params:scim:schemas:extension:2.0:User';
const storedBefore = 12;
const storedBytes = 480_000;

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;

/** Users as they were stored before there was a limit: half of them compress well, the others not at all. */
async function givenLargeUsers(workspaceId: string, count: number, bytes: number): Promise<void> {
  await service.dataSource.query(
    `INSERT INTO directory_user (workspace_id, id, external_id, user_name, user_name_key, active, resource,
       created_at, modified_at, display_name_hash)
     SELECT $1, gen_random_uuid(), 'x' || n, name, name, true,
       jsonb_build_object('userName', name, 'active', true, 'displayName', 'Large', 'title', (n % 3)::text, $4::text,
         jsonb_build_object('blob', CASE WHEN n % 2 = 0 THEN repeat('ü', $3::integer / 2)
           ELSE (SELECT string_agg(md5(n || '-' || i), '') FROM generate_series(1, $3::integer / 32) i) END)),
       timestamptz '2026-01-01' + n * interval '1 second', now(), scim_hash('large')
     FROM generate_series(1, $2::integer) n, LATERAL (SELECT 'large-' || n || '@example.com' AS name) named`,
    [workspaceId, count, bytes, acmeUrn],
  );
}

const sizeOf = (body: unknown) => Buffer.byteLength(JSON.stringify(body));

/** Every id over the pages by index, each beginning behind what the one before held. */
async function walkByIndex(client: ScimClient, path: string, sizes: number[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const answer = await client.get(`${path}&startIndex=${ids.length + 1}`).expect(200);
    const page = answer.body as ListBody;
    expect(page.itemsPerPage).toBe(page.Resources.length);
    sizes.push(sizeOf(page));
    ids.push(...page.Resources.map(({ id }) => id));
    if (page.Resources.length === 0 || ids.length >= page.totalResults) return ids;
  }
}

async function walkByCursor(client: ScimClient, path: string, sizes: number[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const answer = await client.get(`${path}&cursor=${cursor}`).expect(200);
    const page = answer.body as ListBody;
    sizes.push(sizeOf(page));
    ids.push(...page.Resources.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

describe('a resource that is too large', () => {
  const tooLarge = { [acmeUrn]: { blob: 'ü'.repeat(resourceSizeMaxBytes / 2) }, title: 'x' };

  function expectTooMany({ body }: { body: ScimError | undefined }): void {
    expect(body).toMatchObject({ status: '400', scimType: 'tooMany' });
    expect(body?.detail).toContain('131,072');
    expect(body?.detail).toContain(acmeUrn);
  }

  it('is refused when it is created, replaced, patched, or in a bulk request, and nothing changes', async () => {
    const user = await givenUser(scim, { title: 'Before' });
    expectTooMany(await scim.post('/Users', userBody(tooLarge)).expect(400));
    expectTooMany(
      await scim.put(`/Users/${user.id}`, { ...userBody(tooLarge), userName: user.userName }).expect(400),
    );
    const patch = patchOf({ op: 'add', path: acmeUrn, value: tooLarge[acmeUrn] });
    expectTooMany(await scim.patch(`/Users/${user.id}`, patch).expect(400));
    const Operations = [{ method: 'PATCH', path: `/Users/${user.id}`, data: patch }];
    const bulk = await scim
      .post('/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations })
      .expect(200);
    const [entry] = bulk.body.Operations;
    expectTooMany({ body: entry?.response });
    expect(await readUser(scim, user.id)).toEqual(user);
  });

  it('is refused as a group, whose members do not count', async () => {
    expectTooMany(
      await scim.post('/Groups', { schemas: [groupUrn], displayName: 'Large', ...tooLarge }).expect(400),
    );
    const members = Array.from({ length: 3_000 }, (_, n) => `${n}-${'x'.repeat(60)}`);
    const group = await givenGroup(scim, { displayName: 'Many' }, members);
    expectTooMany(
      await scim
        .patch(`/Groups/${group.id}`, patchOf({ op: 'add', path: acmeUrn, value: tooLarge[acmeUrn] }))
        .expect(400),
    );
  });

  it('is accepted up to the limit', async () => {
    const body = userBody({ [acmeUrn]: { blob: '' } });
    const { schemas: _, ...stored } = body;
    const room = resourceSizeMaxBytes - sizeOf(stored);
    await scim.post('/Users', { ...body, [acmeUrn]: { blob: 'x'.repeat(room) } }).expect(201);
    const more = userBody({ [acmeUrn]: { blob: 'x'.repeat(room + 1) } });
    await scim.post('/Users', more).expect(400);
  });
});

describe('who was stored before with more', () => {
  let client: ScimClient;
  let large: Resource;

  beforeAll(async () => {
    const own = await givenWorkspace(service);
    client = own.scim;
    await givenLargeUsers(own.id, 2, storedBytes);
    const { body } = await client.get('/Users?filter=externalId%20eq%20%22x1%22').expect(200);
    large = body.Resources[0]!;
  });

  it('is read, switched off, and made smaller, but not larger', async () => {
    await client.get(`/Users/${large.id}`).expect(200);
    await client
      .patch(`/Users/${large.id}`, patchOf({ op: 'replace', path: 'active', value: false }))
      .expect(200);
    await client
      .patch(`/Users/${large.id}`, patchOf({ op: 'replace', path: 'title', value: 'Longer than before' }))
      .expect(400);
    await client
      .patch(`/Users/${large.id}`, patchOf({ op: 'replace', path: 'title', value: '' }))
      .expect(200);
    await client.patch(`/Users/${large.id}`, patchOf({ op: 'remove', path: acmeUrn })).expect(200);
    await client
      .patch(`/Users/${large.id}`, patchOf({ op: 'replace', path: 'title', value: 'Longer than before' }))
      .expect(200);
  });
});

describe('a list of large resources', () => {
  let listed: TestWorkspace;
  let ids: string[];
  const sizeMaxBytes = pageSizeMaxBytes + 20_000;

  beforeAll(async () => {
    listed = await givenWorkspace(service);
    await givenLargeUsers(listed.id, storedBefore, storedBytes);
    const rows = await service.dataSource.query<{ id: string }[]>(
      'SELECT id FROM directory_user WHERE workspace_id = $1 ORDER BY created_at',
      [listed.id],
    );
    ids = rows.map(({ id }) => id);
  });

  const lists = [
    ['all', '/Users?count=1000'],
    ['sorted', '/Users?count=1000&sortBy=title&sortOrder=descending'],
    ['a lookup', `/Users?count=1000&filter=${encodeURIComponent('displayName eq "Large"')}`],
    ['a filter', `/Users?count=1000&filter=${encodeURIComponent('title pr')}`],
    ['the root', '/?count=1000'],
    ['the root, sorted', '/?count=1000&sortBy=title'],
  ];

  it.each(lists)(
    '%s, comes in pages of bounded size, and index pages hold everybody once',
    async (_, path) => {
      const sizes: number[] = [];
      const walked = await walkByIndex(listed.scim, path, sizes);
      expect([...walked].sort()).toEqual([...ids].sort());
      expect(new Set(walked).size).toBe(storedBefore);
      expect(sizes.length).toBeGreaterThan(1);
      expect(Math.max(...sizes)).toBeLessThan(sizeMaxBytes);
    },
  );

  it.each(lists)(
    '%s, comes in pages of bounded size, and cursor pages hold everybody once',
    async (_, path) => {
      const sizes: number[] = [];
      const walked = await walkByCursor(listed.scim, path, sizes);
      expect([...walked].sort()).toEqual([...ids].sort());
      expect(sizes.length).toBeGreaterThan(1);
      expect(Math.max(...sizes)).toBeLessThan(sizeMaxBytes);
    },
  );

  it('is in the same order as a list of small ones', async () => {
    expect(await walkByIndex(listed.scim, '/Users?count=1000')).toEqual(ids);
    expect(await walkByCursor(listed.scim, '/Users?count=1000')).toEqual(ids);
  });

  it('comes so by .search, too', async () => {
    const { body } = await listed.scim
      .post('/.search', { schemas: [searchUrn], count: 1000, filter: 'userName sw "large"' })
      .expect(200);
    const page = body;
    expect(page.totalResults).toBe(storedBefore);
    expect(page.itemsPerPage).toBeLessThan(storedBefore);
    expect(sizeOf(page)).toBeLessThan(sizeMaxBytes);
  });

  it('shows one alone that is larger than a page', async () => {
    const own = await givenWorkspace(service);
    await givenLargeUsers(own.id, 2, pageSizeMaxBytes + 100_000);
    const sizes: number[] = [];
    expect(await walkByCursor(own.scim, '/Users?count=10', sizes)).toHaveLength(2);
    expect(sizes).toHaveLength(2);
  });

  it('counts what a resource gets from others: members, groups, the name of a manager', async () => {
    const own = await givenWorkspace(service);
    await service.dataSource.query(
      `WITH g AS (INSERT INTO directory_group (workspace_id, id, display_name, display_name_key, resource, created_at, modified_at)
         SELECT $1, gen_random_uuid(), name, name, jsonb_build_object('displayName', name), now(), now()
         FROM generate_series(1, 7) n, LATERAL (SELECT 'group ' || n AS name) named RETURNING workspace_id, id)
       INSERT INTO directory_group_member (workspace_id, group_id, value, type, display)
       SELECT g.workspace_id, g.id, gen_random_uuid()::text, 'User', repeat('x', 400) FROM g, generate_series(1, 2000)`,
      [own.id],
    );
    for (const path of [
      '/Groups?count=1000',
      '/?count=1000',
      `/Groups?count=1000&filter=${encodeURIComponent('displayName sw "group"')}`,
    ]) {
      const sizes: number[] = [];
      expect(new Set(await walkByIndex(own.scim, path, sizes)).size).toBe(7);
      expect(sizes.length).toBeGreaterThan(1);
      expect(Math.max(...sizes)).toBeLessThan(sizeMaxBytes);
    }
    const { body } = await own.scim.get('/Groups?count=1000&excludedAttributes=members').expect(200);
    expect(body.itemsPerPage).toBe(7);
  });

  it('is previewed, mapped and synchronized all the same', async () => {
    const { admin } = listed;
    const preview = await admin.get('/api/sync-preview?limit=50').expect(200);
    expect(preview.body.items).toHaveLength(0);
    const sources = await admin.get('/api/attribute-mapping/sources').expect(200);
    expect(sources.body).toMatchObject({ sampledUsers: storedBefore });
    await service.dataSource.query(
      `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
       SELECT workspace_id, id, gen_random_uuid(), 'created', $2 FROM directory_user WHERE workspace_id = $1`,
      [listed.id, service.clock.now()],
    );
    const queued = await admin.get('/api/sync-preview?limit=50').expect(200);
    expect(queued.body.items).toHaveLength(storedBefore);
  });
});
