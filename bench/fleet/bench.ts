/**
 * `npm run bench:fleet`: many workspaces on one service. What they cost while nothing happens, at two sizes; what their
 * identity providers send, with screens open, alone, beside initial cycles and beside one workspace without mercy; a night
 * for all at once. `--workspaces` (60) and `--people` (100) of each, `--seconds` of each part (20), `--rate` of requests a
 * second of all together (40), `--screens` that are open (10), `--cycles` that begin (3). The rates of requests are limited
 * as every day.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sendAll } from '../abuse/send-all.ts';
import { machineText, thisMachine } from '../machine.ts';
import { clusterTimeMs, processTimeMs, residentMegabytes } from '../processor-time.ts';
import { rounded, tidy } from '../results.ts';
import { percentile } from '../statistics.ts';
import { addPeople } from '../sync/company.ts';
import {
  type BenchService,
  type BenchWorkspace,
  givenBenchWorkspace,
  startBenchService,
} from '../sync/service.ts';
import { atSteadyRate, everyDay } from '../fair/steady.ts';
import { synchronize } from '../sync/watch.ts';
import { Fleet, joiner, type Leaver, userId } from './traffic.ts';
import { fleetLines, type FleetReport, type Idle, type Night, type Part } from './report.ts';

/** The smaller of the two sizes at which an idle service is looked at: a fifth. */
const smallShare = 0.2;
/** Workspaces that are synchronized at a time while they are set up. */
const setUpAtOnce = 8;
/** What Entra ID sends at most. */
const cycleRequestsPerSecond = 25;
const warmUpMs = 5_000;
const leaversWithinMs = 8_000;
const nightWithinMs = 30 * 60_000;
const patienceMs = 10_000;
const pollMs = 50;
const connections = 50;
const resultsFile = join(import.meta.dirname, '../results/fleet.json');

const { values } = parseArgs({
  options: {
    workspaces: { type: 'string', default: '60' },
    people: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '40' },
    screens: { type: 'string', default: '10' },
    cycles: { type: 'string', default: '3' },
  },
});
const size = {
  workspaces: Number(values.workspaces),
  people: Number(values.people),
  requestsPerSecond: Number(values.rate),
  screens: Number(values.screens),
  cycles: Number(values.cycles),
};
await main(Number(values.seconds) * 1_000);

async function main(forMs: number): Promise<void> {
  const [loadBefore = 0] = loadavg();
  const service = await startBenchService({ environment: everyDay });
  try {
    const workspaces: BenchWorkspace[] = [];
    const idle: Idle[] = [];
    const beganAt = performance.now();
    for (const count of [Math.max(1, Math.round(size.workspaces * smallShare)), size.workspaces]) {
      await setUp(service, workspaces, count);
      await service.sql.query('VACUUM (ANALYZE)');
      await sleep(warmUpMs);
      idle.push({ workspaces: count, ...(await measure(service, () => sleep(forMs))) });
    }
    const setUpSeconds = (performance.now() - beganAt) / 1_000;
    const parts = await traffic(service, workspaces, forMs);
    const night = await allTonight(service);
    const report: FleetReport = {
      setup: {
        at: new Date().toISOString(),
        ...size,
        secondsEach: forMs / 1_000,
        setUpSeconds,
        load: [loadBefore, ...loadavg().slice(0, 1)],
      },
      machine: thisMachine(),
      idle,
      parts,
      night,
      serviceMegabytes: residentMegabytes(service.pid),
      databaseMegabytes: await databaseMegabytes(service),
    };
    await mkdir(join(resultsFile, '..'), { recursive: true });
    await writeFile(resultsFile, await tidy(JSON.stringify(report, rounded), resultsFile));
    process.stdout.write(
      `${[machineText(report.machine), ...fleetLines(report), `Written: ${resultsFile}`].join('\n')}\n`,
    );
  } finally {
    await service.stop();
  }
}

/** Adds active workspaces whose people are members already, until there are so many, and says how far it is. */
async function setUp(service: BenchService, workspaces: BenchWorkspace[], count: number): Promise<void> {
  let analyzed = 0;
  while (workspaces.length < count) {
    const added: BenchWorkspace[] = [];
    while (added.length < Math.min(setUpAtOnce, count - workspaces.length)) {
      const workspace = await givenBenchWorkspace(service, `Company ${workspaces.length + added.length}`);
      await addPeople(service.sql, workspace.id, size.people);
      added.push(workspace);
    }
    // It takes seconds once there are many, and tells little that is new.
    if (workspaces.length >= 2 * analyzed) {
      await service.sql.query('ANALYZE');
      analyzed = workspaces.length + added.length;
    }
    await Promise.all(added.map((workspace) => synchronize(workspace, pollMs)));
    workspaces.push(...added);
    process.stderr.write(`\r${workspaces.length} of ${size.workspaces} workspaces …`);
  }
  process.stderr.write('\n');
}

