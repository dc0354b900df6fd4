import { describe, expect, it } from '@jest/globals';
import { dbOf } from '../../src/database/db-of.ts';
import { randomUUID } from 'node:crypto';
import { attemptsMax, claimRun } from '../../src/sync/record/run-lease.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, runEnded, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);

describe('a run whose process dies again and again', () => {
  it('fails for good with its reason, and the next run can begin', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const now = service.clock.now();
    const id = randomUUID();
    // Queued in the future of the workers' clock, so that only the claims here see it.
    await service.dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
       VALUES ($1, $2, 'manual', 'queued', 'admin@example.com', $3, $4)`,
      [workspace.id, id, now, new Date(now.getTime() + 1000)],
    );
    for (let n = 1; n <= attemptsMax; n += 1) {
      const later = new Date(now.getTime() + n * 60_000);
      const run = await claimRun(dbOf(service.dataSource), randomUUID(), later);
      expect(run).toMatchObject({ id, attempts: n });
    }
    service.clock.advance({ minutes: attemptsMax + 1 });
    const run = await runEnded(workspace.admin, id);
    expect(run).toMatchObject({ state: 'failed', done: 0 });
    expect(run.error).toContain('Given up');
    expect(await synchronize(workspace.admin)).toMatchObject({ state: 'succeeded', counts: { create: 1 } });
  });
});

describe('what was approved is what runs', () => {
  it('leaves to the next run what the identity provider changed after the run was asked for', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com', { title: 'Seen' });
    const { body: preview } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { version } = preview as { version: string };
    const { body } = await workspace.admin.post('/api/sync-runs', { previewVersion: version }).expect(202);
    const runId = body.id;
    await runEnded(workspace.admin, runId);
    expect((await allMembers(workspace.admin))[0]).toMatchObject({ jobTitle: 'Seen' });

    await changePerson(workspace.scim, id, { title: 'Approved' });
    const held = await queuedBefore(new Date(service.clock.now().getTime()));
    service.clock.advance({ seconds: 2 });
    await changePerson(workspace.scim, id, { title: 'Never seen by anyone' });
    service.clock.advance({ seconds: 60 });
    const run = await runEnded(workspace.admin, held);
    expect(run).toMatchObject({ state: 'succeeded', counts: { update: 0 } });
    expect((await allMembers(workspace.admin))[0]).toMatchObject({ jobTitle: 'Seen' });
    expect(await synchronize(workspace.admin)).toMatchObject({ counts: { update: 1 } });
  });

  it('refuses a version that is no longer so, and queues nothing', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { version } = body;
    await changePerson(workspace.scim, id, { title: 'Newer' });
    const refused = await workspace.admin.post('/api/sync-runs', { previewVersion: version }).expect(409);
    expect(refused.body).toMatchObject({
      type: expect.stringContaining('preview-changed'),
      summary: { create: 1 },
    });
    const { body: runs } = await workspace.admin.get('/api/sync-runs').expect(200);
    expect(runs).toMatchObject({ items: [] });
  });

  it('names the run that is under way to who asks for another one of what that run is changing', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const { body: preview } = await workspace.admin.get('/api/sync-preview').expect(200);
    const runId = await queuedBefore(service.clock.now());
    await changePerson(workspace.scim, id, { title: 'Newer' });
    for (const asked of [{ previewVersion: preview.version }, {}]) {
      const { body } = await workspace.admin.post('/api/sync-runs', asked).expect(409);
      expect(body).toMatchObject({ type: expect.stringContaining('sync-run-active'), runId });
    }
    service.clock.advance({ seconds: 61 });
    expect(await runEnded(workspace.admin, runId)).toMatchObject({ state: 'succeeded' });
  });
});

/** A manual run that was asked for at this moment and that nobody looks at for a minute. */
async function queuedBefore(now: Date): Promise<string> {
  const id = randomUUID();
  await service.dataSource.query(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
     VALUES ($1, $2, 'manual', 'queued', 'admin@example.com', $3, $4)`,
    [workspace.id, id, now, new Date(now.getTime() + 60_000)],
  );
  return id;
}

describe('a run that somebody has asked for', () => {
  it('goes before the runs of a night that have waited for longer, where the oldest goes first elsewhere', async () => {
    const now = service.clock.now();
    const lease = new Date(now.getTime() + 3_600_000);
    const ids: Record<string, string> = {};
    for (const [at, trigger] of ['nightly', 'nightly', 'manual'].entries()) {
      const { id: workspaceId } = await givenWorkspace(service);
      const id = randomUUID();
      ids[`${trigger} ${at}`] = id;
      // Its lease keeps the workers of the service away.
      await service.dataSource.query(
        `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
         VALUES ($1, $2, $3, 'queued', 'somebody', $4, $5)`,
        [workspaceId, id, trigger, new Date(now.getTime() + at * 1_000), lease],
      );
    }
    const later = new Date(lease.getTime() + 1);
    const claimed = [];
    for (const order of ['asked-for', 'asked-for', 'oldest'] as const)
      claimed.push(await claimRun(dbOf(service.dataSource), randomUUID(), later, order));
    expect(claimed.map((run) => run?.id)).toEqual([ids['manual 2'], ids['nightly 0'], ids['nightly 1']]);
  });
});
