/**
 * `npm run bench:fair`: 200 workspaces at once, of which one is without mercy. The identity providers of the others send
 * their requests at a steady rate, first alone, then while that one sends as much as it can, with all of its connections.
 * The service has the limits of every day. `--seconds` says how long each part lasts (20), `--connections` how many the
 * one without mercy has (200).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Order } from '../abuse/attacker.ts';
import { sendAll } from '../abuse/send-all.ts';
import { machineText, thisMachine } from '../machine.ts';
import { figureLines } from '../report-text.ts';
import { rounded, tidy } from '../results.ts';
import { seedDirectory } from '../sync/company.ts';
import {
  type BenchService,
  type BenchWorkspace,
  givenBenchWorkspace,
  startBenchService,
} from '../sync/service.ts';
import { everyDay, type Fared, steadily } from './steady.ts';

const workspacesCount = 200;
const peopleEach = 50;
/** What all the others send together in a second: about one request every five seconds for each. */
const requestsPerSecond = 40;
const warmUpMs = 5_000;
const settleMs = 2_000;
const patienceMs = 10_000;
const ratioMax = 2;
const resultsFile = join(import.meta.dirname, '../results/fair.json');

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '200' },
  },
});
process.exitCode = await main(Number(values.seconds) * 1_000, Number(values.connections));

async function main(forMs: number, connections: number): Promise<number> {
  const [loadBefore = 0] = loadavg();
  const service = await startBenchService({ environment: everyDay });
  try {
    const [merciless, ...others] = await givenWorkspaces(service);
    if (merciless === undefined) throw new Error('There is no workspace');
    const load = { workspaces: others, people: peopleEach, requestsPerSecond };
    await steadily({ ...load, forMs: warmUpMs });
    const alone = await steadily({ ...load, forMs });
    await sleep(settleMs);
    const flood: Order = { url: service.url, requests: floodOf(merciless), connections, forMs, patienceMs };
    const [outcomes, beside] = await Promise.all([sendAll(flood), steadily({ ...load, forMs })]);
    return await report({ loadBefore, forMs, connections, alone, beside, outcomes });
  } finally {
    await service.stop();
  }
}

async function givenWorkspaces(service: BenchService): Promise<BenchWorkspace[]> {
  const workspaces: BenchWorkspace[] = [];
  for (let n = 0; n < workspacesCount; n += 1) {
    const workspace = await givenBenchWorkspace(service, `Company ${n}`);
    await seedDirectory(service.sql, workspace.id, peopleEach);
    workspaces.push(workspace);
  }
  await service.sql.query('ANALYZE');
  return workspaces;
}

/** Reads, searches and writes, in turns. */
function floodOf({ apiToken }: BenchWorkspace): Order['requests'] {
  const headers = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/scim+json' };
  const rename = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value: 'Merciless' }],
  };
  const user = '/scim/v2/Users/01930000-0000-7000-8000-000000000001';
  return [
    { method: 'GET', path: user, headers },
    { method: 'GET', path: '/scim/v2/Users?count=50', headers },
    {
      method: 'PATCH',
      path: user,
      headers,
      bodyBase64: Buffer.from(JSON.stringify(rename)).toString('base64'),
    },
  ];
}

interface Report {
  loadBefore: number;
  forMs: number;
  connections: number;
  alone: Fared;
  beside: Fared;
  outcomes: Record<string, number>;
}

/** @returns the exit code */
async function report({ loadBefore, forMs, connections, alone, beside, outcomes }: Report): Promise<number> {
  const [loadAfter = 0] = loadavg();
  const machine = thisMachine();
  const ratio = beside.p95Ms / alone.p95Ms;
  const setup = {
    at: new Date().toISOString(),
    workspaces: workspacesCount,
    requestsPerSecond,
    secondsEach: forMs / 1_000,
    connections,
    load: [loadBefore, loadAfter],
  };
  await mkdir(join(resultsFile, '..'), { recursive: true });
  const all = { setup, machine, alone, beside, outcomes, ratio };
  await writeFile(resultsFile, await tidy(JSON.stringify(all, rounded), resultsFile));
  const isMet = ratio <= ratioMax && beside.refused === 0;
  const answered = Object.entries(outcomes).map(([status, times]) => `${status}: ${times}`);
  const lines = [
    machineText(machine),
    `Load ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after; ${forMs / 1_000} s each.`,
    `${workspacesCount - 1} workspaces, ${requestsPerSecond} requests/s together; one sends all it can over ${connections} connections.`,
    `alone: p50 ${alone.p50Ms.toFixed(1)} ms, p95 ${alone.p95Ms.toFixed(1)} ms, ${alone.requests} requests`,
    `beside it: p50 ${beside.p50Ms.toFixed(1)} ms, p95 ${beside.p95Ms.toFixed(1)} ms, ${beside.requests} requests`,
    `it was answered ${answered.join(', ')}`,
    ...figureLines([
      cells('p95 of the others ÷ alone', ratioMax, ratio),
      cells('requests of the others that were refused', 0, beside.refused),
    ]),
    `Written: ${resultsFile}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return isMet ? 0 : 1;
}

function cells(label: string, atMost: number, measured: number): string[] {
  const is = Number.isInteger(measured) ? String(measured) : measured.toFixed(2);
  return [label, `≤ ${atMost}`, is, measured <= atMost ? 'met' : 'NOT MET'];
}