async function traffic(
  service: BenchService,
  workspaces: readonly BenchWorkspace[],
  forMs: number,
): Promise<Part[]> {
  const fleet = new Fleet();
  const [merciless, ...others] = workspaces;
  const load = { ...size, workspaces: others, forMs };
  await fleet.send({ ...load, forMs: warmUpMs });
  const beside: [string, () => Promise<unknown>][] = [
    ['alone', () => Promise.resolve()],
    [`beside ${size.cycles} initial cycles`, await initialCycles(service, forMs)],
    ['beside one without mercy', () => flood(service, merciless, forMs)],
  ];
  const parts: Part[] = [];
  for (const [name, others] of beside) {
    process.stderr.write(`${name} …\n`);
    const used = await measure(service, async () => (await Promise.all([fleet.send(load), others()]))[0]);
    await sleep(leaversWithinMs);
    const { leavers, ...fared } = used.result;
    const waits = await leaverWaits(service, leavers);
    parts.push({
      name,
      ...fared,
      cpuMsPerSecond: used.cpuMsPerSecond,
      leavers: leavers.length,
      leaversDone: waits.length,
      leaverP99Ms: percentile(waits, 0.99),
    });
  }
  return parts;
}

/** Companies whose people begin to arrive, each as fast as Entra ID sends them. */
async function initialCycles(service: BenchService, forMs: number): Promise<() => Promise<unknown>> {
  const newcomers: BenchWorkspace[] = [];
  for (let n = 0; n < size.cycles; n += 1)
    newcomers.push(await givenBenchWorkspace(service, `Newcomer ${n}`));
  const load = { workspaces: newcomers, requestsPerSecond: cycleRequestsPerSecond * size.cycles, forMs };
  return async () => {
    if (size.cycles === 0) return;
    const { refused } = await atSteadyRate(load, async ({ scim }, n) => {
      await scim('POST', '/Users', joiner(n));
    });
    if (refused > 0) throw new Error(`${refused} requests of initial cycles were refused`);
  };
}

/** One workspace that sends as much as it can. */
async function flood(
  service: BenchService,
  merciless: BenchWorkspace | undefined,
  forMs: number,
): Promise<void> {
  if (merciless === undefined) return;
  await sendAll({ url: service.url, requests: floodOf(merciless), connections, forMs, patienceMs });
}

/** Reads and writes, in turns, as fast as they are answered. */
function floodOf({ apiToken }: BenchWorkspace) {
  const headers = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/scim+json' };
  const path = `/scim/v2/Users/${userId(1)}`;
  const rename = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value: 'Merciless' }],
  };
  const bodyBase64 = Buffer.from(JSON.stringify(rename)).toString('base64');
  return [
    { method: 'GET', path, headers },
    { method: 'GET', path: '/scim/v2/Users?count=50', headers },
    { method: 'PATCH', path, headers, bodyBase64 },
  ];
}

/** From the acknowledgement of a leaver to the moment at which the member was switched off, by the database's clock. */
async function leaverWaits(service: BenchService, leavers: readonly Leaver[]): Promise<number[]> {
  const { rows } = await service.sql.query<{ user: string; workspace: string; at: Date }>(
    `SELECT l.directory_user_id AS user, l.workspace_id AS workspace, m.deactivated_at AS at
     FROM sync_link l JOIN member m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
     WHERE m.deactivated_at IS NOT NULL`,
  );
  const ended = new Map(rows.map(({ user, workspace, at }) => [`${workspace} ${user}`, at.getTime()]));
  return leavers.flatMap(({ workspaceId, userId: user, at }) => {
    const end = ended.get(`${workspaceId} ${user}`);
    return end === undefined ? [] : [Math.max(0, end - at)];
  });
}

async function databaseMegabytes({ sql }: BenchService): Promise<number> {
  const { rows } = await sql.query<{ bytes: string }>(`SELECT pg_database_size(current_database()) AS bytes`);
  return Number(rows[0]?.bytes ?? 0) / 1e6;
}

/** What the night costs: everybody's next run is due now. */
async function allTonight(service: BenchService): Promise<Night> {
  const { result: seconds, ...used } = await measure(service, async () => {
    const { rows } = await service.sql.query<{ last: string }>(`SELECT max(id::text) AS last FROM sync_run`);
    const last = rows[0]?.last ?? '';
    await service.sql.query(`UPDATE workspace SET next_sync_at = now() WHERE next_sync_at IS NOT NULL`);
    const startedAt = performance.now();
    while (performance.now() - startedAt < nightWithinMs) {
      const done = await service.sql.query<{ count: number }>(
        `SELECT count(DISTINCT workspace_id)::int AS count FROM sync_run
         WHERE trigger = 'nightly' AND state IN ('succeeded', 'awaiting_approval') AND id::text > $1`,
        [last],
      );
      if ((done.rows[0]?.count ?? 0) >= size.workspaces) break;
      await sleep(500);
    }
    return (performance.now() - startedAt) / 1_000;
  });
  return { seconds, cpuMsPerWorkspace: (used.cpuMsPerSecond * used.seconds) / size.workspaces };
}

/** Processor time of service and PostgreSQL, and transactions of the service, while something goes on. */
async function measure<T>(service: BenchService, act: () => Promise<T>) {
  const transactions = async () => {
    const { rows } = await service.sql.query<{ count: string }>(
      `SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()`,
    );
    return Number(rows[0]?.count ?? 0);
  };
  const cpu = () => processTimeMs(service.pid) + clusterTimeMs(service.postmaster);
  const [transactionsBefore, cpuBefore, startedAt] = [await transactions(), cpu(), performance.now()];
  const result = await act();
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    result,
    seconds,
    cpuMsPerSecond: (cpu() - cpuBefore) / seconds,
    transactionsPerSecond: ((await transactions()) - transactionsBefore) / seconds,
  };
}
