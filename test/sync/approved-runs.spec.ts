import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RunQueue } from '../../src/sync/workers/run-queue.ts';
import type { RunWorker } from '../../src/sync/workers/run-worker.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Run, runEnded, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);

beforeEach(async () => {
  await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
});

describe('what the identity provider does between the approval of a run and the run', () => {
  it('waits for the next run when it deletes or deactivates somebody', async () => {
    const gone = await givenPerson(workspace.scim, 'gone@example.com');
    const off = await givenPerson(workspace.scim, 'off@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, gone, { title: 'Approved' });
    const run = await approved(async () => {
      await workspace.scim.delete(`/Users/${gone}`).expect(204);
      await changePerson(workspace.scim, off, { active: false });
    });
    expect(run.counts).toMatchObject({ update: 0, deactivate: 0, remove: 0 });
    expect(await allMembers(workspace.admin, '&status=active')).toHaveLength(2);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 2 });
  });

  it('waits for the next run when somebody who was to be created is deleted', async () => {
    const id = await givenPerson(workspace.scim, 'short@example.com');
    const run = await approved(async () => void (await workspace.scim.delete(`/Users/${id}`).expect(204)));
    expect(run.counts).toMatchObject({ create: 0 });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 0 });
    expect(await allMembers(workspace.admin)).toEqual([]);
  });

  it('frees no address for somebody who was to be a conflict', async () => {
    const first = await givenPerson(workspace.scim, 'wanted@example.com');
    await synchronize(workspace.admin);
    await givenPerson(workspace.scim, 'second', { emails: [{ value: 'wanted@example.com', primary: true }] });
    await changePerson(workspace.scim, first, { title: 'Approved' });
    const run = await approved(() =>
      changePerson(workspace.scim, first, { emails: [{ value: 'new@example.com', primary: true }] }),
    );
    expect(run.counts).toMatchObject({ create: 0, update: 0, conflict: 1 });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 1, update: 1, conflict: 0 });
  });
});

/** A run that was asked for with the preview's version; its work begins only after `meanwhile`. */
async function approved(meanwhile: () => Promise<unknown>): Promise<Run> {
  const { body: preview } = await workspace.admin.get('/api/sync-preview').expect(200);
  const previewVersion = (preview as { version: string }).version;
  const worker = service.provider<RunWorker>('RunWorker');
  // As if no process were free: the queue gives no run.
  const queue = Reflect.get(worker, 'queue') as RunQueue;
  const next = jest.spyOn(queue, 'next').mockResolvedValue(null);
  try {
    const { body } = await workspace.admin.post('/api/sync-runs', { previewVersion }).expect(202);
    service.clock.advance({ seconds: 1 });
    await meanwhile();
    next.mockRestore();
    worker.poke(workspace.id);
    return await runEnded(workspace.admin, body.id);
  } finally {
    next.mockRestore();
  }
}
