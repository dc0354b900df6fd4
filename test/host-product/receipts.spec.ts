import type { HeldAccessService } from '../../src/sync/workers/held-access.service.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/database/compiled-statement.ts';
import type { EventRetentionService } from '../../src/events/event-retention.service.ts';
import { receiptCountMax } from '../../src/host-product/feed/receipts.dto.ts';
import { timeToLeaveSql } from '../../src/user-provisioning/time-to-leave.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, eventually, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import {
  adminClient,
  signIn,
  givenProductKey,
  givenWorkspace,
  productClient,
  startAutomaticSync,
} from '../harness/workspace.ts';

type Event = Schema<'EventResponse'>;

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

const receiptPath = (eventId: string) => `/operator/events/${eventId}/receipt` as const;
const inMinutes = (count: number) => new Date(service.clock.now().getTime() + count * 60_000).toISOString();

async function newestEvent(type: string): Promise<Event> {
  return eventually(async () => {
    const { body } = await operator
      .get(`/operator/events?workspaceId=${workspace.id}&types=${type}&limit=1000`)
      .expect(200);
    return body.items.at(-1) ?? null;
  });
}

async function timelineOf(memberId: string): Promise<[by: string, kind: string, actor: string | null][]> {
  const { body } = await admin.get(`/api/members/${memberId}/timeline`).expect(200);
  return body.items.map(({ by, kind, actor }) => [by, kind, actor]);
}

/** Somebody who left, and was deactivated at once. */
async function givenLeaver(): Promise<{ memberId: string; event: Event }> {
  await startAutomaticSync(admin);
  const person = await givenPerson(scim, 'ada@example.com');
  await givenPerson(scim, 'bob@example.com');
  await synchronize(admin);
  await changePerson(scim, person, { active: false });
  const event = await newestEvent('member.deactivated');
  return { memberId: event.subject.id, event };
}

