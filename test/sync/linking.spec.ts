import { beforeEach, describe, expect, it } from '@jest/globals';
import { conflicts } from '../../src/sync/decision/conflicts.ts';
import type { Schema } from '../harness/answers.ts';
import { conflictScenes, type ConflictScene, explained, takeOffer } from '../harness/conflict-scenes.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Member, synchronize, undone as undoneBy } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Suggestion = Schema<'LinkSuggestionResponse'>;

const service = useService();
let scene: ConflictScene;

beforeEach(async () => {
  scene = { ...(await givenWorkspace(service)), dataSource: service.dataSource };
  const settings = {
    leavers: 'next_sync',
    returners: 'next_sync',
    linkByEmail: false,
    removalGuard: { percent: 100, atLeast: 50 },
  };
  await scene.admin.patch('/api/user-provisioning/settings', settings).expect(200);
});

/** A member who left, with what belongs to them. */
async function givenLeaver(
  how: 'deactivated' | 'deleted' = 'deactivated',
): Promise<{ old: string; member: Member }> {
  const { admin, scim } = scene;
  await admin.post('/api/properties', { key: 'floor', name: 'Floor', type: 'text' }).expect(201);
  const old = await givenPerson(scim, 'dup@example.com', { title: 'Analyst' });
  const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Team' };
  await scim.post('/Groups', { ...group, members: [{ value: old }] }).expect(201);
  await synchronize(admin);
  if (how === 'deactivated') await changePerson(scim, old, { active: false });
  else await scim.delete(`/Users/${old}`).expect(204);
  await synchronize(admin);
  const [member] = await allMembers(admin);
  const properties = { floor: '3' };
  await admin.patch(`/api/members/${member?.id}`, { properties }).expect(200);
  if (member === undefined) throw new Error('There is no member');
  return { old, member };
}

const newAccount = (more: Record<string, unknown> = {}) =>
  givenPerson(scene.scim, 'dup.new', {
    externalId: 'new',
    title: 'Analyst',
    emails: [{ type: 'work', primary: true, value: 'DUP@example.com' }],
    ...more,
  });

/** The identity provider puts the new account where the old one was. */
async function joinTeam(id: string): Promise<void> {
  const { scim } = scene;
  const { body } = await scim
    .get(`/Groups?filter=${encodeURIComponent('displayName eq "Team"')}`)
    .expect(200);
  const [team] = body.Resources;
  const Operations = [{ op: 'add', path: 'members', value: [{ value: id }] }];
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await scim.patch(`/Groups/${team?.id}`, { schemas, Operations }).expect(204);
}

const link = (id: string, memberId: string) => scene.admin.post(`/api/sync-preview/${id}/link`, { memberId });

