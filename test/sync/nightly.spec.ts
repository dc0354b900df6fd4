import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LeaversService } from '../../src/sync/workers/leavers.service.ts';
import type { NightlyService } from '../../src/sync/workers/nightly.service.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, eventually, type Run, synchronize } from '../harness/synchronize.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import {
  activate,
  adminClient,
  givenWorkspace,
  scimClient,
  signIn,
  startAutomaticSync,
  type TestWorkspace,
} from '../harness/workspace.ts';

const clock = new FakeClock('2026-11-24T09:00:00.000Z');
let services: Service[];

beforeAll(async () => {
  const first = await startService({ clock });
  const others = [1, 2].map(() => startService({ clock, databaseUrl: first.databaseUrl }));
  services = [first, ...(await Promise.all(others))];
});

describe('the nightly synchronization', () => {
  it('runs once per workspace and night, whichever of three processes looks', async () => {
    const workspaces = [await given('Berlin', 'Europe/Berlin'), await given('Tokyo', 'Asia/Tokyo')];
    for (const { scim } of workspaces) await givenPerson(scim, 'ada@example.com');
    await tickEverywhere();
    for (const workspace of workspaces) expect(await nightlyRuns(workspace)).toEqual([]);
    clock.advance({ hours: 23 });
    await tickEverywhere();
    await tickEverywhere();
    for (const workspace of workspaces) {
      const runs = await endedNightlyRuns(workspace);
      expect(runs).toMatchObject([{ trigger: 'nightly', requestedBy: 'system', counts: { create: 1 } }]);
      expect(await allMembers(await signedIn(workspace))).toHaveLength(1);
    }
  });

  it('catches up once on nights that were missed', async () => {
    const workspace = await given('Missed', 'Europe/Berlin');
    clock.advance({ days: 5 });
    await tickEverywhere();
    await tickEverywhere();
    // A night that falls into a run would wait for the next look.
    expect(await endedNightlyRuns(workspace)).toHaveLength(1);
    clock.advance({ days: 1 });
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toHaveLength(2);
  });

  it('follows a run into which it falls', async () => {
    const workspace = await given('Busy', 'UTC');
    await givenPerson(workspace.scim, 'ada@example.com');
    const setState = (state: string) => setRunOfSomebody(workspace, state);
    await setState('running');
    clock.advance({ days: 1 });
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toEqual([]);
    await setState('succeeded');
    await tickEverywhere();
    await tickEverywhere();
    const runs = await eventually(async () => {
      const found = await nightlyRuns(workspace);
      return found[0]?.state === 'succeeded' ? found : null;
    });
    expect(runs).toMatchObject([{ counts: { create: 1 } }]);
  });

  it('comes at the hour that the workspace has set', async () => {
    clock.set('2026-12-10T20:00:00Z');
    const workspace = await given('Late', 'UTC', '22:00');
    clock.set('2026-12-10T21:59:00Z');
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toEqual([]);
    clock.set('2026-12-10T23:00:01Z');
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toHaveLength(1);
  });

  it('comes at each time of the day that the workspace has set, once whichever process looks, and says when next', async () => {
    clock.set('2026-12-12T00:30:00Z');
    const workspace = await given('Often', 'UTC');
    const times = { schedule: { which: 'times', times: ['12:00', '06:00'] } } as const;
    await workspace.admin.patch('/api/user-provisioning/settings', times).expect(200);
    const seen: string[] = [];
    for (const at of [
      '2026-12-12T05:59:00Z',
      '2026-12-12T06:15:01Z',
      '2026-12-12T12:15:01Z',
      '2026-12-13T06:15:01Z',
    ]) {
      clock.set(at);
      await tickEverywhere();
      await tickEverywhere();
      if ((await nightlyRuns(workspace)).length > 0) await endedNightlyRuns(workspace);
      const { nextSyncAt } = (await automatic(workspace)) as { nextSyncAt: string };
      seen.push(`${(await nightlyRuns(workspace)).length} ${nextSyncAt.slice(8, 14)}`);
    }
    expect(seen).toEqual(['0 12T06:', '1 12T12:', '2 13T06:', '3 13T12:']);
  });

  it('comes every hour, makes up once for what was missed, and comes earlier again after a wrong clock', async () => {
    clock.set('2026-12-14T00:30:00Z');
    const workspace = await given('Hourly', 'UTC');
    const hourly = { schedule: { which: 'hours', everyHours: 1 } } as const;
    await workspace.admin.patch('/api/user-provisioning/settings', hourly).expect(200);
    for (const [at, runs] of [
      ['2026-12-14T01:15:01Z', 1],
      ['2026-12-14T02:15:01Z', 2],
      ['2026-12-14T07:50:00Z', 3],
    ] as const) {
      clock.set(at);
      await tickEverywhere();
      expect(await endedNightlyRuns(workspace)).toHaveLength(runs);
    }
    const late = '2026-12-14T20:00:00Z';
    await firstService().dataSource.query('UPDATE workspace SET next_sync_at = $2 WHERE id = $1', [
      workspace.id,
      late,
    ]);
    await tickEverywhere();
    expect(await automatic(workspace)).toMatchObject({
      nextSyncAt: expect.stringMatching(/^2026-12-14T08:/),
    });
    const daily = { schedule: { which: 'daily' } } as const;
    await (await signedIn(workspace)).patch('/api/user-provisioning/settings', daily).expect(200);
    expect(await automatic(workspace)).toMatchObject({
      nextSyncAt: expect.stringMatching(/^2026-12-15T02:/),
    });
  });

  it('gives an hourly workspace one place in the line: one that is still busy neither piles up runs nor holds up others', async () => {
    clock.set('2026-12-16T00:30:00Z');
    const hourly = { schedule: { which: 'hours', everyHours: 1 } } as const;
    const busy = await given('Busy for hours', 'UTC');
    const other = await given('Other', 'UTC');
    for (const { admin } of [busy, other]) {
      await admin.patch('/api/user-provisioning/settings', hourly).expect(200);
    }
    const setState = (state: string) => setRunOfSomebody(busy, state);
    await setState('running');
    for (let hour = 1; hour <= 5; hour += 1) {
      clock.set(`2026-12-16T0${hour}:15:01Z`);
      await tickEverywhere();
      expect(await endedNightlyRuns(other)).toHaveLength(hour);
    }
    expect(await nightlyRuns(busy)).toEqual([]);
    await setState('succeeded');
    await tickEverywhere();
    expect(await endedNightlyRuns(busy)).toHaveLength(1);
    clock.set('2026-12-16T06:15:01Z');
    await tickEverywhere();
    expect(await endedNightlyRuns(busy)).toHaveLength(2);
    expect(await endedNightlyRuns(other)).toHaveLength(6);
  });

  it('leaves workspaces alone where provisioning is off', async () => {
    const workspace = await given('Off', 'UTC');
    await (await signedIn(workspace)).post('/api/user-provisioning/deactivate').expect(200);
    clock.advance({ days: 2 });
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toEqual([]);
  });
});

