import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PruningService } from '../../src/personal-data/pruning.service.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { adminClient, givenWorkspace, signIn, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
let kept: TestWorkspace;
let pruned: TestWorkspace;

const count = async (table: string, { id }: TestWorkspace): Promise<number> => {
  const text = `SELECT count(*)::int AS count FROM ${table} WHERE workspace_id = $1`;
  return (await service.dataSource.query<[{ count: number }]>(text, [id]))[0].count;
};

/** A removed member who had a report, a run, and a history. */
async function live({ scim, admin }: TestWorkspace): Promise<void> {
  const boss = await givenPerson(scim, 'boss@example.com');
  await givenPerson(scim, 'report@example.com');
  await synchronize(admin);
  await changePerson(scim, boss, { title: 'Boss' });
  await synchronize(admin);
  const { body } = await admin.get('/api/members').expect(200);
  const [one, other] = body.items;
  await admin.post('/api/members', { email: 'gone@example.com' }).expect(201);
  const { body: gone } = await admin.get('/api/members?search=gone').expect(200);
  expect([one, other]).toHaveLength(2);
  const id = gone.items[0]?.id ?? '';
  await admin.post('/api/members', { email: 'by.hand@example.com', managerId: id }).expect(201);
  await admin.delete(`/api/members/${id}`).expect(204);
}

beforeAll(async () => {
  kept = await givenWorkspace(service, { name: 'Keeps' });
  pruned = await givenWorkspace(service, { name: 'Prunes' });
  await live(kept);
  await live(pruned);
});

describe('what is past', () => {
  it('is kept for ever until the operator says how long', async () => {
    const { operator, id } = pruned;
    const path = `/operator/workspaces/${id}/retention` as const;
    const all = { removedMembersDays: null, historyDays: null, changesDays: null, auditDays: null };
    expect((await operator.get(path).expect(200)).body).toEqual(all);
    await operator.patch(path, { changesDays: 6 }).expect(400);
    await operator.patch(path, { auditDays: 89 }).expect(400);
    const asked = { removedMembersDays: 10, historyDays: 30, changesDays: 7 };
    expect((await operator.patch(path, asked).expect(200)).body).toEqual({ ...all, ...asked });
    expect((await operator.patch(path, { historyDays: null }).expect(200)).body.historyDays).toBeNull();
    await operator.patch(path, asked).expect(200);
  });

  it('goes when it is older, with what refers to it, and nothing else', async () => {
    const before = await Promise.all(
      ['member', 'sync_run', 'sync_change', 'directory_event'].map((table) => count(table, kept)),
    );
    service.clock.advance({ days: 31 });
    await service.provider<PruningService>('PruningService').prune();
    expect(await count('sync_run', pruned)).toBe(0);
    expect(await count('sync_change', pruned)).toBe(0);
    expect(await count('directory_event', pruned)).toBe(0);
    expect(await count('directory_user', pruned)).toBe(2);
    expect(await count('member', pruned)).toBe(3);
    const admin = adminClient(service, await signIn(service, pruned.id));
    const { body } = await admin.get('/api/members?search=by.hand').expect(200);
    expect(body.items[0]?.managerId).toBeNull();
    expect(
      await Promise.all(
        ['member', 'sync_run', 'sync_change', 'directory_event'].map((table) => count(table, kept)),
      ),
    ).toEqual(before);
  });

  it('leaves the members as the feed tells them', async () => {
    const { operator, id } = pruned;
    const { body } = await operator.get(`/operator/workspaces/${id}/digest`).expect(200);
    expect(body.members).toBe(3);
    const { body: events } = await operator.get(`/operator/events?workspaceId=${id}&limit=1000`).expect(200);
    expect(events.items.at(-1)).toMatchObject({
      type: 'member.updated',
      changes: [{ field: 'managerId', after: null }],
    });
  });
});
