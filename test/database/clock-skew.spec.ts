import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseClock, type MachineTime } from '../../src/database/database-clock.ts';
import { alignIds } from '../../src/database/ids.ts';
import { WatchConnection } from '../../src/database/watch-connection.ts';
import type { NightlyService } from '../../src/sync/workers/nightly.service.ts';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, eventually, type Run, synchronize } from '../harness/synchronize.ts';
import {
  adminClient,
  givenWorkspace,
  scimClient,
  startAutomaticSync,
  type TestWorkspace,
} from '../harness/workspace.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A machine whose clocks can be turned. */
class TurnedMachine implements MachineTime {
  wallAheadMs: number;
  monotonicAheadMs = 0;

  constructor(wallAheadMs: number) {
    this.wallAheadMs = wallAheadMs;
  }

  wallMs(): number {
    return Date.now() + this.wallAheadMs;
  }

  monotonicMs(): number {
    return performance.now() + this.monotonicAheadMs;
  }
}

let databaseUrl: string;
let skewed: { machine: TurnedMachine; clock: DatabaseClock; service: Service<DatabaseClock> };
let right: Service<DatabaseClock>;
let workspace: TestWorkspace;

beforeAll(async () => {
  databaseUrl = (await cloneDatabase()).url;
  const machine = new TurnedMachine(hourMs);
  const clock = clockOf(machine);
  skewed = { machine, clock, service: await startService({ clock, databaseUrl }) };
  right = await startService({ clock: clockOf(new TurnedMachine(0)), databaseUrl });
  workspace = await givenWorkspace(skewed.service);
  await startAutomaticSync(workspace.admin);
});

afterEach(() => alignIds(0));

function clockOf(machine: MachineTime): DatabaseClock {
  const watch = new WatchConnection(databaseUrl);
  closeBeforeDrop(() => watch.beforeApplicationShutdown());
  return new DatabaseClock(watch, machine);
}

function offMs(clock: DatabaseClock): number {
  return Math.abs(clock.now().getTime() - Date.now());
}

describe('a machine whose clock is an hour ahead of the database', () => {
  it('shows people to other machines in their preview, and synchronizes them', async () => {
    const admin = adminClient(right, workspace.adminToken);
    await givenPerson(scimClient(skewed.service, workspace.token), 'ada@example.com');
    const { body } = await admin.get('/api/sync-preview').expect(200);
    expect(body.summary?.create).toBe(1);
    await synchronize(admin);
    expect((await allMembers(admin)).map(({ email }) => email)).toEqual(['ada@example.com']);
  });

  it('writes the history of people in the order of what happened', async () => {
    const id = await givenPerson(scimClient(skewed.service, workspace.token), 'bob@example.com');
    await scimClient(right, workspace.token).delete(`/Users/${id}`).expect(204);
    const events = await right.dataSource.query<{ kind: string }[]>(
      `SELECT kind FROM directory_event WHERE workspace_id = $1 AND resource_id = $2 ORDER BY id`,
      [workspace.id, id],
    );
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'deleted']);
  });

  it('starts no night before it is due', async () => {
    const day = await planned(new Date(Date.now() + hourMs / 2));
    await skewed.service.provider<NightlyService>('NightlyService').tick();
    expect(await nextSyncAt()).toEqual(day);
    expect(await nightlyRuns()).toEqual([]);
  });

  it('takes the time from the database again when its clocks leap', async () => {
    expect(offMs(skewed.clock)).toBeLessThan(1_000);
    skewed.machine.wallAheadMs = 3 * dayMs;
    expect(offMs(skewed.clock)).toBeLessThan(1_000);
    skewed.machine.monotonicAheadMs = 3 * dayMs;
    await eventually(() => Promise.resolve(offMs(skewed.clock) < 1_000 ? true : null));
  });
});

describe('a night that a wrong clock planned days ahead', () => {
  it('is planned for the coming night again', async () => {
    await planned(new Date(Date.now() + 3 * dayMs));
    await right.provider<NightlyService>('NightlyService').tick();
    const next = await nextSyncAt();
    expect(next.getTime() - Date.now()).toBeLessThanOrEqual(25 * hourMs);
    expect(next.getTime()).toBeGreaterThan(Date.now());
  });
});

async function planned(at: Date): Promise<Date> {
  await right.dataSource.query('UPDATE workspace SET next_sync_at = $2 WHERE id = $1', [workspace.id, at]);
  return at;
}

async function nextSyncAt(): Promise<Date> {
  const [row] = await right.dataSource.query<{ next_sync_at: Date }[]>(
    'SELECT next_sync_at FROM workspace WHERE id = $1',
    [workspace.id],
  );
  return row?.next_sync_at ?? new Date(0);
}

async function nightlyRuns(): Promise<Run[]> {
  const { body } = await adminClient(right, workspace.adminToken).get('/api/sync-runs').expect(200);
  return body.items.filter(({ trigger }) => trigger === 'nightly');
}