describe('automatic synchronization', () => {
  it('begins with the first run by hand, and not before', async () => {
    const workspace = await givenWorkspace(firstService(), { name: 'New' });
    await givenPerson(workspace.scim, 'ada@example.com');
    expect(await automatic(workspace)).toEqual({ automaticSync: 'not_started', nextSyncAt: null });
    clock.advance({ days: 3 });
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toEqual([]);
    await synchronize(await signedIn(workspace));
    expect(await automatic(workspace)).toEqual({ automaticSync: 'on', nextSyncAt: expect.any(String) });
    clock.advance({ days: 1 });
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toHaveLength(1);
  });

  it('begins with an admin who starts it without a run by hand', async () => {
    const workspace = await given('Started', 'UTC');
    await givenPerson(workspace.scim, 'ada@example.com');
    clock.advance({ days: 1 });
    await tickEverywhere();
    await eventually(async () => ((await nightlyRuns(workspace))[0]?.state === 'succeeded' ? true : null));
    expect(await auditOf(workspace, 'automatic-sync.started')).toBe(1);
  });

  it('is left alone by a changed hour before it has begun', async () => {
    const workspace = await givenWorkspace(firstService(), { name: 'Hour' });
    await workspace.admin.patch('/api/user-provisioning/settings', { dailySyncAt: '04:00' }).expect(200);
    expect(await automatic(workspace)).toEqual({ automaticSync: 'not_started', nextSyncAt: null });
  });

  it('pauses for nights and leavers, over a run by hand too, and makes up when it goes on', async () => {
    const workspace = await given('Paused', 'UTC');
    const ids = [await givenPerson(workspace.scim, 'ada@example.com')];
    ids.push(await givenPerson(workspace.scim, 'bob@example.com'));
    await synchronize(await signedIn(workspace));
    const path = '/api/user-provisioning/automatic-sync';
    const paused = await (await signedIn(workspace)).post(`${path}/pause`).expect(200);
    expect(paused.body).toEqual({ automaticSync: 'paused', nextSyncAt: null });
    await changePerson(workspace.scim, ids[0] ?? '', { active: false });
    clock.advance({ days: 2 });
    await tickEverywhere();
    await lookedTwice();
    expect(await nightlyRuns(workspace)).toEqual([]);
    expect(await active(workspace)).toBe(2);
    expect((await synchronize(await signedIn(workspace))).counts).toMatchObject({ deactivate: 1 });
    await changePerson(workspace.scim, ids[1] ?? '', { active: false });
    await lookedTwice();
    expect(await automatic(workspace)).toEqual({ automaticSync: 'paused', nextSyncAt: null });
    expect(await active(workspace)).toBe(1);
    const admin = await signedIn(workspace);
    await startAutomaticSync(admin);
    await eventually(async () => ((await allMembers(admin, '&status=active')).length === 0 ? true : null));
    expect(await auditOf(workspace, 'automatic-sync.paused')).toBe(1);
  });

  it('waits again for the admin when provisioning was off in between, leavers included', async () => {
    const workspace = await given('Again', 'UTC');
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(await signedIn(workspace));
    await (await signedIn(workspace)).post('/api/user-provisioning/deactivate').expect(200);
    const scim = scimClient(firstService(), await activate(await signedIn(workspace)));
    await changePerson(scim, id, { active: false });
    await lookedTwice();
    expect(await automatic(workspace)).toEqual({ automaticSync: 'not_started', nextSyncAt: null });
    expect(await active(workspace)).toBe(1);
    // The run of an admin starts automatic synchronization, and the lane of leavers would be faster than the run.
    const admin = await signedIn(workspace);
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    expect((await synchronize(admin)).counts).toMatchObject({ deactivate: 1 });
  });

  it('cannot be started or paused where provisioning is off', async () => {
    const { admin } = await givenWorkspace(firstService(), { active: false });
    for (const change of ['start', 'pause']) {
      const { body } = await admin.post(`/api/user-provisioning/automatic-sync/${change}`).expect(409);
      expect(body).toMatchObject({ type: expect.stringContaining('not-active') });
    }
  });
});

