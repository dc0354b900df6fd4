import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson, personBody } from '../harness/directory-person.ts';
import { allMembers, runEnded, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, signIn } from '../harness/workspace.ts';

type Bulk = Schema<'BulkResponse'>;

const bulk = '/api/sync-preview/bulk';
const service = useService();
const workspace = useWorkspace(service);
const { admin, scim } = workspace;

beforeEach(async () => {
  const settings = { leavers: 'next_sync', returners: 'next_sync' };
  await admin.patch('/api/user-provisioning/settings', settings).expect(200);
});

async function givenPeople(count: number, prefix = 'p'): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await givenPerson(scim, `${prefix}${n}@example.com`));
  return ids;
}

async function act(body: object): Promise<Bulk> {
  return (await admin.post(bulk, body).expect(200)).body;
}

/** Asks what would happen, and then does it. */
async function confirmed(body: object): Promise<Bulk> {
  const { selection } = await act({ ...body, dryRun: true });
  return act({ ...body, confirmed: selection });
}

async function kinds(): Promise<Record<string, number>> {
  const { body } = await admin.get('/api/sync-preview').expect(200);
  return Object.fromEntries(Object.entries(body.summary ?? {}).filter(([, count]) => count > 0));
}

async function audit(action: string) {
  return (await admin.get(`/api/audit-log?action=${action}`).expect(200)).body.items;
}

/** Members who have left, and are held by the guard, all of them. */
async function heldPeople(count: number): Promise<string[]> {
  const removalGuard = { percent: 0, atLeast: 0 };
  await admin.patch('/api/user-provisioning/settings', { removalGuard }).expect(200);
  const ids = await givenPeople(count);
  await synchronize(admin);
  for (const id of ids) await changePerson(scim, id, { active: false });
  expect((await synchronize(admin)).counts.held).toBe(count);
  return ids;
}