describe('the receipt of an event', () => {
  it('ends the timeline of a leaver: asked, access ended, sessions ended, by the key that says so', async () => {
    const { memberId, event } = await givenLeaver();
    const { secret, name } = await givenProductKey(service, { scopes: ['events:read'] });
    const receipt = { sessionsEnded: 3, tokensRevoked: 1, at: event.at };
    const answer = await productClient(service, secret).post(receiptPath(event.id), receipt).expect(200);
    expect(answer.body).toEqual({ eventId: event.id, memberId, ...receipt });
    expect((await timelineOf(memberId)).slice(-3)).toEqual([
      ['identity_provider', 'updated', null],
      ['sync', 'deactivate', null],
      ['product', 'receipt', name],
    ]);
    const { body } = await admin.get(`/api/members/${memberId}/timeline`).expect(200);
    expect(body.items.at(-1)?.changes).toEqual({
      event: { type: 'member.deactivated', at: event.at, by: 'leaver' },
      sessionsEnded: 3,
      tokensRevoked: 1,
    });
  });

  it('may be empty, and is replaced when it is repeated, also at once', async () => {
    const { memberId, event } = await givenLeaver();
    const now = service.clock.now().toISOString();
    const empty = await operator.post(receiptPath(event.id)).expect(200);
    expect(empty.body).toMatchObject({ sessionsEnded: null, tokensRevoked: null });
    expect(empty.body.at >= now).toBe(true);
    const ended = Array.from({ length: 5 }, (_, at) =>
      operator.post(receiptPath(event.id), { sessionsEnded: at }).expect(200),
    );
    await Promise.all(ended);
    await operator.post(receiptPath(event.id), { sessionsEnded: 7 }).expect(200);
    const { body } = await admin.get(`/api/members/${memberId}/timeline`).expect(200);
    const receipts = body.items.filter(({ kind }) => kind === 'receipt');
    expect(receipts).toMatchObject([
      { changes: { sessionsEnded: 7, tokensRevoked: null }, actor: null, by: 'product' },
    ]);
  });

  it('of a membership is shown with the member, of a run with nobody', async () => {
    const id = await givenPerson(scim, 'ada@example.com');
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await scim.post('/Groups', { schemas, displayName: 'Analysts', members: [{ value: id }] }).expect(201);
    await synchronize(admin);
    const run = await newestEvent('run.finished');
    const ofRun = await operator.post(receiptPath(run.id), {}).expect(200);
    expect(ofRun.body.memberId).toBeNull();
    const [member] = await allMembers(admin);
    const joined = await newestEvent('group.member_added');
    const ofMembership = await operator.post(receiptPath(joined.id), {}).expect(200);
    expect(ofMembership.body.memberId).toBe(member?.id);
  });

  it('takes no counts or times that cannot be, and says which', async () => {
    const { memberId, event } = await givenLeaver();
    const refused = [
      [{ sessionsEnded: -1 }, 'sessionsEnded', 'too-small'],
      [{ sessionsEnded: 1.5 }, 'sessionsEnded', 'not-a-whole-number'],
      [{ tokensRevoked: receiptCountMax + 1 }, 'tokensRevoked', 'too-large'],
      [{ tokensRevoked: '2' }, 'tokensRevoked', 'not-a-whole-number'],
      [{ sessions: 2 }, 'sessions', 'unknown-field'],
      [{ at: inMinutes(6) }, 'at', 'in-future'],
      [{ at: '2026-11-28T09:14:05' }, 'at', 'not-a-moment'],
      [{ at: '2026-W48-6T09:14:05Z' }, 'at', 'not-a-moment'],
      [{ at: 5 }, 'at', 'not-a-moment'],
    ] as const;
    for (const [body, path, code] of refused) {
      const answer = await operator.post(receiptPath(event.id), body).expect(400);
      expect([body, answer.body.errors]).toMatchObject([body, [{ path, code }]]);
    }
    expect(await timelineOf(memberId)).not.toContainEqual(['product', 'receipt', null]);
    // The product's clock may be a little ahead.
    await operator.post(receiptPath(event.id), { at: inMinutes(4) }).expect(200);
  });

  it('of an event that is none, not there or of a workspace out of reach is answered with 404', async () => {
    const { memberId, event } = await givenLeaver();
    const head = event.id.slice(0, event.id.lastIndexOf('_') + 1);
    const none = ['nobody', randomUUID(), event.id.toUpperCase(), `${head}0`, `${head}99999`, `${head}1'`];
    const other = await givenWorkspace(service);
    for (const id of [...none, event.id.replace(workspace.id.replaceAll('-', ''), '0'.repeat(32))]) {
      const { body } = await operator.post(receiptPath(encodeURIComponent(id)), {}).expect(404);
      expect(body.detail).toBe('No event with this id.');
    }
    const key = await givenProductKey(service, { scopes: ['events:read'], workspaceIds: [other.id] });
    await productClient(service, key.secret).post(receiptPath(event.id), { sessionsEnded: 1 }).expect(404);
    await admin.post(receiptPath(event.id), {}).expect(401);
    expect(await timelineOf(memberId)).not.toContainEqual(['product', 'receipt', null]);
  });

  it('goes with its event, and with its workspace', async () => {
    const { memberId, event } = await givenLeaver();
    await operator.post(receiptPath(event.id), { sessionsEnded: 1 }).expect(200);
    const other = await givenWorkspace(service);
    await other.admin.post('/api/members', { email: 'eve@example.com' }).expect(201);
    const theirs = await operator.get(`/operator/events?workspaceId=${other.id}`).expect(200);
    const [theirEvent] = theirs.body.items;
    await operator.post(receiptPath(theirEvent?.id ?? ''), {}).expect(200);
    await operator.delete(`/operator/workspaces/${other.id}`).expect(204);
    await eventually(async () => ((await receiptsOf(other.id)) === 0 ? true : null));
    expect(await receiptsOf(workspace.id)).toBe(1);
    service.clock.advance({ hours: 91 * 24 });
    await service.provider<EventRetentionService>('EventRetentionService').prune();
    expect(await receiptsOf(workspace.id)).toBe(0);
    await operator.post(receiptPath(event.id), {}).expect(404);
    expect(memberId).toBe(event.subject.id);
  });
});

