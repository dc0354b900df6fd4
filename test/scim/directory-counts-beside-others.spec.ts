import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { DirectoryRecounts } from '../../src/scim/directory/directory-recounts.ts';
import { countDirectory } from '../harness/counted-directory.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenGroup, givenUser, groupUrn, userBody } from './directory.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';

const max = 3;
const lookEveryMs = 20;
const waitsWithinMs = 30_000;

const service = useService({ config: { USERS_PER_WORKSPACE: String(max) } });
const workspace = useWorkspace(service);

describe('a page by index beyond the end', () => {
  it.each([
    ['known', true],
    ['not known', false],
  ])('is empty, whatever the index, where it is %s how many there are', async (_, known) => {
    const { scim } = workspace;
    await givenUser(scim);
    await givenGroup(scim);
    if (known) await beCounted();
    for (const index of [1_001, 2 ** 30 + 2, 2 ** 31, 2 ** 31 + 1, 2 ** 32, 2 ** 52, Number.MAX_SAFE_INTEGER])
      for (const [path, totalResults] of [
        ['/Users', 1],
        ['/Groups', 1],
        ['/', 2],
      ] as const) {
        const { status, body } = await scim.get(`${path}?startIndex=${index}&count=1000`);
        expect([path, index, status, body]).toEqual([
          path,
          index,
          200,
          expect.objectContaining({ totalResults, itemsPerPage: 0 }),
        ]);
      }
  });
});

describe('a directory is taken over', () => {
  it('past those that somebody is writing just then, so that nobody waits for them; the total is exact meanwhile', async () => {
    const ids: string[] = [];
    for (let at = 0; at < max; at += 1) ids.push((await givenUser(workspace.scim)).id);
    await service.dataSource.query('UPDATE directory_user SET counted = false WHERE workspace_id = $1', [
      workspace.id,
    ]);
    await service.dataSource.query('DELETE FROM directory_count WHERE workspace_id = $1', [workspace.id]);
    await whileLocked('directory_user', 'id', ids[1]!, async () => {
      const counted = beCounted().then(() => 'counted');
      expect(await Promise.race([counted, sleep(waitsWithinMs, 'waits', { ref: false })])).toBe('counted');
      expect(await uncounted()).toBe(1);
      expect(await usersOf()).toBe(max);
    });
    service.clock.advance({ hours: 2 });
    await beCounted();
    expect(await uncounted()).toBe(0);
    expect(await usersOf()).toBe(max);
  });

  it.each([
    ['Users', 'directory_user'],
    ['Groups', 'directory_group'],
  ])('while one of its %s is deleted, who goes out of the total', async (endpoint, table) => {
    const { scim, id } = workspace;
    await givenUser(scim);
    const user = await givenUser(scim);
    await givenGroup(scim);
    const group = await givenGroup(scim, {}, [user.id]);
    await beCounted();
    const gone = endpoint === 'Users' ? user.id : group.id;
    const runner = service.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`UPDATE ${table} SET counted = true WHERE workspace_id = $1 AND id = $2`, [id, gone]);
    const deletion = scim.delete(`/${endpoint}/${gone}`).then(({ status }) => status);
    await someWait(1);
    await runner.commitTransaction();
    await runner.release();
    expect(await deletion).toBe(204);
    const { body } = await scim.get(`/${endpoint}?count=10`).expect(200);
    expect(body).toMatchObject({ totalResults: 1, itemsPerPage: 1 });
  });
});

describe('a workspace is erased', () => {
  it('while a group of its people is created, without one being refused for the other', async () => {
    const { scim, operator, id } = workspace;
    const user = await givenUser(scim);
    await service.dataSource.query(
      `INSERT INTO directory_count (workspace_id, slot, users, groups) SELECT $1, slot, 0, 0 FROM generate_series(1, 32) slot
       ON CONFLICT DO NOTHING`,
      [id],
    );
    const statuses = await whileLocked('sync_queue', 'directory_user_id', user.id, async () => {
      const creation = scim.post('/Groups', {
        schemas: [groupUrn],
        displayName: 'G',
        members: [{ value: user.id }],
      });
      const created = creation.then(({ status }) => status);
      await someWait(1);
      const erased = operator.delete(`/operator/workspaces/${id}`).then(({ status }) => status);
      await someWait(2);
      return { ends: Promise.all([created, erased]) };
    });
    const [, erased] = await statuses.ends;
    expect(erased).toBe(204);
    const left = await service.dataSource.query('SELECT slot FROM directory_count WHERE workspace_id = $1', [
      id,
    ]);
    expect(left).toEqual([]);
  });
});

describe('the quota of users', () => {
  it('has the room again that the release before this one made, although nobody asks for a list', async () => {
    const { scim } = workspace;
    for (let at = 0; at < max; at += 1) await givenUser(scim);
    await beCounted();
    service.clock.advance({ hours: 2 });
    await beCounted();
    await service.dataSource.query(
      `DELETE FROM directory_user WHERE (workspace_id, id) IN (
         SELECT workspace_id, id FROM directory_user WHERE workspace_id = $1 LIMIT 1)`,
      [workspace.id],
    );
    service.clock.advance({ hours: 25 });
    let status = 403;
    const until = performance.now() + waitsWithinMs;
    while (status === 403 && performance.now() < until) {
      ({ status } = await scim.post('/Users', userBody()));
      await recounts().countDue();
      await sleep(lookEveryMs);
    }
    expect(status).toBe(201);
  });
});

function recounts(): DirectoryRecounts {
  return service.provider<DirectoryRecounts>('DirectoryRecounts');
}

const beCounted = () => countDirectory(service, workspace);

async function usersOf(): Promise<number> {
  const { body } = await workspace.scim.get('/Users?count=0').expect(200);
  return (body as { totalResults: number }).totalResults;
}

async function uncounted(): Promise<number> {
  const [row] = await service.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM directory_user WHERE workspace_id = $1 AND NOT counted',
    [workspace.id],
  );
  return row!.n;
}

/** Does something while somebody else has a row, and lets it go then. */
async function whileLocked<T>(table: string, column: string, id: string, what: () => Promise<T>): Promise<T> {
  const runner = service.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(`SELECT FROM ${table} WHERE workspace_id = $1 AND ${column} = $2 FOR UPDATE`, [
      workspace.id,
      id,
    ]);
    return await what();
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

/** Waits until so many statements wait for a lock. */
async function someWait(count: number): Promise<void> {
  const until = performance.now() + waitsWithinMs;
  for (;;) {
    const waiting = await waitingStatements(service.dataSource);
    if (waiting >= count) return;
    if (performance.now() > until) throw new Error(`Not ${count} statements wait for a lock, but ${waiting}`);
    await sleep(lookEveryMs);
  }
}