describe('one act about many people', () => {
  it('excludes those who are named and includes them again, each with an outcome, and is audited once', async () => {
    const ids = await givenPeople(4);
    const nobody = '01890000-0000-7000-8000-000000000000';
    await admin.post(`/api/sync-preview/${ids[3]}/exclude`).expect(200);
    const done = await act({ action: 'exclude', directoryUserIds: [...ids, nobody, ids[0]] });
    expect(done).toMatchObject({ dryRun: false, people: 5, done: 3, refused: 2 });
    expect(done.items).toEqual([
      ...[0, 1, 2].map((n) => ({ id: ids[n], name: `p${n}`, outcome: 'done', type: null })),
      { id: ids[3], name: 'p3', outcome: 'refused', type: 'already-excluded' },
      { id: nobody, name: '', outcome: 'refused', type: 'not-found' },
    ]);
    expect(done.refusals).toMatchObject([
      { type: 'already-excluded', people: 1 },
      { type: 'not-found', people: 1 },
    ]);
    expect(await kinds()).toEqual({ excluded: 4 });
    expect(await audit('people.excluded')).toMatchObject([
      { actor: { email: 'admin@example.com' }, target: null, details: { people: 3 } },
    ]);
    expect(await act({ action: 'include', directoryUserIds: ids })).toMatchObject({ done: 4, refused: 0 });
    expect(await kinds()).toEqual({ create: 4 });
    expect((await synchronize(admin)).counts.create).toBe(4);
    const { body: timeline } = await admin.get(`/api/members/${ids[1]}/timeline`).expect(200);
    const byAdmin = timeline.items.filter(({ by }) => by === 'admin');
    expect(byAdmin.map(({ kind }) => kind)).toEqual(['people.excluded', 'people.included']);
  });

  it('is about all who match, when exactly those were confirmed, and else does nothing', async () => {
    await givenPeople(3, 'garcia');
    await givenPeople(2, 'other');
    const body = { action: 'exclude', matching: { kind: 'create', search: 'garcia' } };
    const seen = await act({ ...body, dryRun: true });
    expect(seen).toMatchObject({ dryRun: true, people: 3, done: 3 });
    expect(seen.items.map(({ name }) => name)).toEqual(['garcia0', 'garcia1', 'garcia2']);
    expect(await kinds()).toEqual({ create: 5 });
    expect(await audit('people.excluded')).toEqual([]);
    await givenPerson(scim, 'garcia9@example.com');
    const changed = await admin.post(bulk, { ...body, confirmed: seen.selection }).expect(409);
    expect(changed.body).toMatchObject({
      type: 'urn:user-provisioning:problem:selection-changed',
      people: 4,
    });
    expect(await kinds()).toEqual({ create: 6 });
    await givenPerson(scim, 'unrelated@example.com');
    const { selection } = changed.body as unknown as { selection: string };
    expect(await act({ ...body, confirmed: selection })).toMatchObject({ done: 4 });
    expect(await kinds()).toEqual({ create: 3, excluded: 4 });
    expect(await audit('people.excluded')).toMatchObject([
      { details: { people: 4, matching: { kind: 'create', search: 'garcia' } } },
    ]);
  });

  it.each([
    [{ action: 'exclude' }, 'directoryUserIds'],
    [
      { action: 'exclude', matching: {}, directoryUserIds: ['01890000-0000-7000-8000-000000000000'] },
      'directoryUserIds',
    ],
    [{ action: 'exclude', matching: {} }, 'confirmed'],
    [{ action: 'exclude', directoryUserIds: [] }, 'directoryUserIds'],
    [{ action: 'exclude', directoryUserIds: ['x'] }, 'directoryUserIds'],
    [{ action: 'explode', matching: {}, dryRun: true }, 'action'],
    [{ action: 'exclude', matching: { kind: 'x' }, dryRun: true }, 'matching.kind'],
    [{ action: 'exclude', matching: { age: 3 }, dryRun: true }, 'matching.age'],
  ])('refuses %j and says where it is wrong', async (body, path) => {
    const { body: problem } = await admin.post(bulk, body).expect(400);
    expect(problem.errors?.map((fault) => fault.path)).toContain(path);
  });

  it('approves and rejects exactly the held removals that match', async () => {
    const ids = await heldPeople(5);
    const one = await confirmed({ action: 'approve', matching: { kind: 'held', search: 'p1' } });
    expect(one).toMatchObject({ people: 1, done: 1, items: [{ id: ids[1], name: 'p1' }] });
    await changePerson(scim, ids[2] ?? '', { active: true });
    const some = await act({ action: 'approve', directoryUserIds: ids.slice(1, 4) });
    expect(some.items.map(({ type }) => type)).toEqual(['nothing-held', 'came-back-since', null]);
    const rest = await confirmed({ action: 'reject', matching: { kind: 'held' } });
    expect(rest.items.map(({ id }) => id).toSorted()).toEqual([ids[0], ids[4]].toSorted());
    expect(await kinds()).toEqual({ suppressed: 2 });
    const active = await allMembers(admin, '&status=active');
    expect(active.map(({ email }) => email).toSorted()).toEqual(
      ['p0@example.com', 'p2@example.com', 'p4@example.com'].toSorted(),
    );
    expect(await audit('removals.approved')).toHaveLength(2);
    expect(await audit('removals.rejected')).toMatchObject([{ target: null, details: { people: 2 } }]);
    const { body: runs } = await admin.get('/api/sync-runs').expect(200);
    expect(runs.items.every(({ state }) => state === 'succeeded')).toBe(true);
  });

  it('does in a dry run what the act does, and takes all of it back', async () => {
    const ids = await heldPeople(3);
    const before = await allMembers(admin);
    const tried = await act({ action: 'approve', directoryUserIds: ids, dryRun: true });
    expect(tried).toMatchObject({ done: 3, refused: 0 });
    expect(await allMembers(admin)).toEqual(before);
    expect(await kinds()).toEqual({ held: 3 });
    expect(await audit('removals.approved')).toEqual([]);
    const { body } = await workspace.operator
      .get(`/operator/events?workspaceId=${workspace.id}&types=member.deactivated`)
      .expect(200);
    expect(body.items).toEqual([]);
    const done = await act({ action: 'approve', directoryUserIds: ids, confirmed: tried.selection });
    expect(done).toEqual({ ...tried, dryRun: false });
  });

  it('excludes who is held, which ends the hold and gives access back', async () => {
    const ids = await heldPeople(2);
    expect((await allMembers(admin)).map(({ access }) => access)).toEqual(['suspended', 'suspended']);
    await act({ action: 'exclude', directoryUserIds: ids });
    expect((await allMembers(admin)).map(({ access }) => access)).toEqual(['granted', 'granted']);
    const { body: runs } = await admin.get('/api/sync-runs').expect(200);
    expect(runs.items[0]).toMatchObject({ state: 'succeeded' });
    expect(await kinds()).toEqual({ excluded: 2 });
  });

  it('allows again what was undone, and tries conflicts again', async () => {
    await givenPeople(3);
    await givenPerson(scim, 'nomail', { emails: [] });
    const run = await synchronize(admin);
    await undone(admin, run.id);
    const lifted = await confirmed({ action: 'lift', matching: {} });
    expect(lifted).toMatchObject({ people: 4, done: 3, refusals: [{ type: 'not-suppressed', people: 1 }] });
    expect(await kinds()).toEqual({ reactivate: 3, conflict: 1 });
    expect(await confirmed({ action: 'retry', matching: { kind: 'conflict' } })).toMatchObject({ done: 1 });
    expect(await audit('conflicts.retried')).toMatchObject([{ details: { people: 1 } }]);
  });

  it('links people to the members that may be the same, and leaves the others to the admin', async () => {
    await admin.patch('/api/user-provisioning/settings', { linkByEmail: false }).expect(200);
    const memberIds: string[] = [];
    for (const name of ['ada', 'bob', 'cy']) {
      const { body } = await admin.post('/api/members', { email: `${name}@example.com` }).expect(201);
      memberIds.push(body.id);
    }
    const ada = await givenPerson(scim, 'ada@example.com');
    const bob = await givenPerson(scim, 'bob@example.com');
    const emails = [{ type: 'work', primary: true, value: 'cy@example.com' }];
    await givenPerson(scim, 'cy.one', { emails });
    await givenPerson(scim, 'cy.two', { emails });
    await givenPerson(scim, 'nomail', { emails: [] });
    const linked = await confirmed({ action: 'link', matching: { kind: 'conflict' } });
    expect(linked).toMatchObject({ people: 5, done: 2 });
    expect(Object.fromEntries(linked.refusals.map(({ type, people }) => [type, people]))).toEqual({
      'proposed-twice': 2,
      'no-proposal': 1,
    });
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ link: 2, create: 0 });
    for (const [id, memberId] of [
      [ada, memberIds[0]],
      [bob, memberIds[1]],
    ] as const) {
      expect((await admin.get(`/api/sync-preview/${id}`).expect(200)).body.memberId).toBe(memberId);
    }
    expect(await audit('people.linked')).toMatchObject([{ details: { people: 2 } }]);
  });
});

