/**
 * `npm run bench:abuse`: what one tenant can do to the others. While each attack goes on, with everything that its
 * sender is allowed by default, another tenant's SCIM requests, the health probe and the leavers of a third are timed beside
 * the same without an attack. What a request without a token costs, and what many who send them do together, is measured
 * without any limit of requests. `--seconds` says how long each attack lasts (30), `--only` a part of the names of some.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machineText, thisMachine } from '../machine.ts';
import { processTimeMs, residentMegabytes } from '../processor-time.ts';
import { rounded, tidy } from '../results.ts';
import { seedDirectory } from '../sync/company.ts';
import { type BenchService, givenBenchWorkspace, startBenchService } from '../sync/service.ts';
import { synchronize } from '../sync/watch.ts';
import { type Attack, attacks, bodiesWithoutToken } from './attacks.ts';
import { type Bystanders, watch } from './bystanders.ts';
import { abuseReportLines, type AttackResult, missedOf, type Refusals } from './report.ts';
import { sendAll } from './send-all.ts';

const bystanderPeople = 1_000;
const warmUpMs = 3_000;
const refusalsMs = 5_000;
const warmUps = 2;
/** What an attack leaves behind is over before the next time alone is measured. */
const settleMs = 3_000;
const patienceMs = 10_000;
const pollMs = 20;
const memoryEveryMs = 100;
const resultsFile = join(import.meta.dirname, '../results/abuse.json');

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, only: { type: 'string', default: '' } },
});
process.exitCode = await main(Number(values.seconds) * 1_000, values.only);

async function main(forMs: number, only: string): Promise<number> {
  const [loadBefore = 0] = loadavg();
  const asked = attacks.filter(({ name }) => name.includes(only));
  const isOfMany = ({ isOfMany: is = false }: Attack) => is;
  const free = await withService(false, async (service, bystanders) => ({
    refusals: await measureRefusals(service),
    results: await measureEach(service, bystanders, asked.filter(isOfMany), forMs),
  }));
  const { refusals } = free;
  const rated = await withService(true, (service, bystanders) =>
    measureEach(
      service,
      bystanders,
      asked.filter((attack) => !isOfMany(attack)),
      forMs,
    ),
  );
  const results = [...rated, ...free.results];
  const machine = thisMachine();
  const [loadAfter = 0] = loadavg();
  await mkdir(join(resultsFile, '..'), { recursive: true });
  const setup = { at: new Date().toISOString(), secondsEach: forMs / 1_000, load: [loadBefore, loadAfter] };
  await writeFile(
    resultsFile,
    await tidy(JSON.stringify({ setup, machine, refusals, results }, rounded), resultsFile),
  );
  const missed = missedOf(refusals, results);
  const lines = [
    machineText(machine),
    `Load ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after; ${forMs / 1_000} s each.`,
    '',
    ...abuseReportLines(refusals, results),
    missed === 0 ? 'All figures are met.' : `${missed} figures are not met.`,
    `Written: ${resultsFile}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return missed === 0 ? 0 : 1;
}

/** @param isRated whether requests are limited as by default */
async function withService<T>(
  isRated: boolean,
  work: (service: BenchService, bystanders: Bystanders) => Promise<T>,
): Promise<T> {
  const service = await startBenchService({ isRated });
  try {
    const bystanders = await givenBystanders(service);
    await watch(service, bystanders, over(warmUpMs));
    return await work(service, bystanders);
  } finally {
    await service.stop();
  }
}

async function measureEach(
  service: BenchService,
  bystanders: Bystanders,
  some: readonly Attack[],
  forMs: number,
): Promise<AttackResult[]> {
  const results: AttackResult[] = [];
  for (const attack of some) {
    process.stderr.write(`${attack.name} …\n`);
    results.push(await measure(service, bystanders, attack, forMs));
  }
  return results;
}

/**
 * What the service spends on requests without a token while nobody else asks for anything, once its code is compiled, beyond
 * what it spends when nothing comes.
 */
async function measureRefusals(service: BenchService): Promise<Refusals> {
  const requests = bodiesWithoutToken.requests();
  const order = { url: service.url, requests, connections: 1, forMs: refusalsMs, patienceMs };
  for (let times = 0; times < warmUps; times += 1)
    await sendAll({ ...order, connections: bodiesWithoutToken.connections });
  const idle = await spentDuring(service.pid, () => sleep(refusalsMs));
  const refusing = await spentDuring(service.pid, () => sendAll(order));
  const outcomes = refusing.result;
  const sent = Object.values(outcomes).reduce((sum, times) => sum + times, 0);
  const spentMs = refusing.cpuMs - idle.cpuMs * (refusing.wallMs / idle.wallMs);
  return { outcomes, cpuMsEach: spentMs / sent };
}

/** What a process spends meanwhile. */
async function spentDuring<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ result: T; cpuMs: number; wallMs: number }> {
  const [cpu, wall] = [processTimeMs(pid), performance.now()];
  const result = await work();
  return { result, cpuMs: processTimeMs(pid) - cpu, wallMs: performance.now() - wall };
}

/** Two companies that are in step. */
async function givenBystanders(service: BenchService): Promise<Bystanders> {
  const [tenant, leaving] = [
    await givenBenchWorkspace(service, 'Tenant'),
    await givenBenchWorkspace(service, 'Leaving'),
  ];
  for (const workspace of [tenant, leaving]) {
    await seedDirectory(service.sql, workspace.id, bystanderPeople);
    await synchronize(workspace, pollMs);
  }
  // Everybody may leave: what the guard holds back would never be switched off.
  await leaving.admin('PATCH', '/api/user-provisioning/settings', {
    removalGuard: { percent: 100, atLeast: bystanderPeople },
  });
  let next = 0;
  const leaversLeft = () => {
    next += 1;
    return next > bystanderPeople
      ? undefined
      : `01930000-0000-7000-8000-${next.toString(16).padStart(12, '0')}`;
  };
  return { tenant, people: bystanderPeople, leaving, leaversLeft };
}

async function measure(
  service: BenchService,
  bystanders: Bystanders,
  attack: Attack,
  forMs: number,
): Promise<AttackResult> {
  const attacker = await givenBenchWorkspace(service, 'Attacker');
  const requests = await attack.prepare(service, attacker);
  await sleep(settleMs);
  const alone = await watch(service, bystanders, over(forMs / 2));
  let memoryMb = 0;
  const sampling = setInterval(() => {
    memoryMb = Math.max(memoryMb, residentMegabytes(service.pid));
  }, memoryEveryMs);
  const [outcomes, during] = await Promise.all([
    sendAll({ url: service.url, requests, connections: attack.connections, forMs, patienceMs }),
    watch(service, bystanders, over(forMs)),
  ]);
  clearInterval(sampling);
  const { name, isOfMany = false } = attack;
  return { name, isOfMany, outcomes, alone, during, memoryMb };
}

function over(afterMs: number): () => boolean {
  const end = performance.now() + afterMs;
  return () => performance.now() > end;
}