async function receiptsOf(workspaceId: string): Promise<number> {
  const [row] = await service.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM event_receipt WHERE workspace_id = $1',
    [workspaceId],
  );
  return row?.count ?? 0;
}

describe('the timeline of a person whose removal is held', () => {
  it('says that access was suspended, and that it was given back', async () => {
    await admin
      .patch('/api/user-provisioning/settings', {
        removalGuard: { percent: 0, atLeast: 0 },
        leavers: 'next_sync',
      })
      .expect(200);
    const person = await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    const [member] = await allMembers(admin);
    await changePerson(scim, person, { active: false });
    await synchronize(admin);
    expect((await timelineOf(member?.id ?? '')).slice(-3)).toEqual([
      ['identity_provider', 'updated', null],
      ['sync', 'deactivate_held', null],
      ['sync', 'member.suspended', null],
    ]);
    await admin.patch('/api/user-provisioning/settings', { heldLeavers: 'keep' }).expect(200);
    await admin.patch('/api/user-provisioning/settings', { heldLeavers: 'suspend' }).expect(200);
    await changePerson(scim, person, { active: true });
    await synchronize(admin);
    const kinds = (await timelineOf(member?.id ?? '')).map(([by, kind]) => `${by} ${kind}`);
    expect(kinds.filter((kind) => kind.includes('member.'))).toEqual([
      'sync member.suspended',
      'admin member.reactivated',
      'admin member.suspended',
      'sync member.reactivated',
    ]);
  });
});

