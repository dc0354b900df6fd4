import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson, personBody } from '../harness/directory-person.ts';
import { allMembers, eventually, type Member, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);
const { admin, operator, scim } = workspace;

describe('a member suspended by an admin', () => {
  it('has no access at once, also where provisioning owns the status, and everybody hears why', async () => {
    const { person, id } = await givenMember();
    await admin.patch(`/api/members/${id}`, { status: 'deactivated' }).expect(409);
    const { body: suspended } = await admin
      .post(`/api/members/${id}/suspend`, { reason: 'Laptop stolen' })
      .expect(200);
    const at = service.clock.now().toISOString();
    const suspension = { at, by: 'admin@example.com', reason: 'Laptop stolen' };
    expect(suspended).toMatchObject({
      status: 'active',
      access: 'suspended',
      suspendedSince: at,
      suspension,
    });
    expect(await memberNow(id)).toEqual(suspended);
    expect(await accessOf(id)).toEqual(['deny', 'suspended-by-admin', at]);
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'member.suspended',
      cause: { by: 'admin', runId: null, reason: { code: 'suspended-by-admin', params: {} } },
      changes: [{ field: 'access', before: 'granted', after: 'suspended' }],
      data: { status: 'active', access: 'suspended' },
    });
    const { body: preview } = await admin.get(`/api/sync-preview/${person}`).expect(200);
    expect(preview).toMatchObject({ kind: 'nothing', reason: { code: 'suspended-by-admin' } });
    expect(preview.reason.text).toContain('admin@example.com suspended this member on 24 November 2026');
    const { body: timeline } = await admin.get(`/api/members/${id}/timeline`).expect(200);
    expect(timeline.items.filter(({ kind }) => kind.startsWith('member.suspen'))).toMatchObject([
      {
        by: 'admin',
        kind: 'member.suspended',
        actor: 'admin@example.com',
        changes: { reason: 'Laptop stolen' },
      },
    ]);
    const { body: lifted } = await admin.post(`/api/members/${id}/lift-suspension`).expect(200);
    expect(lifted).toMatchObject({ access: 'granted', suspendedSince: null, suspension: null });
    expect(await accessOf(id)).toEqual(['allow', 'granted', null]);
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'member.reactivated',
      cause: { by: 'admin', reason: { code: 'suspension-lifted' } },
      changes: [{ field: 'access', before: 'suspended', after: 'granted' }],
    });
    expect(await auditedAbout(id)).toEqual(['member.suspension-lifted', 'member.suspended']);
  });

  it('gets no access back by anything that the identity provider, the lane of returners or a run does', async () => {
    const { person, id } = await givenMember();
    await admin.post(`/api/members/${id}/suspend`).expect(200);
    await changePerson(scim, person, { title: 'Countess' });
    const { body: preview } = await admin.get(`/api/sync-preview/${person}`).expect(200);
    expect(preview.reason).toMatchObject({ code: 'attributes-changed', params: { suspended: true } });
    expect((await synchronize(admin)).counts).toMatchObject({ update: 1 });
    expect(await memberNow(id)).toMatchObject({ jobTitle: 'Countess', access: 'suspended' });
    // They leave, and come back within seconds: active again, but without access.
    await changePerson(scim, person, { active: false });
    await becomes(id, 'deactivated');
    expect(await memberNow(id)).toMatchObject({ access: 'ended', suspension: { by: 'admin@example.com' } });
    await changePerson(scim, person, { active: true });
    await becomes(id, 'active');
    expect(await accessOf(id)).toEqual(['deny', 'suspended-by-admin', expect.any(String)]);
    const [last] = (await eventsOf(id)).slice(-1);
    expect(last).toMatchObject({ type: 'member.updated', data: { status: 'active', access: 'suspended' } });
    expect(last?.changes).toContainEqual({ field: 'status', before: 'deactivated', after: 'active' });
    await admin.post(`/api/members/${id}/lift-suspension`).expect(200);
    expect(await accessOf(id)).toEqual(['allow', 'granted', null]);
  });

  it('stays so when they are removed and return, and when a run is undone', async () => {
    await admin
      .patch('/api/user-provisioning/settings', { onLeave: 'delete', graceDays: 0, leavers: 'next_sync' })
      .expect(200);
    const { person, id } = await givenMember();
    await givenPerson(scim, 'bob@example.com');
    await admin.post(`/api/members/${id}/suspend`).expect(200);
    await scim.delete(`/Users/${person}`).expect(204);
    const left = await synchronize(admin);
    expect(await memberNow(id)).toMatchObject({ status: 'removed' });
    const undo = await undone(admin, left.id);
    expect(await memberNow(id)).toMatchObject({ status: 'active', access: 'suspended' });
    await undone(admin, undo.id);
    await scim.post('/Users', personBody('ada@example.com')).expect(201);
    await synchronize(admin);
    expect(await memberNow(id)).toMatchObject({ status: 'active', access: 'suspended' });
    const types = (await eventsOf(id)).map(({ type }) => type);
    expect(types).not.toContain('member.reactivated');
  });

  it('keeps one suspension beside the other when the guard holds their removal, and each ends by its own means', async () => {
    const settings = { removalGuard: { percent: 0, atLeast: 0 }, leavers: 'next_sync' } as const;
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const { person, id } = await givenMember();
    await admin.post(`/api/members/${id}/suspend`).expect(200);
    const since = (await memberNow(id)).suspendedSince;
    service.clock.advance({ minutes: 5 });
    await changePerson(scim, person, { active: false });
    const run = await synchronize(admin);
    expect(await memberNow(id)).toMatchObject({ heldSince: expect.any(String), suspendedSince: since });
    await admin.post(`/api/members/${id}/lift-suspension`).expect(200);
    expect(await accessOf(id)).toEqual(['deny', 'suspended', expect.any(String)]);
    await admin.post(`/api/members/${id}/suspend`).expect(200);
    await admin.post(`/api/sync-runs/${run.id}/reject`, {}).expect(200);
    expect(await accessOf(id)).toEqual(['deny', 'suspended-by-admin', expect.any(String)]);
    await admin.post(`/api/members/${id}/lift-suspension`).expect(200);
    expect(await accessOf(id)).toEqual(['allow', 'granted', null]);
    const types = (await eventsOf(id)).map(({ type }) => type).slice(1);
    const updated = 'member.updated';
    expect(types).toEqual(['member.suspended', updated, updated, updated, updated, 'member.reactivated']);
  });

  it('may be suspended before they become active, and is among the suspended until it is lifted', async () => {
    const { body: member } = await admin.post('/api/members', { email: 'eve@example.com' }).expect(201);
    await admin.patch(`/api/members/${member.id}`, { status: 'deactivated' }).expect(200);
    const { body } = await admin.post(`/api/members/${member.id}/suspend`).expect(200);
    expect(body).toMatchObject({ access: 'ended', suspendedSince: null, suspension: { reason: null } });
    await admin.post('/api/members', { email: 'free@example.com' }).expect(201);
    expect(await addresses('&suspended=true')).toEqual(['eve@example.com']);
    expect(await addresses('&suspended=false')).toEqual(['free@example.com']);
    await admin.patch(`/api/members/${member.id}`, { status: 'active' }).expect(200);
    expect(await accessOf(member.id)).toEqual(['deny', 'suspended-by-admin', expect.any(String)]);
  });

  it('is suspended once, however often it is said; and what cannot be is refused', async () => {
    const { id } = await givenMember();
    await admin.post(`/api/members/${id}/lift-suspension`).expect(409);
    const first = await admin.post(`/api/members/${id}/suspend`, { reason: 'First' }).expect(200);
    const second = await admin.post(`/api/members/${id}/suspend`, { reason: 'Second' }).expect(200);
    expect(second.body).toEqual(first.body);
    expect(await auditedAbout(id)).toEqual(['member.suspended']);
    await admin.post(`/api/members/${id}/suspend`, { reason: '' }).expect(400);
    await admin.post(`/api/members/${id}/suspend`, { reason: 'x'.repeat(501) }).expect(400);
    await admin.post(`/api/members/${id}/suspend`, { why: 'x' }).expect(400);
    await admin.post(`/api/members/${randomUUID()}/suspend`).expect(404);
    const other = await givenWorkspace(service, { name: 'Other' });
    await other.admin.post(`/api/members/${id}/lift-suspension`).expect(404);
    const { body: gone } = await admin.post('/api/members', { email: 'gone@example.com' }).expect(201);
    await admin.delete(`/api/members/${gone.id}`).expect(204);
    const { body } = await admin.post(`/api/members/${gone.id}/suspend`).expect(409);
    expect(body.type).toContain('member-removed');
  });
});