async function given(name: string, timeZone: string, dailySyncAt = '02:00'): Promise<TestWorkspace> {
  const workspace = await givenWorkspace(firstService(), { name });
  await startAutomaticSync(workspace.admin);
  await workspace.admin.patch('/api/user-provisioning/settings', { timeZone, dailySyncAt }).expect(200);
  return workspace;
}

/** A run that somebody asked for and that no process goes on with, in this state. */
function setRunOfSomebody({ id }: TestWorkspace, state: string): Promise<unknown> {
  return firstService().dataSource.query(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
     VALUES ($1, $1, 'manual', $2, 'x', $3, 'infinity')
     ON CONFLICT (workspace_id, id) DO UPDATE SET state = excluded.state`,
    [id, state, clock.now()],
  );
}

function firstService(): Service {
  const [service] = services;
  if (service === undefined) throw new Error('No service');
  return service;
}

/** Every process has looked for leavers since. */
async function lookedTwice(): Promise<void> {
  for (let look = 0; look < 2; look += 1) {
    await Promise.all(services.map((service) => service.provider<LeaversService>('LeaversService').tick()));
  }
}

async function automatic(workspace: TestWorkspace): Promise<unknown> {
  const { body } = await (await signedIn(workspace)).get('/api/user-provisioning').expect(200);
  const { automaticSync, nextSyncAt } = body;
  return { automaticSync, nextSyncAt };
}

async function active(workspace: TestWorkspace): Promise<number> {
  return (await allMembers(await signedIn(workspace), '&status=active')).length;
}

async function auditOf(workspace: TestWorkspace, action: string): Promise<number> {
  const { body } = await (await signedIn(workspace)).get('/api/audit-log?limit=200').expect(200);
  return body.items.filter((entry) => entry.action === action).length;
}

function tickEverywhere(): Promise<unknown> {
  return Promise.all(services.map((service) => service.provider<NightlyService>('NightlyService').tick()));
}

/** Sessions do not last for days: signs the admin in again. */
async function signedIn({ id }: TestWorkspace) {
  return adminClient(firstService(), await signIn(firstService(), id));
}

async function nightlyRuns(workspace: TestWorkspace): Promise<Run[]> {
  const { body } = await (await signedIn(workspace)).get('/api/sync-runs').expect(200);
  return body.items.filter(({ trigger }) => trigger === 'nightly');
}

/** The nightly runs of a workspace that has some, once all have come to a good end. */
function endedNightlyRuns(workspace: TestWorkspace): Promise<Run[]> {
  return eventually(async () => {
    const found = await nightlyRuns(workspace);
    return found.length > 0 && found.every(({ state }) => state === 'succeeded') ? found : null;
  });
}