describe('an act about thousands', () => {
  const people = 3_000;

  /** Sends everybody in bulk requests. */
  async function givenMany(count: number): Promise<void> {
    const perRequest = 500;
    for (let from = 0; from < count; from += perRequest) {
      const operations = Array.from({ length: Math.min(perRequest, count - from) }, (_, n) => ({
        method: 'POST',
        path: '/Users',
        bulkId: `b${from + n}`,
        data: personBody(`p${from + n}@example.com`),
      }));
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
      await scim.post('/Bulk', { schemas, Operations: operations }).expect(200);
    }
  }

  it('is done whole, also while two ask for it at once and a run is under way, with an outcome for each', async () => {
    await givenMany(people);
    const other = adminClient(service, await signIn(service, workspace.id, 'other@example.com'));
    const { selection, done } = await act({ action: 'exclude', matching: {}, dryRun: true });
    expect(done).toBe(people);
    const { body: started } = await admin.post('/api/sync-runs', {}).expect(202);
    const body = { action: 'exclude', matching: {}, confirmed: selection };
    const answers = await Promise.all([admin.post(bulk, body), other.post(bulk, body)]);
    await runEnded(admin, started.id);
    const won = answers.flatMap(({ status, body: answer }) => (status === 200 ? [answer as Bulk] : []));
    // Who comes second finds other people, or the same people excluded already.
    for (const answer of won) expect(answer.items).toHaveLength(people);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const excludedInAll = won.reduce((sum, answer) => sum + answer.done, 0);
    const { body: preview } = await admin.get('/api/sync-preview?limit=1').expect(200);
    expect(preview.summary?.excluded).toBe(excludedInAll);
    const members = (await admin.get('/api/members?limit=1&total=true').expect(200)).body.total ?? 0;
    // Who was synchronized before stays a member although they are excluded; nobody is lost.
    expect(members + excludedInAll).toBeGreaterThanOrEqual(people);
    const included = await confirmed({ action: 'include', matching: { kind: 'excluded' } });
    expect(included).toMatchObject({ done: excludedInAll, refused: 0 });
  }, 120_000);
});
