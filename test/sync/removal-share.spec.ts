import { describe, expect, it } from '@jest/globals';
import { dbOf } from '../../src/database/db-of.ts';
import type { PruningService } from '../../src/personal-data/pruning.service.ts';
import { removalBudget } from '../../src/sync/policy/removal-guard.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, signIn } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);
const settings = { removalGuard: { percent: 50, atLeast: 1 }, leavers: 'next_sync' };

/** The number that the guard's limit is a share of, as the admin sees it, and as the rows are counted one by one. */
async function managed(): Promise<{ shown: number; counted: number }> {
  const { body } = await workspace.admin.get('/api/removal-guard').expect(200);
  const [{ counted }] = await service.dataSource.query<[{ counted: number }]>(
    `SELECT count(*)::int AS counted FROM member m WHERE workspace_id = $1 AND status = 'active' AND EXISTS (
       SELECT FROM sync_link l WHERE l.workspace_id = m.workspace_id AND l.member_id = m.id)`,
    [workspace.id],
  );
  return { shown: body.managed, counted };
}

async function memberId(search: string): Promise<string> {
  const { body } = await workspace.admin.get(`/api/members?search=${search}`).expect(200);
  return body.items[0]?.id ?? '';
}

describe('what the limit of the removal guard is a share of', () => {
  it('is who has access and belongs to somebody of the directory, whatever becomes of them and of the others', async () => {
    const { admin, scim } = workspace;
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    expect(await managed()).toEqual({ shown: 0, counted: 0 });
    for (const name of ['hand', 'closed', 'linked'])
      await admin.post('/api/members', { email: `${name}@example.com` }).expect(201);
    await admin.patch(`/api/members/${await memberId('closed')}`, { status: 'deactivated' }).expect(200);
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'linked'])
      ids.push(await givenPerson(scim, `${name}@example.com`));
    const [a = '', b = '', c = ''] = ids;
    await synchronize(admin);
    expect(await managed()).toEqual({ shown: 5, counted: 5 });
    await changePerson(scim, a, { active: false });
    await synchronize(admin);
    expect(await managed()).toEqual({ shown: 4, counted: 4 });
    await scim.delete(`/Users/${b}`).expect(204);
    await synchronize(admin);
    expect(await managed()).toEqual({ shown: 3, counted: 3 });
    await admin.post(`/api/sync-preview/${c}/exclude`).expect(200);
    await admin.delete(`/api/members/${await memberId('hand')}`).expect(204);
    expect(await managed()).toEqual({ shown: 3, counted: 3 });
    await changePerson(scim, a, { active: true });
    await givenPerson(scim, 'b@example.com');
    await synchronize(admin);
    expect(await managed()).toEqual({ shown: 5, counted: 5 });
  });

  it('is counted once for a run: who is brought in does not raise its limit, who is removed counts', async () => {
    const { admin, scim, id } = workspace;
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const first = [];
    for (const name of ['a', 'b', 'c', 'd']) first.push(await givenPerson(scim, `${name}@example.com`));
    await synchronize(admin);
    const run = { id: '01900000-0000-7000-8000-000000000001', managedBefore: null };
    const budget = () =>
      removalBudget(dbOf(service.dataSource), id, settings.removalGuard, service.clock.now(), run);
    expect(await budget()).toEqual({ used: 0, allowed: 2 });
    for (const name of ['e', 'f', 'g', 'h']) await givenPerson(scim, `${name}@example.com`);
    await changePerson(scim, first[0] ?? '', { active: false });
    await synchronize(admin);
    expect(await budget()).toEqual({ used: 1, allowed: 2 });
    expect(
      await removalBudget(dbOf(service.dataSource), id, settings.removalGuard, service.clock.now()),
    ).toEqual({ used: 1, allowed: 4 });
  });
});

describe('a preview', () => {
  it('is another one once a removed member is forgotten, who cannot come back as they were', async () => {
    const { admin, operator, scim, id } = workspace;
    await admin.post('/api/members', { email: 'gone@example.com' }).expect(201);
    await admin.delete(`/api/members/${await memberId('gone')}`).expect(204);
    await givenPerson(scim, 'new@example.com');
    await operator.patch(`/operator/workspaces/${id}/retention`, { removedMembersDays: 10 }).expect(200);
    service.clock.advance({ days: 11 });
    const later = adminClient(service, await signIn(service, id));
    const version = async () => (await later.get('/api/sync-preview').expect(200)).body.version;
    const before = await version();
    expect(await version()).toBe(before);
    await service.provider<PruningService>('PruningService').prune();
    const [{ left }] = await service.dataSource.query<[{ left: number }]>(
      'SELECT count(*)::int AS left FROM member WHERE workspace_id = $1',
      [id],
    );
    expect(left).toBe(0);
    expect(await version()).not.toBe(before);
  });
});
