import { isDeepStrictEqual } from 'node:util';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import {
  allMembers,
  eventually,
  type Run,
  runEnded,
  synchronize,
  undone as undoneBy,
} from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, signIn } from '../harness/workspace.ts';

const people = 10;
const service = useService();
const workspace = useWorkspace(service);
let ids: string[];

/** Ten members. The guard lets two leave within 24 hours; all but the first leave. */
beforeEach(async () => {
  const settings = { removalGuard: { percent: 20, atLeast: 1 }, leavers: 'next_sync' };
  await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
  ids = [];
  for (let n = 0; n < people; n += 1) ids.push(await givenPerson(workspace.scim, `p${n}@example.com`));
  await synchronize(workspace.admin);
  for (const id of ids.slice(1)) await changePerson(workspace.scim, id, { active: false });
});

describe('removal guard', () => {
  it('says how many members its limit is a share of: those who were linked, too', async () => {
    const { admin, scim } = workspace;
    const address = 'manual@example.com';
    await admin.post('/api/members', { email: address }).expect(201);
    await givenPerson(scim, address);
    await admin.post('/api/members', { email: 'nobody@example.com' }).expect(201);
    const before = await admin.get('/api/removal-guard').expect(200);
    expect(before.body).toMatchObject({ managed: people, used: 0 });
    // Of eleven, 20 percent are two.
    expect((await synchronize(admin)).counts).toMatchObject({ link: 1, deactivate: 2, held: 7 });
    const after = await admin.get('/api/removal-guard').expect(200);
    expect(after.body).toMatchObject({ managed: people + 1 - 2, used: 2 });
  });

  it('holds the excess, says so beforehand, and lets everything else go on', async () => {
    await givenPerson(workspace.scim, 'new@example.com');
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { summary } = body;
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

  it('has nothing of a run left when it is undone, whose holds were settled by excluding the people', async () => {
    const run = await synchronize(workspace.admin);
    const held = (await changesOf(run.id)).filter(({ kind }) => kind === 'held');
    for (const { directoryUserId } of held) {
      await workspace.admin.post(`/api/sync-preview/${directoryUserId}/exclude`).expect(200);
    }
    await undone(run.id);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'undone' });
    expect(await active()).toHaveLength(people);
  });

  it('refuses to approve somebody who is not held', async () => {
    const run = await synchronize(workspace.admin);
    const { body } = await workspace.admin
      .post(`/api/sync-runs/${run.id}/approve`, { directoryUserIds: [ids[0]] })
      .expect(400);
    expect(body).toMatchObject({ errors: [{ path: 'directoryUserIds[0]' }] });
  });

  it('says of each member since when they are held, and lists them', async () => {
    await synchronize(workspace.admin);
    const since = service.clock.now().toISOString();
    const held = await allMembers(workspace.admin, '&held=true');
    expect(held.map(({ heldSince }) => heldSince)).toEqual(Array.from({ length: 7 }, () => since));
    const others = await allMembers(workspace.admin, '&held=false');
    expect(others.map(({ heldSince }) => heldSince)).toEqual([null, null, null]);
    const { body } = await workspace.admin.get(`/api/members/${held[0]?.id}`).expect(200);
    expect(body).toMatchObject({ heldSince: since, status: 'active' });
    await changePerson(workspace.scim, ids.at(-1) ?? '', { active: true });
    await synchronize(workspace.admin);
    expect(await allMembers(workspace.admin, '&held=true')).toHaveLength(6);
    await workspace.admin.get('/api/members?held=maybe').expect(400);
  });

  it('advises who would remove a held member to approve the removal, and that works', async () => {
    await synchronize(workspace.admin);
    const [held] = await allMembers(workspace.admin, '&held=true');
    const { body } = await workspace.admin.delete(`/api/members/${held?.id}`).expect(409);
    expect(body).toMatchObject({
      type: expect.stringContaining('member-provisioned'),
      detail: expect.stringContaining('Approve the held removal'),
    });
    await workspace.admin.post('/api/removal-guard/approve').expect(200);
    await workspace.admin.delete(`/api/members/${held?.id}`).expect(204);
  });

  it('says once in the log that it holds, whether a run or the lane does', async () => {
    const warned = jest
      .spyOn((await loadService()).Logger.prototype, 'warn')
      .mockImplementation(() => undefined);
    const told = () =>
      warned.mock.calls
        .map(
          ([line, message]: unknown[]) => [line, message] as [{ workspace?: string; held?: number }, string],
        )
        .filter(([line, message]) => /removal guard/.test(message) && line.workspace === workspace.id);
    await synchronize(workspace.admin);
    await synchronize(workspace.admin);
    expect(told().map(([{ held }]) => held)).toEqual([7]);
    await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'immediately' }).expect(200);
    await changePerson(workspace.scim, ids[0] ?? '', { active: false });
    await eventually(() => Promise.resolve(told().length > 1 ? true : null));
    expect(told().map(([{ held }]) => held)).toEqual([7, 1]);
    expect(await guard()).toMatchObject({ held: 8 });
    warned.mockRestore();
  });

  it('counts nobody who has access again', async () => {
    const settings = { leavers: 'immediately', removalGuard: { percent: 0, atLeast: 1 } };
    await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
    await synchronize(workspace.admin);
    await eventually(async () => ((await guard()).held === 8 ? true : null));
    const [gone] = await allMembers(workspace.admin, '&status=deactivated');
    const cameBack = ids.find((_, n) => gone?.email === `p${n}@example.com`) ?? '';
    await changePerson(workspace.scim, cameBack, { active: true });
    await eventually(async () => ((await active()).length === people ? true : null));
    await changePerson(workspace.scim, ids[0] ?? '', { active: false });
    await eventually(async () => ((await active()).length === people - 1 ? true : null));
    expect(await guard()).toMatchObject({ held: 8, lostAccess: 1 });
  });

  it('is decided about in one act, or person by person, over all runs that hold somebody', async () => {
    await synchronize(workspace.admin);
    await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'immediately' }).expect(200);
    await changePerson(workspace.scim, ids[0] ?? '', { active: false });
    await eventually(async () => ((await guard()).held === 8 ? true : null));
    const some = { directoryUserIds: [ids[0], ids.at(-1)] };
    const approved = await workspace.admin.post('/api/removal-guard/approve', some).expect(200);
    // An approved one counts, too; one who had never been a member before the window does likewise.
    expect(approved.body).toMatchObject({ held: 6, lostAccess: 2, used: 4 });
    const { body } = await workspace.admin.post('/api/removal-guard/approve', some).expect(400);
    expect(body).toMatchObject({ errors: [{ path: 'directoryUserIds[0]', code: 'nothing-held' }, {}] });
    const rejected = await workspace.admin.post('/api/removal-guard/reject').expect(200);
    expect(rejected.body).toMatchObject({ held: 0, heldSince: null });
    await workspace.admin.post('/api/removal-guard/reject').expect(409);
    expect(await active()).toHaveLength(6);
    expect((await runs()).every(({ state }) => state === 'succeeded')).toBe(true);
  });

  it('rejects what is still held when the run is undone, and holds it again when that is undone', async () => {
    const run = await synchronize(workspace.admin);
    const left = (await active()).length;
    const heldIn = async (id: string) => {
      const { body } = await workspace.admin.get(`/api/sync-runs/${id}/undo`).expect(200);
      return [body.held, body.heldAgain];
    };
    expect(run.counts.held).toBeGreaterThan(0);
    expect(await heldIn(run.id)).toEqual([run.counts.held, 0]);
    const undo = await undone(run.id);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'undone' });
    expect(await active()).toHaveLength(people);
    await workspace.admin.get(`/api/sync-runs/${run.id}/undo`).expect(409);
    expect(await heldIn(undo.id)).toEqual([0, run.counts.held]);
    await undone(undo.id);
    const again = await runEnded(workspace.admin, run.id);
    expect(again).toEqual(run);
    expect(await active()).toHaveLength(left);
    await workspace.admin.post(`/api/sync-runs/${run.id}/approve`).expect(200);
    expect(await active()).toHaveLength(left - run.counts.held);
  });
});

