import { beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { startService } from '../harness/service.ts';
import { allMembers, eventually, type Run, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';
import { adminClient, signIn, startAutomaticSync } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);

describe('leavers at once', () => {
  it.each([
    ['deactivated', (id: string) => changePerson(workspace.scim, id, { active: false })],
    ['deleted', async (id: string) => void (await workspace.scim.delete(`/Users/${id}`).expect(204))],
  ])('switches off a member whose directory user is %s, within 5 seconds', async (how, leave) => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    const begun = performance.now();
    await leave(id);
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
    expect(performance.now() - begun).toBeLessThan(5000);
    const [run] = await runs();
    expect(run).toMatchObject({ trigger: 'leaver', state: 'succeeded', counts: { deactivate: 1 } });
    const { body } = await workspace.admin.get(`/api/sync-runs/${run?.id}/changes`).expect(200);
    expect(body).toMatchObject({
      items: [{ kind: 'deactivate', directoryUserId: id, reason: { code: `leaver-${how}` } }],
    });
  });

  it('does not wait for a run that is under way', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await service.dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
       VALUES ($1, gen_random_uuid(), 'nightly', 'running', 'x', $2, $3)`,
      [workspace.id, service.clock.now(), new Date(service.clock.now().getTime() + 600_000)],
    );
    await changePerson(workspace.scim, id, { active: false });
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
  });

  it('leaves joiners to the run, and makes no run of leavers who never were members', async () => {
    await startAutomaticSync(workspace.admin);
    await givenPerson(workspace.scim, 'ada@example.com');
    await givenPerson(workspace.scim, 'bob@example.com', { active: false });
    await eventually(async () => ((await queued('leaver')) === 0 ? true : null));
    expect(await allMembers(workspace.admin)).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  it('leaves a returner to the run whose address is only free after somebody has left in that run', async () => {
    const { admin, scim } = workspace;
    const ada = await givenPerson(scim, 'ada@example.com');
    const bob = await givenPerson(scim, 'bob@example.com');
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
    const settings = { leavers: 'next_sync', onLeave: 'delete', graceDays: 0 };
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    await changePerson(scim, bob, { active: false });
    await changePerson(scim, ada, { active: true, 'emails[type eq "work"].value': 'bob@example.com' });
    await eventually(async () => ((await queued('returner')) === 0 ? true : null));
    expect((await synchronize(admin)).counts).toMatchObject({ reactivate: 1, remove: 1, conflict: 0 });
    expect(await allMembers(admin)).toMatchObject([{ displayName: 'ada', email: 'bob@example.com' }]);
  });

  it('derives nothing from a tombstone', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com', { emails: [] });
    await synchronize(workspace.admin);
    const userName = '0123456789abcdef0123456789abcdefada@example.com';
    await changePerson(workspace.scim, id, { userName, active: false });
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
    expect(await deactivated()).toMatchObject([{ email: 'ada@example.com', displayName: 'ada' }]);
  });

  it('brings the same member back when the identity provider does', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    const [before] = await allMembers(workspace.admin);
    await changePerson(workspace.scim, id, { active: false });
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
    await changePerson(workspace.scim, id, { active: true });
    await eventually(async () => ((await deactivated()).length === 0 ? true : null));
    expect(await allMembers(workspace.admin)).toMatchObject([{ id: before?.id, status: 'active' }]);
  });

  it('handles each leaver once when several processes look', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl });
    const ids: string[] = [];
    for (let n = 0; n < 8; n += 1) ids.push(await givenPerson(workspace.scim, `p${n}@example.com`));
    await synchronize(workspace.admin);
    await Promise.all(ids.map((id) => changePerson(workspace.scim, id, { active: false })));
    await eventually(async () => ((await deactivated()).length === 8 ? true : null));
    const [row] = await service.dataSource.query<{ changes: number }[]>(
      `SELECT count(*)::int AS changes FROM sync_change WHERE workspace_id = $1 AND kind = 'deactivate'`,
      [workspace.id],
    );
    expect(row?.changes).toBe(8);
    await other.stop();
  });
});

describe('returners at once', () => {
  const externalId = 'ada-1';
  const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada@example.com' };

  it.each([
    ['PATCH', (id: string) => changePerson(workspace.scim, id, { active: true })],
    [
      'PUT',
      async (id: string) =>
        void (await workspace.scim
          .put(`/Users/${id}`, { ...user, externalId, active: true, emails: [{ value: user.userName }] })
          .expect(200)),
    ],
    [
      'POST of the same externalId',
      async () =>
        void (await workspace.scim
          .post('/Users', { ...user, externalId, active: true, emails: [{ value: user.userName }] })
          .expect(201)),
    ],
  ])(
    'gives a member who is active again by a %s their access back, without a run',
    async (_how, comeBack) => {
      const { id, memberId } = await given();
      await changePerson(workspace.scim, id, { active: false });
      await eventually(async () => ((await deactivated()).length === 1 ? true : null));
      await comeBack(id);
      await changePerson(workspace.scim, id, { title: 'Back again' });
      await eventually(async () => ((await deactivated()).length === 0 ? true : null));
      expect(await allMembers(workspace.admin)).toMatchObject([{ id: memberId, status: 'active' }]);
      const [run] = await runs();
      expect(run).toMatchObject({ trigger: 'returner', state: 'succeeded', counts: { reactivate: 1 } });
      const { body } = await workspace.admin.get(`/api/sync-runs/${run?.id}/changes`).expect(200);
      expect(body).toMatchObject({ items: [{ kind: 'reactivate', reason: { code: 'reactivated' } }] });
    },
  );

  it('gives nobody access back before the time at which it was asked for', async () => {
    const ids: string[] = [];
    for (const name of ['bob', 'cleo']) ids.push(await givenPerson(workspace.scim, `${name}@example.com`));
    const [bob = '', cleo = ''] = ids;
    await synchronize(workspace.admin);
    for (const id of ids) await changePerson(workspace.scim, id, { active: false });
    await eventually(async () => ((await deactivated()).length === 2 ? true : null));
    // What is queued for the next run keeps its time when it becomes urgent.
    await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    await changePerson(workspace.scim, cleo, { title: 'Away' });
    const seats = new pg.Client({ connectionString: service.databaseUrl });
    await seats.connect();
    await seats.query('BEGIN');
    await seats.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('seat-limit:' || '${workspace.id}', 0))`,
    );
    await changePerson(workspace.scim, bob, { active: true });
    await eventually(async () => ((await waitingStatements(service.dataSource)) > 0 ? true : null));
    service.clock.advance({ seconds: 5 });
    await changePerson(workspace.scim, cleo, { active: true });
    await seats.query('ROLLBACK');
    await seats.end();
    await eventually(async () => ((await deactivated()).length === 0 ? true : null));
    const rows = await service.dataSource.query<{ asked: Date; given: Date }[]>(
      `SELECT c.at AS given, (SELECT max(at) FROM directory_event
         WHERE workspace_id = c.workspace_id AND resource_id = c.directory_user_id) AS asked
       FROM sync_change c WHERE c.workspace_id = $1 AND c.kind = 'reactivate'`,
      [workspace.id],
    );
    expect(rows).toHaveLength(2);
    for (const { asked, given: at } of rows) expect(at.getTime()).toBeGreaterThanOrEqual(asked.getTime());
  });

  it('brings back the same member of somebody who was deleted and is made again', async () => {
    const { id, memberId } = await given();
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
    await givenPerson(workspace.scim, 'ada@example.com', { externalId });
    await eventually(async () => ((await deactivated()).length === 0 ? true : null));
    expect(await allMembers(workspace.admin)).toMatchObject([{ id: memberId, status: 'active' }]);
    expect(await runs()).toMatchObject([
      { trigger: 'returner' },
      { trigger: 'leaver' },
      { trigger: 'manual' },
    ]);
  });

  it('leaves to the run who was inactive and never a member', async () => {
    await given();
    const id = await givenPerson(workspace.scim, 'bob@example.com', { active: false });
    await changePerson(workspace.scim, id, { active: true });
    await eventually(async () => ((await queued('returner')) === 0 ? true : null));
    expect(await allMembers(workspace.admin)).toHaveLength(1);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ create: 1 });
  });

  it('settles a held removal of somebody who comes back with other data', async () => {
    const { id } = await given();
    const removalGuard = { percent: 0, atLeast: 0 };
    await workspace.admin.patch('/api/user-provisioning/settings', { removalGuard }).expect(200);
    await changePerson(workspace.scim, id, { active: false });
    const held = await eventually(async () => (await runs()).find(({ state }) => isWaiting(state)) ?? null);
    await changePerson(workspace.scim, id, { active: true, title: 'Still here' });
    await eventually(async () => {
      const { body } = await workspace.admin.get(`/api/sync-runs/${held.id}`).expect(200);
      return body.state === 'succeeded' ? true : null;
    });
    expect(await allMembers(workspace.admin)).toMatchObject([{ status: 'active', jobTitle: 'Still here' }]);
  });

  async function given(): Promise<{ id: string; memberId: string | undefined }> {
    const id = await givenPerson(workspace.scim, 'ada@example.com', { externalId });
    await synchronize(workspace.admin);
    return { id, memberId: (await allMembers(workspace.admin))[0]?.id };
  }
});