describe('somebody who comes back under a new account', () => {
  it.each(['deactivated', 'deleted'] as const)(
    'is the same member when an admin says so, with all that belongs to it: %s',
    async (how) => {
      const { admin } = scene;
      const { old, member } = await givenLeaver(how);
      const id = await newAccount();
      if (how === 'deactivated') await joinTeam(id);
      expect(await explained(scene, id)).toMatchObject({
        kind: 'conflict',
        reason: { code: 'email-taken-by-former', params: { memberId: member.id } },
      });
      await link(id, member.id).expect(200);
      expect(await explained(scene, id)).toMatchObject({ kind: 'link', memberId: member.id });
      expect((await synchronize(admin)).counts).toMatchObject({ link: 1, create: 0 });
      expect(await allMembers(admin)).toMatchObject([
        {
          id: member.id,
          status: 'active',
          email: 'DUP@example.com',
          jobTitle: 'Analyst',
          properties: { floor: '3' },
        },
      ]);
      const timeline = await admin.get(`/api/members/${member.id}/timeline`).expect(200);
      const told = JSON.stringify(timeline.body);
      for (const kind of ['create', 'deactivate', 'link']) expect(told).toContain(`"${kind}"`);
      if (how === 'deactivated') {
        const groups = await admin.get(`/api/members/${member.id}/groups`).expect(200);
        expect(groups.body).toMatchObject({ items: [{ name: 'Team' }] });
        expect(await explained(scene, old)).toMatchObject({ kind: 'nothing', reason: { code: 'released' } });
      }
    },
  );

  it('is a conflict that says so when the old account comes back, too, under whatever id', async () => {
    const { admin, scim } = scene;
    const { old, member } = await givenLeaver();
    const id = await newAccount();
    await link(id, member.id).expect(200);
    await synchronize(admin);
    await changePerson(scim, old, { active: true });
    const params = { memberId: member.id, directoryUserId: id, by: 'admin@example.com' };
    expect(await explained(scene, old)).toMatchObject({
      kind: 'conflict',
      reason: { code: 'given-away-needs-address', params },
    });
    expect((await synchronize(admin)).counts).toMatchObject({ conflict: 1, create: 0, reactivate: 0 });
    await link(old, member.id).expect(409);
    await scim.delete(`/Users/${old}`).expect(204);
    await synchronize(admin);
    const again = await givenPerson(scim, 'dup@example.com', { emails: [{ value: 'other@example.com' }] });
    expect(await explained(scene, again)).toMatchObject({
      kind: 'conflict',
      reason: { code: 'given-away', params },
    });
    expect(await allMembers(admin)).toMatchObject([{ id: member.id, status: 'active' }]);
  });

  it('gives the member back when the run that linked it is undone', async () => {
    const { admin, scim } = scene;
    const { old, member } = await givenLeaver();
    const id = await newAccount();
    await link(id, member.id).expect(200);
    const run = await synchronize(admin);
    await undoneBy(admin, run.id);
    expect(await allMembers(admin)).toMatchObject([{ id: member.id, status: 'deactivated' }]);
    await changePerson(scim, old, { active: true });
    expect((await synchronize(admin)).counts).toMatchObject({ reactivate: 1, create: 0 });
    expect(await allMembers(admin)).toMatchObject([{ id: member.id, status: 'active' }]);
  });

  it('does not get a member whose account is active, nor one that another new account got a moment earlier', async () => {
    const { admin, scim } = scene;
    const { member } = await givenLeaver();
    const active = await givenPerson(scim, 'eve@example.com');
    await synchronize(admin);
    const eve = (await allMembers(admin)).find(({ email }) => email === 'eve@example.com');
    const rivals = [await newAccount(), await newAccount({ userName: 'dup.third', externalId: 'third' })];
    const refused = await link(rivals[0] ?? '', eve?.id ?? '').expect(409);
    expect(refused.body).toMatchObject({
      type: expect.stringMatching(/member-linked$/) as unknown,
      directoryUserId: active,
    });
    const answers = await Promise.all(rivals.map((id) => link(id, member.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = rivals[answers.findIndex(({ status }) => status === 409)] ?? '';
    expect((await explained(scene, loser)).reason.code).toBe('email-taken');
    expect((await synchronize(admin)).counts).toMatchObject({ link: 1, conflict: 1 });
  });

  it('goes back to the first member when the admin thinks better of it before the run', async () => {
    const { admin, scim } = scene;
    const { old, member } = await givenLeaver();
    const manual = await admin.post('/api/members', { email: 'manual@example.com' }).expect(201);
    const id = await newAccount();
    await link(id, member.id).expect(200);
    await link(id, manual.body.id).expect(200);
    await changePerson(scim, old, { active: true });
    expect((await synchronize(admin)).counts).toMatchObject({ link: 1, reactivate: 1, conflict: 0 });
  });
});

describe('a member without a display name', () => {
  it('is called by first and last name wherever the member is proposed', async () => {
    const { admin, scim } = scene;
    const name = { email: 'hanna@example.com', firstName: 'Hanna', lastName: 'Hand' };
    await admin.post('/api/members', name).expect(201);
    await givenPerson(scim, 'hanna.new', { emails: [{ primary: true, value: 'hanna@example.com' }] });
    const suggested = await admin.get('/api/sync-preview/link-suggestions').expect(200);
    expect(suggested.body.items.map(({ member }) => member.name)).toEqual(['Hanna Hand']);
    const pending = await admin.get('/api/sync-preview').expect(200);
    expect(pending.body.items.map(({ reason }) => reason.text)).toEqual([
      expect.stringContaining('hanna@example.com already belongs to Hanna Hand, who was not provisioned.'),
    ]);
  });
});

describe('many at once', () => {
  it('are shown as pairs and linked by one request, and what is refused does not stop the others', async () => {
    const { admin } = scene;
    const numbers = [0, 1, 2, 3, 4, 5];
    const ids = (await conflictScenes['email-taken-by-former']?.(scene, numbers)) ?? [];
    const members = await allMembers(admin);
    const suggestions: Suggestion[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await admin.get(`/api/sync-preview/link-suggestions?limit=4${after}`).expect(200);
      const page = body;
      suggestions.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(suggestions.map(({ directoryUserId }) => directoryUserId).sort()).toEqual([...ids].sort());
    expect(suggestions.map(({ member }) => member.id).sort()).toEqual(members.map(({ id }) => id).sort());
    const pairs = suggestions.map(({ directoryUserId, member }) => ({
      directoryUserId,
      memberId: member.id,
    }));
    const [first, second, ...others] = pairs;
    const asked = [first, { ...second, memberId: first?.memberId }, ...others];
    const { body } = await admin.post('/api/sync-preview/links', { pairs: asked }).expect(200);
    expect(body).toMatchObject({
      linked: 5,
      items: asked.map((pair, at) => ({
        ...pair,
        ...(at === 1 ? { state: 'refused', type: 'member-linked' } : { state: 'linked' }),
      })),
    });
    await admin.post('/api/sync-preview/links', { pairs: [second] }).expect(200);
    expect((await synchronize(admin)).counts).toMatchObject({ link: 6, create: 0, conflict: 0 });
    const after = await allMembers(admin);
    expect(after.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
      members.map(({ id }) => `${id} active`).sort(),
    );
    await admin.post('/api/sync-preview/links', { pairs: [second, second] }).expect(400);
  });
});

describe('what a conflict advises', () => {
  it('changes when the member who has the address becomes somebody of the directory, and when that is undone', async () => {
    const { admin, scim } = scene;
    const id = await givenPerson(scim, 'cc@example.com');
    await synchronize(admin);
    await admin.post('/api/members', { email: 'man@example.com' }).expect(201);
    await changePerson(scim, id, { 'emails[type eq "work"].value': 'man@example.com' });
    await synchronize(admin);
    const byHand = { kind: 'conflict', reason: { code: 'email-of-manual' } };
    expect(await explained(scene, id)).toMatchObject(byHand);
    await admin.patch('/api/user-provisioning/settings', { linkByEmail: true }).expect(200);
    await synchronize(admin);
    await givenPerson(scim, 'man@example.com');
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ link: 1 });
    const provisioned = {
      kind: 'conflict',
      reason: { code: 'email-taken' },
      offers: ['send-address', 'exclude'],
    };
    expect(await explained(scene, id)).toMatchObject(provisioned);
    const undo = await undone(run.id);
    expect(await explained(scene, id)).toMatchObject(byHand);
    await undone(undo);
    await synchronize(admin);
    expect(await explained(scene, id)).toMatchObject(provisioned);
  });

  it('ends when an undo removes the member who has the address', async () => {
    const { admin, scim } = scene;
    const id = await givenPerson(scim, 'cc@example.com');
    await synchronize(admin);
    await givenPerson(scim, 'new@example.com');
    const run = await synchronize(admin);
    await changePerson(scim, id, { 'emails[type eq "work"].value': 'new@example.com' });
    await synchronize(admin);
    expect(await explained(scene, id)).toMatchObject({ kind: 'conflict', reason: { code: 'email-taken' } });
    await undone(run.id);
    expect(await explained(scene, id)).toMatchObject({ kind: 'update' });
  });

  it('is looked at again when people are brought back who have the address, and still works', async () => {
    const { admin, scim } = scene;
    const settings = { removalGuard: { percent: 1, atLeast: 1 }, linkByEmail: false };
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const old: string[] = [];
    for (const n of [0, 1]) old.push(await givenPerson(scim, `dup${n}@example.com`));
    await synchronize(admin);
    for (const id of old) await changePerson(scim, id, { active: false });
    expect((await synchronize(admin)).counts).toMatchObject({ deactivate: 1, held: 1 });
    const lost = (await allMembers(admin)).find(({ status }) => status === 'deactivated');
    const emails = [{ type: 'work', primary: true, value: lost?.email.toUpperCase() }];
    const id = await newAccount({ emails });
    await synchronize(admin);
    const before = await explained(scene, id);
    expect(before).toMatchObject({ kind: 'conflict', reason: { code: 'email-taken-by-former' } });
    expect(await queuedIds()).not.toContain(id);
    await admin.post('/api/removal-guard/bring-back').expect(200);
    expect(await queuedIds()).toContain(id);
    expect(await explained(scene, id)).toMatchObject({ kind: 'conflict', offers: before.offers });
    await takeOffer(scene, id, 0, 'link');
    expect((await synchronize(admin)).counts).toMatchObject({ link: 1, conflict: 0 });
  });

  it('changes when an admin promises the member to somebody, and back when they promise another one instead', async () => {
    const { admin } = scene;
    const { member } = await givenLeaver();
    const manual = await admin.post('/api/members', { email: 'manual@example.com' }).expect(201);
    const first = await newAccount();
    const second = await newAccount({ userName: 'dup.second', externalId: 'second' });
    await synchronize(admin);
    const free = { kind: 'conflict', reason: { code: 'email-taken-by-former' } };
    expect(await explained(scene, second)).toMatchObject(free);
    await link(first, member.id).expect(200);
    const promised = {
      kind: 'conflict',
      reason: { code: 'email-taken' },
      offers: ['send-address', 'exclude'],
    };
    expect(await explained(scene, second)).toMatchObject(promised);
    await link(first, manual.body.id).expect(200);
    expect(await explained(scene, second)).toMatchObject(free);
    await link(second, member.id).expect(200);
    expect((await synchronize(admin)).counts).toMatchObject({ link: 2, conflict: 0 });
  });

  it('ends for somebody with two candidates when one of them becomes somebody else', async () => {
    const { admin } = scene;
    const [id = ''] = (await conflictScenes['two-candidates']?.(scene, [0])) ?? [];
    await synchronize(admin);
    expect(await explained(scene, id)).toMatchObject({
      kind: 'conflict',
      reason: { code: 'two-candidates' },
    });
    const manual = (await allMembers(admin)).find(({ source }) => source === 'manual');
    const other = await givenPerson(scene.scim, 'other@example.com');
    await link(other, manual?.id ?? '').expect(200);
    const now = await explained(scene, id);
    expect(now.reason.code).not.toBe('two-candidates');
    expect(now).toMatchObject({ kind: 'conflict', reason: { code: 'email-taken' } });
  });

  it('does not offer to link a member whose directory user is active again, also while that one is excluded', async () => {
    const { admin, scim } = scene;
    const old = await givenPerson(scim, 'dup@example.com');
    await synchronize(admin);
    await admin.post(`/api/sync-preview/${old}/exclude`).expect(200);
    await changePerson(scim, old, { active: false });
    const id = await newAccount();
    await synchronize(admin);
    expect(await explained(scene, id)).toMatchObject({ reason: { code: 'email-taken-by-former' } });
    await changePerson(scim, old, { active: true });
    await synchronize(admin);
    expect(await explained(scene, id)).toMatchObject({ reason: { code: 'email-taken' } });
  });

  it('is tried here for every conflict there is', () => {
    expect(Object.keys(conflictScenes).sort()).toEqual(Object.keys(conflicts).sort());
  });

  it.each(Object.entries(conflicts))('works: %s', async (code, { offers }) => {
    const numbers = offers.map((_, at) => at);
    const ids = (await conflictScenes[code]?.(scene, numbers)) ?? [];
    for (const id of ids)
      expect(await explained(scene, id)).toMatchObject({ kind: 'conflict', reason: { code }, offers });
    await synchronize(scene.admin);
    // What concerns everybody comes last.
    const order = numbers.sort(
      (a, b) => Number(offers[a] === 'allow-linking') - Number(offers[b] === 'allow-linking'),
    );
    for (const n of order) await takeOffer(scene, ids[n] ?? '', n, offers[n] ?? '');
    await synchronize(scene.admin);
    for (const id of ids) {
      // It says that this is the first of two steps.
      const { kind, reason } = await explained(scene, id);
      if (kind === 'conflict' && code === 'given-away-needs-address') {
        expect(reason.code).toBe('given-away');
        await takeOffer(scene, id, 0, 'separate');
      }
    }
    await synchronize(scene.admin);
    const outcomes = await Promise.all(
      ids.map(async (id, n) => ({ offer: offers[n], kind: (await explained(scene, id)).kind })),
    );
    const wanted = offers.map((offer) => ({ offer, kind: offer === 'exclude' ? 'excluded' : 'nothing' }));
    expect(outcomes).toEqual(wanted);
  });
});

async function undone(runId: string): Promise<string> {
  return (await undoneBy(scene.admin, runId)).id;
}

async function queuedIds(): Promise<string[]> {
  const rows = await scene.dataSource.query<{ id: string }[]>(
    'SELECT directory_user_id AS id FROM sync_queue WHERE workspace_id = $1',
    [scene.id],
  );
  return rows.map(({ id }) => id);
}
