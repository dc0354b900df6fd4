import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../statistics.ts';
import { changeTitles, forgetMembers, queueAll, seedDirectory } from './company.ts';
import { floorOfNewPeople } from './floor.ts';
import { scimLatency } from './scim-latency.ts';
import { type BenchService, type BenchWorkspace, givenBenchWorkspace } from './service.ts';
import { type Cost, costOf, synchronize, timed, undo } from './watch.ts';

const oneInHundred = 100;
const warmUpPeople = 5_000;
const smallPeople = 10_000;
const quietRounds = 9;
const changedRounds = 5;
const latencyBaselineMs = 10_000;
const pollMs = 20;
/** A run that has nothing to do takes a few milliseconds. */
const closePollMs = 1;

/** How large the companies are; `largestPeople` 0 leaves the largest out. */
export interface Size {
  people: number;
  largestPeople: number;
}

/** Everything that was measured; times in milliseconds. */
export interface SyncMeasurements {
  size: Size;
  run: Cost;
  floor: Cost;
  preview: { firstPageMs: number; countsMs: number; againMs: number };
  quiet: { people: number; ms: number }[];
  changed: { people: number; changedMs: number; newMs: number };
  undone: { people: number; ms: number }[];
  largest: Cost | null;
  scim: { withoutP95Ms: number; duringP95Ms: number; requestsDuring: number };
}

/** Measures everything, one after the other. @param onProgress told what is being done */
export async function measureAll(
  service: BenchService,
  size: Size,
  onProgress: (what: string) => void,
): Promise<SyncMeasurements> {
  onProgress('Warming up');
  await settled(service, await company(service, 'Warm-up', warmUpPeople));
  const small = await company(service, 'Small', smallPeople);
  await settled(service, small);
  onProgress(`Previewing and synchronizing ${size.people} people`);
  const workspace = await company(service, 'Company', size.people);
  const preview = await measurePreview(workspace);
  const run = await costOf(service, () => synchronize(workspace, pollMs));
  onProgress('The same in plain SQL');
  let floor: Cost | null = null;
  await floorOfNewPeople(service.sql, workspace.id, async (work) => {
    floor = await costOf(service, work);
  });
  if (floor === null) throw new Error('The floor was not measured');
  onProgress('SCIM requests while a run goes on');
  const scim = await measureScim(service, workspace, size.people);
  onProgress('Changes, and nothing to do');
  const changed = await measureChanged(service, workspace, size.people);
  const quiet = [{ people: smallPeople, ms: await quietMs(small) }];
  if (size.largestPeople === 0) quiet.push({ people: size.people, ms: await quietMs(workspace) });
  onProgress('Taking runs back');
  const undone = [await measureUndo(service, small, smallPeople)];
  if (size.people > smallPeople) undone.push(await measureUndo(service, workspace, size.people));
  let largest: Cost | null = null;
  if (size.largestPeople > 0) {
    onProgress(`Synchronizing ${size.largestPeople} people`);
    const whole = await company(service, 'Largest', size.largestPeople);
    largest = await costOf(service, () => synchronize(whole, pollMs));
    // What such a large company has left to be written to disk is not part of the next run.
    await service.sql.query('VACUUM ANALYZE');
    await service.sql.query('CHECKPOINT');
    quiet.push({ people: size.largestPeople, ms: await quietMs(whole) });
  }
  return { size, run, floor, preview, quiet, changed, undone, largest, scim };
}

async function company(service: BenchService, name: string, people: number): Promise<BenchWorkspace> {
  const workspace = await givenBenchWorkspace(service, name);
  await seedDirectory(service.sql, workspace.id, people);
  await service.sql.query('VACUUM ANALYZE');
  return workspace;
}

/** Has everybody synchronized, and does what autovacuum would do within the next minute. */
async function settled(service: BenchService, workspace: BenchWorkspace): Promise<void> {
  await synchronize(workspace, pollMs);
  await service.sql.query('VACUUM ANALYZE');
}

async function measurePreview({ admin }: BenchWorkspace): Promise<SyncMeasurements['preview']> {
  return {
    firstPageMs: await timed(() => admin('GET', '/api/sync-preview?limit=50&counts=later')),
    countsMs: await timed(() => admin('GET', '/api/user-provisioning')),
    againMs: await timed(() => admin('GET', '/api/sync-preview?limit=50')),
  };
}

/** How long it takes to take back a run that changed everybody. */
async function measureUndo(
  { sql }: BenchService,
  workspace: BenchWorkspace,
  people: number,
): Promise<SyncMeasurements['undone'][number]> {
  await changeTitles(sql, workspace.id, 1);
  const run = await synchronize(workspace, pollMs);
  await sql.query('VACUUM ANALYZE');
  return { people, ms: await timed(() => undo(workspace, run, pollMs)) };
}

/** Everybody is new once more; the identity provider goes on sending meanwhile. */
async function measureScim(
  service: BenchService,
  workspace: BenchWorkspace,
  people: number,
): Promise<SyncMeasurements['scim']> {
  await forgetMembers(service.sql, workspace.id);
  const until = performance.now() + latencyBaselineMs;
  const without = await scimLatency(workspace, people, () => performance.now() < until);
  await queueAll(service.sql, workspace.id);
  await sleep(1_000);
  let over = false;
  const running = synchronize(workspace, pollMs).finally(() => (over = true));
  const during = await scimLatency(workspace, people, () => !over);
  await running;
  await settled(service, workspace);
  return { withoutP95Ms: without.p95Ms, duringP95Ms: during.p95Ms, requestsDuring: during.requests };
}

async function quietMs(workspace: BenchWorkspace): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < quietRounds; n += 1) times.push(await timed(() => synchronize(workspace, closePollMs)));
  return median(times);
}

async function measureChanged(
  { sql }: BenchService,
  workspace: BenchWorkspace,
  people: number,
): Promise<SyncMeasurements['changed']> {
  const times = { changed: [] as number[], fresh: [] as number[] };
  const oneHundredth = Math.floor(people / oneInHundred);
  let next = people + 1;
  for (let n = 0; n < changedRounds; n += 1) {
    const changed = await changeTitles(sql, workspace.id, oneInHundred);
    const ms = await timed(() => synchronize(workspace, pollMs));
    // The company has grown by the rounds before, and so has its hundredth.
    times.changed.push((ms / changed) * oneHundredth);
    await seedDirectory(sql, workspace.id, oneHundredth, next);
    next += oneHundredth;
    times.fresh.push(await timed(() => synchronize(workspace, pollMs)));
    await sql.query('VACUUM ANALYZE');
  }
  return { people: oneHundredth, changedMs: median(times.changed), newMs: median(times.fresh) };
}