async function givenMember(): Promise<{ person: string; id: string }> {
  const person = await givenPerson(scim, 'ada@example.com');
  await synchronize(admin);
  const [member] = await allMembers(admin);
  return { person, id: member?.id ?? '' };
}

async function memberNow(id: string): Promise<Member> {
  return (await admin.get(`/api/members/${id}`).expect(200)).body;
}

async function becomes(id: string, status: Member['status']): Promise<void> {
  await eventually(async () => ((await memberNow(id)).status === status ? true : null));
}

async function addresses(query: string): Promise<string[]> {
  return (await allMembers(admin, query)).map(({ email }) => email);
}

async function accessOf(memberId: string): Promise<(string | null)[]> {
  const { body } = await operator
    .post('/operator/access-checks', { workspace: workspace.id, memberId })
    .expect(200);
  const { decision, reason } = body as {
    decision: string;
    reason: { code: string; params: { since?: string } };
  };
  return [decision, reason.code, reason.params.since ?? null];
}

interface TestEvent {
  type: string;
  subject: { id: string };
  cause: unknown;
  changes: unknown[];
  data: unknown;
}

async function eventsOf(memberId: string): Promise<TestEvent[]> {
  const { body } = await operator.get(`/operator/events?workspaceId=${workspace.id}&limit=500`).expect(200);
  return (body.items as TestEvent[]).filter(({ subject }) => subject.id === memberId);
}

async function auditedAbout(target: string): Promise<string[]> {
  const { body } = await admin.get('/api/audit-log?limit=200').expect(200);
  return body.items.filter((entry) => entry.target === target).map(({ action }) => action);
}
