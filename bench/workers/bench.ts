/**
 * `npm run bench:workers`: throughput of two processes behind one port beside one, in turns, so that both meet the same
 * machine. `--rounds` of each (4), `--seconds` of each (5), `--workers` (2), `--connections` (16). PostgreSQL is kept on the
 * last processor (`taskset`), the service may use all.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { userId } from '../fleet/traffic.ts';
import { HttpClient } from '../http-client.ts';
import { machineText, thisMachine } from '../machine.ts';
import { rounded, tidy } from '../results.ts';
import { median } from '../statistics.ts';
import { seedDirectory } from '../sync/company.ts';
import { type BenchService, givenBenchWorkspace, startBenchService } from '../sync/service.ts';

const people = 1_000;
const warmUpMs = 2_000;
const resultsFile = join(import.meta.dirname, '../results/workers.json');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    connections: { type: 'string', default: '16' },
  },
});
await main(Number(values.rounds), Number(values.seconds) * 1_000, values.workers, Number(values.connections));

interface Side {
  workers: string;
  service: BenchService;
  token: string;
  perSecond: number[];
}

async function main(rounds: number, forMs: number, workers: string, connections: number): Promise<void> {
  const [loadBefore = 0] = loadavg();
  const sides = [await start('1'), await start(workers)];
  try {
    for (const side of sides) await send(side, warmUpMs, connections);
    for (let round = 0; round < rounds; round += 1)
      for (const side of sides) side.perSecond.push(await send(side, forMs, connections));
  } finally {
    for (const { service } of sides) await service.stop();
  }
  const [one = Number.NaN, several = Number.NaN] = sides.map(({ perSecond }) => median(perSecond));
  const report = {
    at: new Date().toISOString(),
    machine: thisMachine(),
    load: [loadBefore, ...loadavg().slice(0, 1)],
    rounds: sides.map((side) => ({ workers: side.workers, perSecond: side.perSecond })),
    ratio: several / one,
  };
  await mkdir(join(resultsFile, '..'), { recursive: true });
  await writeFile(resultsFile, await tidy(JSON.stringify(report, rounded), resultsFile));
  process.stdout.write(
    `${machineText(report.machine)}\nLoad ${report.load.map((load) => load.toFixed(1)).join(' before, ')} after.\n` +
      `1 process: ${one.toFixed(0)} requests/s, ${workers}: ${several.toFixed(0)}; ratio ${report.ratio.toFixed(2)} (medians of ${rounds} rounds in turns)\n` +
      `Written: ${resultsFile}\n`,
  );
}

async function start(workers: string): Promise<Side> {
  const service = await startBenchService({ environment: { WORKERS: workers } });
  const { id, apiToken } = await givenBenchWorkspace(service, `With ${workers}`);
  await seedDirectory(service.sql, id, people);
  return { workers, service, token: apiToken, perSecond: [] };
}

/** Three reads and a PATCH in turns, each connection without a pause. @returns how many a second were answered */
async function send({ service, token }: Side, forMs: number, connections: number): Promise<number> {
  await pinDatabase(service.postmaster);
  const client = new HttpClient(service.url, token, connections);
  const until = performance.now() + forMs;
  let count = 0;
  let turn = 0;
  const each = async (first: number) => {
    for (let at = first; performance.now() < until; at += connections, count += 1) {
      const path = `/Users/${userId(1 + (at % people))}`;
      if ((turn += 1) % 4 > 0) await client.send('GET', path, 200);
      else await client.send('PATCH', path, 200, titled(`Title ${at}`));
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, first) => each(first)));
  client.close();
  return (count * 1_000) / forMs;
}

function titled(value: string): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value }],
  });
}

/** Keeps PostgreSQL and all its backends on the last processor. */
async function pinDatabase(postmaster: number): Promise<void> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const name of processes) {
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (Number(name) !== postmaster && !status.includes(`\nPPid:\t${postmaster}\n`)) continue;
    execFileSync('taskset', ['-cp', String(cpus().length - 1), name], { stdio: 'ignore' });
  }
}