describe('the way back for people that the removal guard let through', () => {
  it('is one act: they have access again, and keep it until the identity provider sends something newer', async () => {
    await synchronize(workspace.admin);
    expect(await guard()).toEqual({
      limitExceeded: true,
      lostAccess: 2,
      lostAccessExcluded: 0,
      held: 7,
      heldSince: service.clock.now().toISOString(),
      used: 2,
    });
    const [one] = await letThrough();
    const { body } = await workspace.admin.post(bringBack).expect(200);
    expect(body).toMatchObject({
      trigger: 'bring_back',
      state: 'succeeded',
      requestedBy: 'admin@example.com',
      counts: { reactivate: 2 },
    });
    expect(await active()).toHaveLength(people);
    expect(await guard()).toMatchObject({ limitExceeded: true, lostAccess: 0, held: 7, used: 0 });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({
      deactivate: 0,
      suppressed: 2,
      held: 7,
    });
    const preview = await workspace.admin.get(`/api/sync-preview/${one?.directoryUserId}`).expect(200);
    expect(preview.body).toMatchObject({ kind: 'suppressed', reason: { code: 'brought-back' } });
    await changePerson(workspace.scim, one?.directoryUserId ?? '', { title: 'Gone for good' });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 1, suppressed: 1 });
    const log = await workspace.admin.get('/api/audit-log').expect(200);
    expect(log.body.items).toContainEqual(
      expect.objectContaining({
        action: 'removals.brought-back',
        target: body.id,
        details: { people: 2, kept: 0 },
      }),
    );
  });

  it('names beforehand the people that it is about, page by page, and refuses when there is nobody', async () => {
    await workspace.admin.post(bringBack).expect(409);
    const run = await synchronize(workspace.admin);
    const all = await letThrough();
    expect(all).toMatchObject([
      { kind: 'deactivate', runId: run.id },
      { kind: 'deactivate', runId: run.id },
    ]);
    const first = await workspace.admin.get('/api/removal-guard/let-through?limit=1').expect(200);
    const { items, nextCursor } = first.body;
    const second = await workspace.admin
      .get(`/api/removal-guard/let-through?limit=1&cursor=${encodeURIComponent(nextCursor ?? '')}`)
      .expect(200);
    expect([...items, ...second.body.items]).toEqual(all);
    const answers = await Promise.all([1, 2, 3].map(() => workspace.admin.post(bringBack)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      type: expect.stringContaining('nobody-to-bring-back'),
    });
    expect(await active()).toHaveLength(people);
  });

  it('can be taken back itself', async () => {
    await synchronize(workspace.admin);
    const { body } = await workspace.admin.post(bringBack).expect(200);
    expect(await undone(body.id)).toMatchObject({
      counts: { deactivate: 2 },
    });
    expect(await active()).toHaveLength(people - 2);
  });

  it('leaves the numbers of the run, whatever is decided about the others afterwards', async () => {
    const run = await synchronize(workspace.admin);
    await workspace.admin.post(bringBack).expect(200);
    const [approved, ...rejected] = (await changesOf(run.id)).filter(({ kind }) => kind === 'held');
    const one = { directoryUserIds: [approved?.directoryUserId ?? ''] };
    await workspace.admin.post(`/api/sync-runs/${run.id}/approve`, one).expect(200);
    const { body } = await workspace.admin.post(`/api/sync-runs/${run.id}/reject`, {}).expect(200);
    expect(body.counts).toMatchObject({ deactivate: 3, held: 0, suppressed: 2 + rejected.length });
  });

  it('holds again when its undo is undone, however often', async () => {
    await synchronize(workspace.admin);
    const brought = await letThrough();
    const { body } = await workspace.admin.post(bringBack).expect(200);
    let last = body.id;
    for (let round = 0; round < 2; round += 1) {
      last = (await undone(last)).id;
      expect(await active()).toHaveLength(people - 2);
      last = (await undone(last)).id;
      expect(await active()).toHaveLength(people);
      for (const { directoryUserId } of brought) {
        const { body: preview } = await workspace.admin
          .get(`/api/sync-preview/${directoryUserId}`)
          .expect(200);
        expect(preview).toMatchObject({
          kind: 'suppressed',
          reason: { code: 'brought-back', params: { runId: body.id, kind: 'deactivate' } },
        });
      }
      expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 0, suppressed: 2 });
    }
    const [one] = brought;
    await changePerson(workspace.scim, one?.directoryUserId ?? '', { title: 'Gone for good' });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 1, suppressed: 1 });
  });

  it('leaves who is excluded without access, says so, and brings them back once they are included', async () => {
    const { admin } = workspace;
    await synchronize(admin);
    const [one] = await letThrough();
    await admin.post(`/api/sync-preview/${one?.directoryUserId}/exclude`).expect(200);
    expect(await guard()).toMatchObject({ lostAccess: 2 });
    expect(await letThrough()).toMatchObject([{ excluded: true }, { excluded: false }]);
    const { body } = await admin.post(bringBack).expect(200);
    expect(body).toMatchObject({
      total: 2,
      counts: { reactivate: 1 },
      notes: [{ code: 'excluded-stay-off', params: { count: 1 } }],
    });
    expect(await guard()).toMatchObject({ lostAccess: 1 });
    await admin.post(bringBack).expect(409);
    await admin.post(`/api/sync-preview/${one?.directoryUserId}/include`).expect(200);
    await synchronize(admin);
    expect((await admin.post(bringBack).expect(200)).body).toMatchObject({ total: 1, notes: [] });
    expect(await active()).toHaveLength(people);
  });

  it('leaves who finds no seat without access, says so, and brings them back once there is one', async () => {
    const { admin, operator } = workspace;
    await synchronize(admin);
    const active = people - 2;
    const seats = (limit: number) =>
      operator.patch(`/operator/workspaces/${workspace.id}`, { seats: { limit } }).expect(200);
    await seats(active + 1);
    const { body } = await admin.post(bringBack).expect(200);
    expect(body).toMatchObject({
      total: 2,
      counts: { reactivate: 1 },
      notes: [{ code: 'no-seat-stay-off', params: { count: 1, limit: active + 1 } }],
    });
    expect(await guard()).toMatchObject({ lostAccess: 1 });
    expect(await letThrough()).toHaveLength(1);
    await seats(active + 2);
    expect((await admin.post(bringBack).expect(200)).body).toMatchObject({
      total: 1,
      counts: { reactivate: 1 },
      notes: [],
    });
    expect(await guard()).toMatchObject({ lostAccess: 0 });
  });

  it('is offered again when it was undone, however often, and no more once that was undone', async () => {
    const { admin } = workspace;
    await synchronize(admin);
    const lost = await letThrough();
    for (let round = 0; round < 2; round += 1) {
      const { body } = await admin.post(bringBack).expect(200);
      expect(body).toMatchObject({ counts: { reactivate: 2 } });
      expect(await guard()).toMatchObject({ lostAccess: 0 });
      const undo = await undone(body.id);
      expect(await letThrough()).toEqual(lost);
      expect(await guard()).toMatchObject({ lostAccess: 2 });
      const redo = await undone(undo.id);
      expect(await guard()).toMatchObject({ lostAccess: 0 });
      await admin.post(bringBack).expect(409);
      await undone(redo.id);
      expect(await letThrough()).toEqual(lost);
    }
    await synchronize(admin);
    expect(await active()).toHaveLength(people - 2);
    await admin.post(bringBack).expect(200);
    expect(await active()).toHaveLength(people);
  });

  it('ends with who was excluded since staying excluded when it is undone, and off when that is undone', async () => {
    const { admin } = workspace;
    await synchronize(admin);
    const [one] = await letThrough();
    const { body } = await admin.post(bringBack).expect(200);
    await admin.post(`/api/sync-preview/${one?.directoryUserId}/exclude`).expect(200);
    const undo = await undone(body.id);
    expect(undo).toMatchObject({ counts: { deactivate: 2 }, notes: [] });
    const redo = await undone(undo.id);
    expect(redo).toMatchObject({
      counts: { reactivate: 1 },
      notes: [{ code: 'excluded-stay-off', params: { count: 1 } }],
    });
    expect(await runEnded(admin, undo.id)).toMatchObject({ state: 'partially_undone' });
    const preview = await admin.get(`/api/sync-preview/${one?.directoryUserId}`).expect(200);
    expect(preview.body).toMatchObject({ kind: 'excluded' });
    expect(await active()).toHaveLength(people - 1);
  });

  it('finds them over many runs of the lane, days later, and after the others were rejected', async () => {
    await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'immediately' }).expect(200);
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ids[0] ?? '', { active: false });
    await eventually(async () => ((await guard()).held === 8 ? true : null));
    service.clock.advance({ hours: 71 });
    const admin = adminClient(service, await signIn(service, workspace.id));
    expect(await guard(admin)).toMatchObject({ lostAccess: 2, held: 8 });
    await admin.post('/api/removal-guard/reject').expect(200);
    const nobodyHeld = { lostAccessExcluded: 0, held: 0, heldSince: null, used: 0 };
    expect(await guard(admin)).toEqual({ limitExceeded: true, lostAccess: 2, ...nobodyHeld });
    await admin.post(bringBack).expect(200);
    expect(await allMembers(admin, '&status=active')).toHaveLength(people);
    expect((await synchronize(admin)).counts).toMatchObject({ deactivate: 0, suppressed: 10 });
  });

  it('gives a removed member groups and address again, unless somebody else has the address by now', async () => {
    const { admin, scim } = workspace;
    await admin.patch('/api/user-provisioning/settings', { onLeave: 'delete', graceDays: 0 }).expect(200);
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    const members = ids.map((value) => ({ value }));
    for (const id of ids) await changePerson(scim, id, { active: true });
    await scim.post('/Groups', { schemas, displayName: 'Everybody', members }).expect(201);
    await synchronize(admin);
    for (const id of ids.slice(1)) await changePerson(scim, id, { active: false });
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ remove: 2, held: 7 });
    const [taken, free] = (await allMembers(admin, '&status=removed')).map(({ id, email }) => ({
      id,
      email,
    }));
    await admin.post('/api/members', { email: taken?.email ?? '' }).expect(201);
    const { body } = await admin.post(bringBack).expect(200);
    expect(body).toMatchObject({
      total: 2,
      counts: { reactivate: 1 },
      notes: [{ code: 'address-taken-stay-off', params: { count: 1 } }],
    });
    const groups = await admin.get(`/api/members/${free?.id}/groups`).expect(200);
    expect(groups.body).toMatchObject({ items: [{ name: 'Everybody' }] });
    const kept = (await changesOf(run.id)).find(({ state }) => state === 'kept');
    expect(kept).toMatchObject({ kept: { code: 'address-taken-since' } });
  });
});