describe('returners at the next sync', () => {
  it('wait for the run, while leavers do not', async () => {
    await workspace.admin.patch('/api/user-provisioning/settings', { returners: 'next_sync' }).expect(200);
    const ids = [await givenPerson(workspace.scim, 'ada@example.com')];
    ids.push(await givenPerson(workspace.scim, 'bob@example.com'));
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ids[0] ?? '', { active: false });
    await eventually(async () => ((await deactivated()).length === 1 ? true : null));
    await changePerson(workspace.scim, ids[0] ?? '', { active: true });
    await changePerson(workspace.scim, ids[1] ?? '', { active: false });
    await eventually(async () => ((await deactivated()).length === 2 ? true : null));
    expect(await queued('returner')).toBe(1);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ reactivate: 1 });
  });
});

describe('leavers at the next sync', () => {
  it('wait for the run', async () => {
    await workspace.admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { active: false });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await deactivated()).toEqual([]);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 1 });
    expect(await deactivated()).toHaveLength(1);
  });
});

describe('deletion after a grace period', () => {
  beforeEach(async () => {
    await workspace.admin
      .patch('/api/user-provisioning/settings', { onLeave: 'delete', graceDays: 30, leavers: 'next_sync' })
      .expect(200);
  });

  it('removes a leaver when it is over, and frees their address', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await workspace.scim.delete(`/Users/${id}`).expect(204);
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 1, remove: 0 });
    service.clock.advance({ days: 29 });
    const admin = await renewed();
    expect((await synchronize(admin)).counts).toMatchObject({ remove: 0 });
    service.clock.advance({ days: 2 });
    const later = await renewed();
    expect((await synchronize(later)).counts).toMatchObject({ remove: 1 });
    expect(await allMembers(later)).toEqual([]);
    await later.post('/api/members', { email: 'ada@example.com' }).expect(201);
  });

  it.each(['deactivated', 'deleted'])(
    'begins for who was %s before, when the setting changes to deletion',
    async (how) => {
      await workspace.admin.patch('/api/user-provisioning/settings', { onLeave: 'deactivate' }).expect(200);
      const id = await givenPerson(workspace.scim, 'ada@example.com');
      await synchronize(workspace.admin);
      if (how === 'deleted') await workspace.scim.delete(`/Users/${id}`).expect(204);
      else await changePerson(workspace.scim, id, { active: false });
      await synchronize(workspace.admin);
      service.clock.advance({ days: 40 });
      const admin = await renewed();
      await admin.patch('/api/user-provisioning/settings', { onLeave: 'delete' }).expect(200);
      expect((await synchronize(admin)).counts).toMatchObject({ remove: 0 });
      service.clock.advance({ days: 29 });
      expect((await synchronize(await renewed())).counts).toMatchObject({ remove: 0 });
      service.clock.advance({ days: 2 });
      expect((await synchronize(await renewed())).counts).toMatchObject({ remove: 1 });
    },
  );

  it('is cancelled by a return', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { active: false });
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { active: true });
    await synchronize(workspace.admin);
    service.clock.advance({ days: 31 });
    const admin = await renewed();
    expect((await synchronize(admin)).counts).toMatchObject({ remove: 0 });
    expect(await allMembers(admin)).toMatchObject([{ status: 'active' }]);
  });
});

/** Sessions do not last for days: signs the admin in again. */
async function renewed() {
  return adminClient(service, await signIn(service, workspace.id));
}

function deactivated() {
  return allMembers(workspace.admin, '&status=deactivated');
}

async function runs(): Promise<Run[]> {
  const { body } = await workspace.admin.get('/api/sync-runs').expect(200);
  return body.items;
}

function isWaiting(state: string): boolean {
  return state === 'awaiting_approval';
}

async function queued(reason: string): Promise<number> {
  const [row] = await service.dataSource.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM sync_queue WHERE workspace_id = $1 AND reason = $2`,
    [workspace.id, reason],
  );
  return row?.count ?? 0;
}
