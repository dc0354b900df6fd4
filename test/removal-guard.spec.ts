import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from './harness/directory-person.ts';
import { type Service, startService } from './harness/service.ts';
import { allMembers, eventually, type Run, runEnded, synchronize } from './harness/synchronize.ts';
import { givenWorkspace, type TestWorkspace } from './harness/workspace.ts';

const people = 10;
let service: Service;
let workspace: TestWorkspace;
let ids: string[];

beforeAll(async () => {
  service = await startService();
});

/** Ten members, of whom the guard lets two leave within 24 hours; all but the first leave. */
beforeEach(async () => {
  workspace = await givenWorkspace(service);
  const settings = { removalGuard: { percent: 20, atLeast: 1 }, leavers: 'next_sync' };
  await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
  ids = [];
  for (let n = 0; n < people; n += 1) ids.push(await givenPerson(workspace.scim, `p${n}@example.com`));
  await synchronize(workspace.admin);
  for (const id of ids.slice(1)) await changePerson(workspace.scim, id, { active: false });
});

describe('removal guard', () => {
  it('holds the excess, says so beforehand, and lets everything else go on', async () => {
    await givenPerson(workspace.scim, 'new@example.com');
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { summary } = body as { summary: Record<string, number> };
    expect(summary).toMatchObject({ deactivate: 2, held: 7, create: 1 });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: summary });
    expect(await active()).toHaveLength(people - 2 + 1);
    const changes = await changesOf(run.id);
    expect(changes.filter(({ kind }) => kind === 'held')).toHaveLength(7);
    expect(changes.find(({ kind }) => kind === 'held')?.reason).toMatchObject({
      code: 'removal-guard',
      params: { kind: 'deactivate', used: 2, allowed: 2 },
    });
  });

  it('blocks no other run, and does not let the rest through by trying again', async () => {
    await synchronize(workspace.admin);
    const again = await synchronize(workspace.admin);
    expect(again).toMatchObject({ state: 'succeeded', counts: { held: 7, deactivate: 0 } });
    expect(await active()).toHaveLength(people - 2);
  });

  it('counts leavers who were applied at once', async () => {
    await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'immediately' }).expect(200);
    const held = await eventually(async () => {
      const waiting = (await runs()).filter(({ state }) => state === 'awaiting_approval');
      return waiting.length > 0 ? waiting : null;
    });
    expect(held).toMatchObject([{ trigger: 'leaver' }]);
    expect(await active()).toHaveLength(people - 2);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 0, held: 7 });
  });

  it('carries out what an admin approves, one by one or all', async () => {
    const run = await synchronize(workspace.admin);
    const [first] = (await changesOf(run.id)).filter(({ kind }) => kind === 'held');
    const some = await workspace.admin
      .post(`/api/sync-runs/${run.id}/approve`, { directoryUserIds: [first?.directoryUserId] })
      .expect(200);
    expect(some.body).toMatchObject({ state: 'awaiting_approval', counts: { held: 6, deactivate: 3 } });
    const all = await workspace.admin.post(`/api/sync-runs/${run.id}/approve`).expect(200);
    expect(all.body).toMatchObject({ state: 'succeeded', counts: { held: 0, deactivate: 9 } });
    expect(await active()).toHaveLength(1);
    await workspace.admin.post(`/api/sync-runs/${run.id}/approve`).expect(409);
  });

  it('keeps what an admin rejects until the identity provider sends something newer', async () => {
    const run = await synchronize(workspace.admin);
    const { body } = await workspace.admin.post(`/api/sync-runs/${run.id}/reject`).expect(200);
    expect(body).toMatchObject({ state: 'succeeded', counts: { held: 0, suppressed: 7 } });
    service.clock.advance({ hours: 11 });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ suppressed: 7, deactivate: 0 });
    expect(await active()).toHaveLength(people - 2);
    await changePerson(workspace.scim, ids.at(-1) ?? '', { title: 'Gone for good' });
    const preview = await workspace.admin.get(`/api/sync-preview/${ids.at(-1)}`).expect(200);
    expect(preview.body).toMatchObject({ kind: 'held' });
  });

  it('settles a hold by itself when the person comes back', async () => {
    const run = await synchronize(workspace.admin);
    for (const id of ids) await changePerson(workspace.scim, id, { active: true });
    await synchronize(workspace.admin);
    const { body } = await workspace.admin.get(`/api/sync-runs/${run.id}`).expect(200);
    expect(body).toMatchObject({ state: 'succeeded' });
    expect(await active()).toHaveLength(people);
    const { body: preview } = await workspace.admin.get('/api/sync-preview').expect(200);
    expect(preview).toMatchObject({ summary: { held: 0 } });
  });

  it('refuses to approve somebody who is not held', async () => {
    const run = await synchronize(workspace.admin);
    const { body } = await workspace.admin
      .post(`/api/sync-runs/${run.id}/approve`, { directoryUserIds: [ids[0]] })
      .expect(400);
    expect(body).toMatchObject({ errors: [{ path: 'directoryUserIds[0]' }] });
  });

  it('rejects what is still held when the run is undone, and holds it again when that is undone', async () => {
    const run = await synchronize(workspace.admin);
    const left = (await active()).length;
    const undo = await undone(run.id);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'undone' });
    expect(await active()).toHaveLength(people);
    await undone(undo.id);
    const again = await runEnded(workspace.admin, run.id);
    expect(again).toEqual(run);
    expect(await active()).toHaveLength(left);
    await workspace.admin.post(`/api/sync-runs/${run.id}/approve`).expect(200);
    expect(await active()).toHaveLength(left - run.counts.held!);
  });
});

async function undone(runId: string): Promise<Run> {
  const { body } = await workspace.admin.post(`/api/sync-runs/${runId}/undo`).expect(202);
  return runEnded(workspace.admin, (body as Run).id);
}

function active() {
  return allMembers(workspace.admin, '&status=active');
}

async function runs(): Promise<Run[]> {
  const { body } = await workspace.admin.get('/api/sync-runs').expect(200);
  return (body as { items: Run[] }).items;
}

interface Change {
  kind: string;
  directoryUserId: string;
  reason: unknown;
}

async function changesOf(runId: string): Promise<Change[]> {
  const { body } = await workspace.admin.get(`/api/sync-runs/${runId}/changes`).expect(200);
  return (body as { items: Change[] }).items;
}