const bringBack = '/api/removal-guard/bring-back';

type Guard = Schema<'RemovalGuardStateResponse'>;

/** How the guard stands; the overview says the same. */
async function guard(admin = workspace.admin): Promise<Guard> {
  // A run that goes on may end between the two.
  return eventually(async () => {
    const { body } = await admin.get('/api/removal-guard').expect(200);
    const overview = await admin.get('/api/user-provisioning').expect(200);
    const { removalGuard } = overview.body;
    return isDeepStrictEqual({ ...removalGuard, managed: body.managed }, { ...body }) ? removalGuard : null;
  });
}

async function letThrough(): Promise<{ directoryUserId: string }[]> {
  const { body } = await workspace.admin.get('/api/removal-guard/let-through').expect(200);
  return body.items;
}

function undone(runId: string): Promise<Run> {
  return undoneBy(workspace.admin, runId);
}

function active() {
  return allMembers(workspace.admin, '&status=active');
}

async function runs(): Promise<Run[]> {
  const { body } = await workspace.admin.get('/api/sync-runs').expect(200);
  return body.items;
}

type Change = Schema<'RunChangeResponse'>;

async function changesOf(runId: string): Promise<Change[]> {
  const { body } = await workspace.admin.get(`/api/sync-runs/${runId}/changes`).expect(200);
  return body.items;
}
