import { beforeAll, describe, expect, it } from '@jest/globals';
import { pg } from '../harness/one-query-at-a-time.ts';
import type { Schema } from '../harness/answers.ts';
import { closeBeforeDrop } from '../harness/database.ts';
import { type Service, startService } from '../harness/service.ts';
import { useService } from '../harness/use-service.ts';
import { adminClient, givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

type Page = Schema<'EventPageResponse'>;

/** What NOTIFY brings at once, a look once a second brings at last: a wait of this length tells the two apart. */
const atOnceMs = 700;
const writers = 6;
const changesEach = 8;

const service = useService();
let other: Service;

beforeAll(async () => {
  other = await startService({ databaseUrl: service.databaseUrl });
});

describe('events, with two processes on one database,', () => {
  it('wake who waits in the other process, sooner than its look once a second', async () => {
    const workspace = await givenWorkspace(service);
    const times: number[] = [];
    for (let at = 0; at < 5; at += 1) {
      const { next } = await page(other, { workspaceId: workspace.id, limit: 1000 });
      const waiting = page(other, { workspaceId: workspace.id, after: next, wait: 20 });
      const begun = performance.now();
      await addMember(workspace, `m${at}@example.com`);
      expect((await waiting).items).toHaveLength(1);
      times.push(performance.now() - begun);
    }
    expect(Math.min(...times)).toBeLessThan(atOnceMs);
  });

  it('come in order and each once to a reader of all workspaces, however many write at once', async () => {
    const workspaces = await Promise.all([1, 2, 3].map(() => givenWorkspace(service)));
    const wanted = new Set(workspaces.map(({ id }) => id));
    const written = Promise.all(Array.from({ length: writers }, (_, at) => writeBy(at, workspaces)));
    const seen = new Map<string, number[]>();
    let after = '';
    let isOver = false;
    void written.finally(() => (isOver = true));
    for (let turn = 0; ; turn += 1) {
      // Asked before the page is read: what is published between the two is not on it.
      const isAll = isOver && (await isPublished(workspaces));
      // Readers of both processes take turns: a cursor of one is good for the other.
      const read = await page(turn % 2 === 0 ? service : other, {
        after,
        limit: 1 + (turn % 13),
        wait: isOver ? 0 : 1,
      });
      for (const { workspaceId, sequence } of read.items) {
        if (wanted.has(workspaceId)) seen.set(workspaceId, [...(seen.get(workspaceId) ?? []), sequence]);
      }
      after = read.next;
      if (isAll && read.items.length === 0 && !read.more) break;
    }
    await written;
    for (const { id } of workspaces) {
      const sequences = seen.get(id) ?? [];
      expect(sequences).toEqual(sequences.map((_, at) => at + 1));
      const whole = await page(service, { workspaceId: id, limit: 1000 });
      expect(whole.items.map(({ sequence }) => sequence)).toEqual(sequences);
    }
  });

  it('do not wait for a long transaction of somebody else', async () => {
    const workspace = await givenWorkspace(service);
    const client = new pg.Client({ connectionString: service.databaseUrl });
    await client.connect();
    closeBeforeDrop(() => client.end());
    await client.query('BEGIN');
    await client.query('CREATE TABLE somebody_elses (id int)');
    try {
      const { next } = await page(service, {});
      const waiting = page(service, { after: next, wait: 20, limit: 1000 });
      await addMember(workspace, 'ada@example.com');
      const { items } = await waiting;
      expect(items.length).toBeGreaterThan(0);
    } finally {
      await client.query('ROLLBACK');
    }
  });

  it('of a history that the database no longer has are answered with 410, in a workspace and over all', async () => {
    const workspace = await givenWorkspace(service);
    for (const name of ['a', 'b', 'c']) await addMember(workspace, `${name}@example.com`);
    const { next } = await page(service, { workspaceId: workspace.id, limit: 1000 });
    // As after a restore from a dump that was made before: the same sequences are given again, at another time.
    await service.dataSource.query('DELETE FROM event WHERE workspace_id = $1 AND sequence > 2', [
      workspace.id,
    ]);
    await service.dataSource.query(
      'UPDATE event_head SET sequence = 2, published = 2 WHERE workspace_id = $1',
      [workspace.id],
    );
    await expectGone(next);
    service.clock.advance({ minutes: 1 });
    for (const name of ['d', 'e', 'f', 'g']) await addMember(workspace, `${name}@example.com`);
    await expectGone(next);
  });
});

async function writeBy(writer: number, workspaces: readonly TestWorkspace[]): Promise<void> {
  const workspace = workspaces[writer % workspaces.length];
  if (workspace === undefined) return;
  const host = writer % 2 === 0 ? service : other;
  const admin = adminClient(host, workspace.adminToken);
  for (let at = 0; at < changesEach; at += 1) {
    const email = `w${writer}-${at}@example.com`;
    const { body } = await admin.post('/api/members', { email }).expect(201);
    await admin.patch(`/api/members/${body.id}`, { jobTitle: `Title ${at}` }).expect(200);
    if (at % 3 === 0) await admin.delete(`/api/members/${body.id}`).expect(204);
  }
}

async function addMember({ admin }: TestWorkspace, email: string): Promise<void> {
  await admin.post('/api/members', { email }).expect(201);
}

async function isPublished(workspaces: readonly TestWorkspace[]): Promise<boolean> {
  const [row] = await service.dataSource.query<{ done: boolean }[]>(
    'SELECT bool_and(published = sequence) AS done FROM event_head WHERE workspace_id = ANY ($1::uuid[])',
    [workspaces.map(({ id }) => id)],
  );
  return row?.done === true;
}

async function expectGone(cursor: string): Promise<void> {
  const answer = await asOperator(service, { after: cursor });
  expect(answer.status).toBe(410);
}

async function page(from: Service, asked: Record<string, string | number>): Promise<Page> {
  return (await asOperator(from, asked).expect(200)).body;
}

function asOperator(from: Service, asked: Record<string, string | number>) {
  const query = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]));
  return from.http
    .get(`/operator/events?${query.toString()}`)
    .set('authorization', `Bearer ${from.config.operatorToken}`);
}
