import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { bucketOf } from '../../clients/node/src/digest.ts';
import type { DigestService } from '../../src/host-product/digest/digest.service.ts';
import type { EventRetentionService } from '../../src/events/event-retention.service.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

const member = (reference: string) => `/operator/workspaces/${workspace.id}/members/${reference}` as const;
const put = (id: string, body: object) => operator.put(member(`ext:${id}`), body);
const snapshotPath = (query = '') => `/operator/workspaces/${workspace.id}/snapshot${query}`;
const digestPath = (query: string) => `/operator/workspaces/${workspace.id}/digest?${query}` as const;

interface Line {
  kind: string;
  id: string;
  version: number;
  [name: string]: unknown;
}

async function snapshot(query = ''): Promise<Line[]> {
  const answer = await operator.get(snapshotPath(query)).buffer(true).parse(asText).expect(200);
  const { text } = answer.body as { text: string };
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function asText(response: NodeJS.ReadableStream, done: (error: Error | null, body: unknown) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => (text += part));
  response.on('end', () => done(null, { text }));
}

/** Members that nobody has told events of, for the sake of their number. */
async function givenCrowd(count: number): Promise<void> {
  await service.dataSource.query(
    `INSERT INTO member (workspace_id, id, email, email_key, status, source, vendor_id, created_at, updated_at)
     SELECT $1, gen_random_uuid(), n || '@example.com', n || '@example.com', 'active', 'import', 'v-' || n, now(), now()
     FROM generate_series(1, $2::integer) n`,
    [workspace.id, count],
  );
}

