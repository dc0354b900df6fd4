import { beforeAll, describe, expect, it } from '@jest/globals';
import { NightlyService } from '../src/sync/nightly.service.ts';
import { FakeClock } from './harness/fake-clock.ts';
import { givenPerson } from './harness/directory-person.ts';
import { type Service, startService } from './harness/service.ts';
import { allMembers, eventually, type Run } from './harness/synchronize.ts';
import { adminClient, givenWorkspace, signIn, type TestWorkspace } from './harness/workspace.ts';

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
      const runs = await eventually(async () => {
        const found = await nightlyRuns(workspace);
        return found.length > 0 && found.every(({ state }) => state === 'succeeded') ? found : null;
      });
      expect(runs).toMatchObject([{ trigger: 'nightly', requestedBy: 'system', counts: { create: 1 } }]);
      expect(await allMembers(await signedIn(workspace))).toHaveLength(1);
    }
  });

  it('catches up once on nights that were missed', async () => {
    const workspace = await given('Missed', 'Europe/Berlin');
    clock.advance({ days: 5 });
    await tickEverywhere();
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toHaveLength(1);
    clock.advance({ days: 1 });
    await tickEverywhere();
    await eventually(async () => ((await nightlyRuns(workspace)).length === 2 ? true : null));
  });

  it('follows a run into which it falls', async () => {
    const workspace = await given('Busy', 'UTC');
    await givenPerson(workspace.scim, 'ada@example.com');
    const [service] = services;
    const setState = (state: string) =>
      service?.dataSource.query(
        `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
         VALUES ($1, $1, 'manual', $2, 'x', $3, 'infinity')
         ON CONFLICT (workspace_id, id) DO UPDATE SET state = excluded.state`,
        [workspace.id, state, clock.now()],
      );
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

  it('leaves workspaces alone where provisioning is off', async () => {
    const workspace = await given('Off', 'UTC');
    await (await signedIn(workspace)).post('/api/user-provisioning/deactivate').expect(200);
    clock.advance({ days: 2 });
    await tickEverywhere();
    expect(await nightlyRuns(workspace)).toEqual([]);
  });
});

async function given(name: string, timeZone: string, dailySyncAt = '02:00'): Promise<TestWorkspace> {
  const [service] = services;
  if (service === undefined) throw new Error('No service');
  const workspace = await givenWorkspace(service, { name });
  await workspace.admin.patch('/api/user-provisioning/settings', { timeZone, dailySyncAt }).expect(200);
  return workspace;
}

function tickEverywhere(): Promise<unknown> {
  return Promise.all(services.map(({ app }) => app.get(NightlyService).tick()));
}

/** Sessions do not last for days: signs the admin in again. */
async function signedIn({ id }: TestWorkspace) {
  const [service] = services;
  if (service === undefined) throw new Error('No service');
  return adminClient(service, await signIn(service, id));
}

async function nightlyRuns(workspace: TestWorkspace): Promise<Run[]> {
  const { body } = await (await signedIn(workspace)).get('/api/sync-runs').expect(200);
  return (body as { items: Run[] }).items.filter(({ trigger }) => trigger === 'nightly');
}