describe('the time to leave', () => {
  const settings = (change: object) => admin.patch('/api/user-provisioning/settings', change).expect(200);
  const measured = async () => (await admin.get('/api/user-provisioning').expect(200)).body.timeToLeave;

  it('goes from the first request of the identity provider to the run, and counts who still has access', async () => {
    await settings({ leavers: 'next_sync' });
    const ids: string[] = [];
    for (const name of ['ada', 'bob', 'eve']) ids.push(await givenPerson(scim, `${name}@example.com`));
    const [ada = '', bob = '', eve = ''] = ids;
    await synchronize(admin);
    expect(await measured()).toEqual({ days: 30, people: 0, p50Seconds: null, p99Seconds: null, open: 0 });
    // Ada had left and come back before.
    await changePerson(scim, ada, { active: false });
    service.clock.advance({ hours: 1 });
    await changePerson(scim, ada, { active: true });
    await changePerson(scim, bob, { active: false });
    expect(await measured()).toMatchObject({ people: 0, open: 1 });
    service.clock.advance({ seconds: 60 });
    await synchronize(admin);
    expect(await measured()).toMatchObject({ people: 1, open: 0 });
    await changePerson(scim, ada, { active: false });
    service.clock.advance({ seconds: 60 });
    await scim.delete(`/Users/${ada}`).expect(204);
    await changePerson(scim, eve, { active: false });
    service.clock.advance({ seconds: 540 });
    await synchronize(admin);
    const { people, p50Seconds, p99Seconds, open } = await measured();
    expect({ people, open }).toEqual({ people: 3, open: 0 });
    expect(Math.round((p50Seconds ?? 0) / 60)).toBe(9);
    expect(Math.round((p99Seconds ?? 0) / 60)).toBe(10);
    service.clock.advance({ days: 31 });
    const later = adminClient(service, await signIn(service, workspace.id));
    const { body } = await later.get('/api/user-provisioning').expect(200);
    expect(body.timeToLeave).toMatchObject({ people: 0, p50Seconds: null });
  });

  it('ends where access is suspended, also once that is approved; who is held and keeps access is open', async () => {
    await settings({ removalGuard: { percent: 0, atLeast: 0 }, leavers: 'next_sync' });
    const ada = await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    service.clock.advance({ seconds: 120 });
    const run = await synchronize(admin);
    expect(run.counts.held).toBe(1);
    expect(await minutesMeasured()).toEqual({ people: 1, minutes: 2, open: 0 });
    await settings({ heldLeavers: 'keep' });
    expect(await minutesMeasured()).toEqual({ people: 0, minutes: null, open: 1 });
    service.clock.advance({ seconds: 120 });
    await settings({ heldLeavers: 'suspend' });
    service.clock.advance({ seconds: 600 });
    await admin.post(`/api/sync-runs/${run.id}/approve`, {}).expect(200);
    expect(await minutesMeasured()).toEqual({ people: 1, minutes: 4, open: 0 });
  });

  it('is still to come for people whose removal an admin rejected, also once it is allowed again', async () => {
    await settings({ removalGuard: { percent: 0, atLeast: 0 }, leavers: 'next_sync' });
    const ada = await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    const run = await synchronize(admin);
    await admin.post(`/api/sync-runs/${run.id}/reject`, {}).expect(200);
    expect(await minutesMeasured()).toEqual({ people: 0, minutes: null, open: 1 });
    await admin.post(`/api/sync-preview/${ada}/lift`).expect(200);
    expect(await minutesMeasured()).toEqual({ people: 0, minutes: null, open: 1 });
    await settings({ removalGuard: { percent: 100, atLeast: 1 } });
    expect((await synchronize(admin)).counts).toMatchObject({ deactivate: 1 });
    expect(await minutesMeasured()).toMatchObject({ people: 1, open: 0 });
  });

  it('of who was held by a version that knew no suspension: they are suspended once, others stay as they are', async () => {
    const held = service.provider<HeldAccessService>('HeldAccessService');
    const suspensions = async () => {
      const query = `workspaceId=${workspace.id}&types=member.suspended,member.reactivated` as const;
      return (await operator.get(`/operator/events?${query}`).expect(200)).body.items;
    };
    await settings({ removalGuard: { percent: 0, atLeast: 0 }, heldLeavers: 'keep' });
    const ada = await givenPerson(scim, 'ada@example.com');
    await givenPerson(scim, 'bob@example.com');
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    await synchronize(admin);
    await held.look();
    expect(await suspensions()).toEqual([]);
    const { dataSource } = service;
    await dataSource.query(`UPDATE workspace SET settings = settings - 'heldLeavers' WHERE id = $1`, [
      workspace.id,
    ]);
    // A run that is writing the same person is not waited for.
    await dataSource.transaction(async (manager) => {
      await manager.query(`SELECT 1 FROM sync_link WHERE workspace_id = $1 AND state = 'held' FOR UPDATE`, [
        workspace.id,
      ]);
      await held.look();
    });
    expect(await suspensions()).toEqual([]);
    await Promise.all([held.look(), held.look()]);
    await held.look();
    const [suspended, ...more] = await suspensions();
    expect(more).toEqual([]);
    expect(suspended).toMatchObject({
      type: 'member.suspended',
      cause: { by: 'run' },
      changes: [{ field: 'access', before: 'granted', after: 'suspended' }],
      data: { email: 'ada@example.com', access: 'suspended' },
    });
    const { body } = await admin.get(`/api/members/${suspended?.subject.id ?? ''}`).expect(200);
    expect(body).toMatchObject({ status: 'active', access: 'suspended' });
    expect(body.suspendedSince).toBe(suspended?.at);
    const { body: all } = await admin.get('/api/members').expect(200);
    expect(all.items.map(({ email, access }) => [email, access]).sort()).toEqual([
      ['ada@example.com', 'suspended'],
      ['bob@example.com', 'granted'],
    ]);
  });

  async function minutesMeasured() {
    const { people, p50Seconds, open } = await measured();
    return { people, minutes: p50Seconds === null ? null : Math.round(p50Seconds / 60), open };
  }

  it('is read by indexes alone', async () => {
    const { text, values } = compile(timeToLeaveSql(workspace.id, service.clock.now()));
    const plan = await service.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      return JSON.stringify(await manager.query(`EXPLAIN (FORMAT JSON) ${text}`, values));
    });
    expect(plan).toContain('sync_change_removals');
    expect(plan).toMatch(/sync_queue_(?:lane|pkey)/u);
    expect(plan).toContain('event_access');
    expect(plan).not.toContain('Seq Scan');
  });
});