describe('a snapshot', () => {
  it('is one moment, and the feed goes on exactly there', async () => {
    await givenPerson(scim, 'ada@example.com');
    const people = [{ value: await givenPerson(scim, 'bob@example.com') }];
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await scim.post('/Groups', { schemas, displayName: 'Analysts', members: people }).expect(201);
    await synchronize(admin);
    await put('gone', { email: 'gone@example.com' }).expect(201);
    await operator.delete(member('ext:gone')).expect(204);
    const [head, ...lines] = await snapshot();
    expect(head).toMatchObject({ kind: 'head', members: 2, groups: 1 });
    const members = lines.filter(({ kind }) => kind === 'member');
    expect(members.map(({ id }) => id)).toEqual(members.map(({ id }) => id).sort());
    for (const { kind: _kind, ...shown } of members) {
      const { body } = await operator.get(member(shown.id)).expect(200);
      expect(shown).toEqual(body);
    }
    const bob = members.find(({ email }) => email === 'bob@example.com');
    expect(lines.at(-1)).toMatchObject({ kind: 'group', name: 'Analysts', memberIds: [bob?.id] });
    await put('u-1', { email: 'cara@example.com' }).expect(201);
    const cursor = encodeURIComponent(String(head?.cursor));
    const { body: page } = await operator
      .get(`/operator/events?workspaceId=${workspace.id}&after=${cursor}`)
      .expect(200);
    expect(page.items.map(({ sequence }) => sequence)).toEqual([Number(head?.sequence) + 1]);
  });

  it('of some buckets has their members alone, in groups too, and those of all buckets are everybody', async () => {
    await givenCrowd(300);
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    const people = await Promise.all(
      ['a', 'b', 'c'].map((name) => givenPerson(scim, `${name}@people.example`)),
    );
    await scim
      .post('/Groups', { schemas, displayName: 'Analysts', members: people.map((value) => ({ value })) })
      .expect(201);
    await synchronize(admin);
    const idsOf = (lines: Line[]) => lines.flatMap(({ kind, id }) => (kind === 'member' ? [id] : []));
    const inGroup = (lines: Line[]) =>
      lines.flatMap(({ memberIds }) => (memberIds as string[] | undefined) ?? []);
    const whole = await snapshot();
    const { body } = await operator.get(digestPath('buckets=8')).expect(200);
    const seen: string[] = [];
    const seenInGroup: string[] = [];
    for (const part of [[0, 3], [1], [2, 4, 5, 6, 7]]) {
      const lines = await snapshot(`?buckets=8&${part.map((number) => `bucket=${number}`).join('&')}`);
      expect(lines[0]).toMatchObject({ kind: 'head', members: 303, groups: 1 });
      expect(idsOf(lines)).toHaveLength(
        body.buckets
          .filter(({ bucket }) => part.includes(bucket))
          .reduce((sum, { members }) => sum + members, 0),
      );
      for (const id of idsOf(lines)) expect(part).toContain(bucketOf(id, 8));
      seen.push(...idsOf(lines));
      seenInGroup.push(...inGroup(lines));
    }
    expect(seen.sort()).toEqual(idsOf(whole));
    expect(seenInGroup.sort()).toEqual(inGroup(whole));
    for (const query of [
      'buckets=8',
      'bucket=1',
      'buckets=6&bucket=1',
      'buckets=8&bucket=8',
      'buckets=8&bucket=',
      'buckets=8&bucket=-1',
    ]) {
      const refused = await operator
        .get(`/operator/workspaces/${workspace.id}/snapshot?${query}`)
        .expect(400);
      expect(JSON.stringify(refused.body.errors)).toContain('bucket');
    }
  });

  it('goes on after the member that a broken one ended with', async () => {
    await givenCrowd(2_500);
    const [head, ...whole] = await snapshot();
    expect(head).toMatchObject({ members: 2_500 });
    expect(whole).toHaveLength(2_500);
    const [again, ...rest] = await snapshot(`?from=${whole[1_499]?.id}`);
    expect(again).toMatchObject({ kind: 'head', members: 2_500 });
    expect(rest).toEqual(whole.slice(1_500));
    await operator.get(snapshotPath('?from=nobody')).expect(400);
  });

  it('names the members of a large group on lines of their own', async () => {
    await givenCrowd(2_100);
    await service.dataSource.query(
      `WITH made AS (INSERT INTO member_group (workspace_id, id, name, created_at, updated_at)
         VALUES ($1, gen_random_uuid(), 'All', now(), now()) RETURNING id)
       INSERT INTO member_group_member (workspace_id, group_id, member_id)
       SELECT $1, made.id, m.id FROM made, member m WHERE m.workspace_id = $1`,
      [workspace.id],
    );
    const lines = (await snapshot()).filter(({ kind }) => kind === 'group' || kind === 'membership');
    expect(lines.map(({ kind }) => kind)).toEqual(['group', 'membership', 'membership']);
    expect(lines.flatMap(({ memberIds }) => memberIds)).toHaveLength(2_100);
    expect(new Set(lines.map(({ id, groupId }) => id ?? groupId)).size).toBe(1);
  });

  it('lets its connection go when the reader goes', async () => {
    await givenCrowd(2_000);
    for (let times = 0; times < 4; times += 1) await readAndGo();
    await eventually(async () => {
      const rows = await service.dataSource.query<unknown[]>(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      return rows.length === 0 ? true : null;
    });
    expect((await snapshot())[0]).toMatchObject({ kind: 'head' });
  });
});

/** Reads the first part of a snapshot, and cuts the connection. */
function readAndGo(): Promise<void> {
  return new Promise((resolve, reject) => {
    const { operatorToken } = service.config;
    const asked = request(`${service.url}${snapshotPath()}`, {
      headers: { authorization: `Bearer ${operatorToken}` },
    });
    asked.on('response', (response) => {
      response.once('data', () => {
        asked.destroy();
        resolve();
      });
      response.on('error', () => undefined);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** The documented formula. */
function formula(lines: readonly Line[]): string {
  const sum = lines
    .filter(({ kind }) => kind === 'member')
    .map(({ id, version }) => createHash('sha256').update(`${id}:${version}`).digest().readBigUInt64BE(0))
    .reduce((total, hash) => (total + hash) % 2n ** 64n, 0n);
  return sum.toString(16).padStart(16, '0');
}

describe('the digest', () => {
  /** Compares it with a snapshot of the same sequence. */
  async function expectRight(buckets = 8): Promise<void> {
    const { body } = await operator.get(digestPath(`buckets=${buckets}`)).expect(200);
    const [head, ...lines] = await snapshot();
    expect(body).toMatchObject({ sequence: head?.sequence, members: head?.members, digest: formula(lines) });
    expect(body.buckets).toHaveLength(buckets);
    expect(body.buckets.reduce((sum, { members }) => sum + members, 0)).toBe(body.members);
  }

  it('is that of the snapshot after each kind of change, counted whole or brought forward by events', async () => {
    await expectRight(1);
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    await expectRight();
    await put('u-1', { firstName: 'Ann' }).expect(200);
    await put('u-2', { email: 'bob@example.com' }).expect(201);
    await expectRight(4_096);
    await operator.delete(member('ext:u-2')).expect(204);
    await put('u-1', { status: 'deactivated' }).expect(200);
    await expectRight();
    await put('u-2', { email: 'bob@example.com' }).expect(200);
    await givenPerson(scim, 'ann@example.com');
    await givenPerson(scim, 'cara@example.com');
    await synchronize(admin);
    await expectRight();
  });

  it('is counted whole again when the events after the kept one are gone', async () => {
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    await expectRight();
    await put('u-2', { email: 'bob@example.com' }).expect(201);
    await eventually(async () => {
      const [head] = await service.dataSource.query<{ done: boolean }[]>(
        'SELECT published = sequence AS done FROM event_head WHERE workspace_id = $1',
        [workspace.id],
      );
      return head?.done === true ? true : null;
    });
    service.clock.advance({ days: 91 });
    await service.provider<EventRetentionService>('EventRetentionService').prune();
    await put('u-3', { email: 'cara@example.com' }).expect(201);
    await expectRight();
  });

  it('is kept where members are older than the first event', async () => {
    await givenCrowd(100);
    for (const table of ['event', 'event_head']) {
      await service.dataSource.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspace.id]);
    }
    await expectRight();
    const kept = await service.dataSource.query<unknown[]>(
      'SELECT FROM member_digest WHERE workspace_id = $1 AND sequence = 0',
      [workspace.id],
    );
    expect(kept).toHaveLength(1);
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    await expectRight();
  });

  it('is kept and brought forward in the background for a workspace that is far behind', async () => {
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    await service.dataSource.query(
      `UPDATE event_head SET sequence = sequence + 5000, published = sequence + 5000 WHERE workspace_id = $1`,
      [workspace.id],
    );
    await service.provider<DigestService>('DigestService').bringForward();
    const [kept] = await service.dataSource.query<{ sequence: string }[]>(
      'SELECT sequence FROM member_digest WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(Number(kept?.sequence)).toBeGreaterThan(5_000);
    await expectRight();
  });

  it('takes powers of two', async () => {
    for (const buckets of ['0', '3', '8192', 'many']) {
      const { body } = await operator.get(digestPath(`buckets=${buckets}`)).expect(400);
      expect(body.errors).toMatchObject([{ path: 'buckets' }]);
    }
  });
});
