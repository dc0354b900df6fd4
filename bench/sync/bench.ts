import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { changeTitles, forgetMembers, queueAll, seedDirectory } from './company.ts';
import { floorOfNewPeople } from './floor.ts';
import { type BenchService, type BenchWorkspace, givenBenchWorkspace, startBenchService } from './service.ts';

const pollMs = 20;
const oneInHundred = 100;

/** `npm run bench:sync`: synchronization beside the same result in plain SQL, in one run on one machine. */
async function main(people: number): Promise<void> {
  const service = await startBenchService();
  try {
    const workspace = await givenBenchWorkspace(service, 'Benchmark');
    await seedDirectory(service.sql, workspace.id, people);
    await service.sql.query('VACUUM ANALYZE');
    await measurePreviewAndRun(service, workspace, people);
    await measureQuietAndChanged(service, workspace, people);
  } finally {
    await service.stop();
  }
}

/** The first run is warm-up for nothing: the preview before it is of the same people. */
async function measurePreviewAndRun(
  service: BenchService,
  workspace: BenchWorkspace,
  people: number,
): Promise<void> {
  const { admin, id } = workspace;
  const firstPage = await timed(() => admin('GET', '/api/sync-preview?limit=50&counts=later'));
  const counts = await timed(() => untilCounted(workspace));
  const again = await timed(() => admin('GET', '/api/sync-preview?limit=50'));
  const sampler = new MemorySampler();
  const cpu = process.cpuUsage();
  const run = await timed(() => synchronize(workspace));
  const spent = process.cpuUsage(cpu);
  report('CPU of this process in the run', (spent.user + spent.system) / 1000, 'ms');
  const memoryMb = sampler.stop();
  const floor = await floorOfNewPeople(service.sql, id);
  report(`${people} new people, run`, run, 'ms');
  report('  ÷ floor (must be ≤ 3)', run / floor);
  report('floor', floor, 'ms');
  report('preview, first page', firstPage, 'ms');
  report('  ÷ run (≤ 0.02)', firstPage / run);
  report('preview, exact counts', counts, 'ms');
  report('  ÷ run (≤ 0.5)', counts / run);
  report('preview, again', again, 'ms');
  report('  ÷ run (≤ 0.02)', again / run);
  report('memory at most', memoryMb, 'MB');
  await forgetMembers(service.sql, id);
  await queueAll(service.sql, id);
  await synchronize(workspace);
}

async function measureQuietAndChanged(
  service: BenchService,
  workspace: BenchWorkspace,
  people: number,
): Promise<void> {
  const { sql } = service;
  await sql.query('VACUUM ANALYZE');
  const quiet = Math.min(...(await repeated(5, () => timed(() => synchronize(workspace)))));
  report(`nothing to do among ${people}`, quiet, 'ms (≤ 50)');
  const changed = await changeTitles(sql, workspace.id, oneInHundred);
  const change = await timed(() => synchronize(workspace));
  await seedDirectory(sql, workspace.id, changed, people + 1);
  const fresh = await timed(() => synchronize(workspace));
  report(`${changed} changed`, change, 'ms');
  report(`${changed} new`, fresh, 'ms');
  report('  changed ÷ new (≤ 1.5)', change / fresh);
}

async function untilCounted({ admin }: BenchWorkspace): Promise<void> {
  await admin('GET', '/api/user-provisioning');
}

async function synchronize({ admin }: BenchWorkspace): Promise<void> {
  const { id } = (await admin('POST', '/api/sync-runs', {})) as { id: string };
  for (;;) {
    const run = (await admin('GET', `/api/sync-runs/${id}`)) as { state: string; error: string | null };
    if (run.state === 'failed') throw new Error(run.error ?? 'The run failed');
    if (run.state !== 'queued' && run.state !== 'running') return;
    await sleep(pollMs);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function repeated(times: number, work: () => Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  for (let n = 0; n < times; n += 1) figures.push(await work());
  return figures;
}

/** Looks at the memory of this process ten times a second. */
class MemorySampler {
  private readonly timer: NodeJS.Timeout;
  private mostBytes = 0;

  constructor() {
    const look = () => (this.mostBytes = Math.max(this.mostBytes, process.memoryUsage.rss()));
    this.timer = setInterval(look, 100);
  }

  stop(): number {
    clearInterval(this.timer);
    return this.mostBytes / 1024 / 1024;
  }
}

function report(what: string, figure: number, unit = ''): void {
  const digits = figure < 10 ? 3 : 0;
  process.stdout.write(`${what.padEnd(44)} ${figure.toFixed(digits).padStart(10)} ${unit}\n`);
}

const { values } = parseArgs({ options: { people: { type: 'string', default: '10000' } } });
await main(Number(values.people));
