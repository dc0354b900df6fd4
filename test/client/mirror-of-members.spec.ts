import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { pg } from '../harness/one-query-at-a-time.ts';
import {
  type Client,
  createClient,
  Digest,
  type Event,
  mirror,
  type Mirror,
  WebhookRefused,
} from '../../clients/node/src/index.ts';
import { PostgresStore } from '../../clients/node/src/stores/postgres-store.ts';
import { SqliteStore } from '../../clients/node/src/stores/sqlite-store.ts';
import { operatorTypes } from '../../scripts/client/operator-contract.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { createEmptyDatabase } from '../harness/database.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { operatorToken } from '../harness/service.ts';
import { eventually, eventuallyHolds, synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import {
  collected,
  type CopyReader,
  expectSameAsService,
  readPostgresCopy,
  readSqliteCopy,
} from './copies.ts';
import { follow, keepInStep, receive, signUp, tell } from './readme.ts';

const buckets = 64;
const service = useService({ clock: new SystemClock() });
const workspace = useSharedWorkspace(service);
const stop = new AbortController();

interface Copy {
  mirror: Mirror;
  read: CopyReader;
}

let client: Client;
let database: DatabaseSync;
let pool: pg.Pool;
const copies: Copy[] = [];

beforeAll(async () => {
  client = createClient({ url: service.url, key: operatorToken });
  database = new DatabaseSync(':memory:');
  pool = new pg.Pool({ connectionString: (await createEmptyDatabase()).url });
  pool.on('error', () => undefined);
  for (const name of ['ada', 'grace', 'edsger']) await givenPerson(workspace.scim, `${name}@example.com`);
  await synchronize(workspace.admin);
  copies.push(
    { mirror: mirror(new SqliteStore(database), { client, buckets }), read: readSqliteCopy(database) },
    {
      mirror: mirror(await PostgresStore.open(pool), { client, buckets, workspaceId: workspace.id }),
      read: readPostgresCopy(pool),
    },
  );
});

afterAll(async () => {
  stop.abort();
  await pool.end();
});

async function expectSame(): Promise<void> {
  for (const { mirror: one, read } of copies) {
    // An event is in the feed of all workspaces a moment after it has happened.
    await eventuallyHolds(async () => {
      await one.catchUp();
      await expectSameAsService(client, workspace.id, await read(workspace.id));
    });
  }
}

describe('a mirror in SQLite of all workspaces, and one in PostgreSQL of one workspace', () => {
  it('have every member with every field after the first snapshot', async () => {
    await expectSame();
    expect((await copies[0]?.read(workspace.id))?.members).toHaveLength(3);
  });

  it('follow joiners, movers, leavers, edits and groups', async () => {
    const { scim, admin } = workspace;
    const alan = await givenPerson(scim, 'alan@example.com', { title: 'Engineer' });
    const barbara = await givenPerson(scim, 'barbara@example.com');
    const members = [alan, barbara].map((value) => ({ value }));
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await scim.post('/Groups', { schemas, displayName: 'Research', members }).expect(201);
    await synchronize(admin);
    await expectSame();
    await changePerson(scim, alan, { title: 'Manager' });
    await changePerson(scim, barbara, { active: false });
    await client.members.put(workspace.id, 'ext:u-7', {
      email: 'made@example.com',
      displayName: 'Made by the product',
    });
    await synchronize(admin);
    await expectSame();
    const { members: kept, memberships } = (await copies[0]?.read(workspace.id)) ?? {};
    expect(memberships?.length).toBeGreaterThan(0);
    expect(kept?.find(({ email }) => email === 'made@example.com')).toMatchObject({ externalId: 'u-7' });
    expect(kept?.find(({ email }) => email === 'alan@example.com')).toMatchObject({ jobTitle: 'Manager' });
  });

  it('prove by the digest that they are right, and repair only the buckets that are not', async () => {
    for (const { mirror: one } of copies) {
      const [right] = (await one.verify()).filter(({ workspaceId }) => workspaceId === workspace.id);
      expect(right).toMatchObject({ differentBuckets: [], repair: null, buckets });
    }
    await pool.query(`DELETE FROM mirror_member WHERE email = 'ada@example.com'`);
    database.exec(`UPDATE mirror_member SET version = 99, data = '{}' WHERE email = 'ada@example.com'`);
    for (const { mirror: one } of copies) {
      const [wrong] = (await one.verify()).filter(({ workspaceId }) => workspaceId === workspace.id);
      expect(wrong).toMatchObject({ differentBuckets: [expect.any(Number)], repair: { removed: 0 } });
    }
    await expectSame();
  });

  it('sum up to the digest that the service makes itself', async () => {
    const remote = await client.digest(workspace.id, buckets);
    const digest = new Digest(buckets);
    for await (const { id, version } of client.members.find(workspace.id)) digest.add(id, version);
    expect({
      digest: digest.digest,
      members: digest.members,
      buckets: digest.differences(remote.buckets),
    }).toEqual({
      digest: remote.digest,
      members: remote.members,
      buckets: [],
    });
  });

  it('hear of a leaver while they wait for the next event', async () => {
    const told: string[] = [];
    const following = mirror(new SqliteStore(new DatabaseSync(':memory:')), {
      client,
      workspaceId: workspace.id,
      onEvents: (events) => Promise.resolve(void told.push(...events.map(({ type }) => type))),
    });
    const running = following.run(stop.signal);
    await eventually(() => Promise.resolve(following.status().state === 'following' ? true : null));
    const [grace] = await collected(client.members.find(workspace.id, { email: 'grace@example.com' }));
    await changePerson(workspace.scim, grace?.id ?? '', { active: false });
    await eventually(() => Promise.resolve(told.includes('member.deactivated') ? true : null));
    stop.abort();
    await running;
    expect(following.status()).toMatchObject({ state: 'stopped', failure: null });
  });

  it('forget a workspace that is erased', async () => {
    const other = await client.workspaces.put('ext:short-lived', { name: 'Short-lived' });
    await client.members.put('ext:short-lived', 'ext:1', { email: 'one@example.com' });
    const [all] = copies;
    const members = await eventually(async () => {
      await all?.mirror.catchUp();
      const { members: found = [] } = (await all?.read(other.id)) ?? {};
      return found.length > 0 ? found : null;
    });
    expect(members).toHaveLength(1);
    await workspace.operator.delete(`/operator/workspaces/${other.id}`).expect(204);
    await all?.mirror.verify();
    expect((await all?.read(other.id))?.members).toEqual([]);
  });
});

it('the types of the client are those of openapi.json (npm run api-types)', async () => {
  const root = join(import.meta.dirname, '../..');
  const made = await operatorTypes(readFileSync(join(root, 'openapi.json'), 'utf8'));
  expect(readFileSync(join(root, 'clients/node/src/openapi.ts'), 'utf8')).toBe(made);
});

it('what the README of the client shows does what it says', async () => {
  const { admin, operator, id } = workspace;
  await operator.patch(`/operator/workspaces/${id}`, { externalId: 'readme' }).expect(200);
  const { body: before } = await admin.post('/api/members', { email: 'before@example.com' }).expect(201);
  // It is in the feed a moment later, and no longer what happens from now on.
  for await (const { subject } of client.events()) if (subject.id === before.id) break;
  const seen: Event[] = [];
  const stopped = new AbortController();
  let saved: string | null = null;
  const place = {
    load: () => Promise.resolve(saved),
    save: (cursor: string) => Promise.resolve(void (saved = cursor)),
  };
  const handle = (event: Event) => Promise.resolve(void seen.push(event));
  const following = follow(client, place, handle, stopped.signal);
  await eventually(() => Promise.resolve(saved));
  const { memberId, mayComeIn } = await signUp(client, 'readme', 'r-1', 'readme@example.com');
  expect(mayComeIn).toBe(true);
  await admin.patch(`/api/members/${memberId}`, { status: 'deactivated' }).expect(200);
  const left = await eventually(() =>
    Promise.resolve(seen.find(({ type }) => type === 'member.deactivated') ?? null),
  );
  expect(seen.map(({ subject }) => subject.id)).toEqual([memberId, memberId]);
  stopped.abort();
  await following;
  expect(await tell(client, left, 2)).toBe(memberId);
  const { body: timeline } = await admin.get(`/api/members/${memberId}/timeline`).expect(200);
  expect(JSON.stringify(timeline)).toContain('"sessionsEnded":2');
  const ended: string[] = [];
  const members = keepInStep(client, new DatabaseSync(':memory:'), (member) => ended.push(member));
  await members.catchUp();
  await client.members.put('ext:readme', 'ext:r-1', { status: 'active' });
  await admin.patch(`/api/members/${memberId}`, { status: 'deactivated' }).expect(200);
  await eventuallyHolds(async () => {
    await members.catchUp();
    expect(ended).toEqual([memberId]);
  });
  expect(() => receive('whsec_c2VjcmV0', {}, Buffer.from('{}'))).toThrow(WebhookRefused);
});
