/**
 * `npm run bench`: measures the service beside a floor and a peer on one PostgreSQL, says which required figures are
 * met, and writes `bench/results/latest.json` and `.svg`. `--quick` does a small run, `--docs` puts the tables into
 * docs/benchmarks.md.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildIfNeeded } from '../scripts/build-if-needed.ts';
import { figuresOf, largeDirectoryUsers, type Measurements } from './figures.ts';
import { Ground, poolSize, systemNames } from './ground.ts';
import { measureLargeDirectory } from './large-directory.ts';
import { runLoad } from './load.ts';
import { machineText, thisMachine } from './machine.ts';
import { measureMembership } from './membership.ts';
import { residentMegabytes } from './processor-time.ts';
import { type OnProgress, progressLines } from './progress.ts';
import { reportLines } from './report-text.ts';
import { writeDocs, writeResults } from './results.ts';
import { runRounds } from './rounds.ts';
import { countStatements } from './statement-count.ts';
import { concurrency, inNewWorkspace, makeSubject, type Subject } from './subject.ts';
import { postUser } from './workload.ts';

interface Size {
  rounds: number;
  users: number;
  largeUsers: number;
  groupSizes: readonly number[];
  /** SCIMMY takes seconds for one change of a large group. */
  peerGroupSizes: readonly number[];
  pairs: number;
  statementRequests: number;
}

const normal: Size = {
  rounds: 5,
  users: 1_000,
  largeUsers: largeDirectoryUsers,
  groupSizes: [0, 1_000, 10_000],
  peerGroupSizes: [0, 1_000, 10_000],
  pairs: 80,
  statementRequests: 100,
};
const quick: Size = {
  ...normal,
  rounds: 3,
  users: 100,
  largeUsers: 2_000,
  peerGroupSizes: [0, 1_000],
  pairs: 20,
  statementRequests: 40,
};
/** The people who are added to groups and removed again are not members before. */
const peopleWhoComeAndGo = 10;
const memorySettleMs = 3_000;
const exitUsage = 2;
const exitInterrupted = 130;

let making: Promise<Ground> | null = null;
let interrupted = false;

await import(new URL('../check-node.js', import.meta.url).href);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void interrupt());
process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === 0) measureMapping(process.argv.includes('--quick'));
process.exit();

/** The figures of attribute mapping, by their own command; a small run leaves those that need a company out. */
function measureMapping(isQuick: boolean): void {
  process.stdout.write('\nAttribute mapping\n');
  const program = join(import.meta.dirname, 'mapping/main.ts');
  spawnSync(process.execPath, [program, ...(isQuick ? ['--rules'] : [])], { stdio: 'inherit' });
}

async function main(args: readonly string[]): Promise<number> {
  const [only] = args;
  if (args.length > 1 || (only !== undefined && only !== '--quick' && only !== '--docs')) {
    // A small run is no measurement to publish.
    process.stderr.write('Usage: npm run bench [-- --quick | -- --docs]\n');
    return exitUsage;
  }
  const size = args.includes('--quick') ? quick : normal;
  const { onProgress, end } = progressLines();
  try {
    await buildIfNeeded();
    onProgress('Starting PostgreSQL');
    making = Ground.make();
    const ground = await making;
    const measurements = await measureAll(ground, size, onProgress);
    end();
    await report(measurements, size, args.includes('--docs'));
    return 0;
  } catch (error) {
    // What fails after an interrupt fails because of it.
    if (interrupted) await new Promise(() => undefined);
    end();
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  } finally {
    if (!interrupted) await (await making)?.end();
  }
}

async function measureAll(ground: Ground, size: Size, onProgress: OnProgress): Promise<Measurements> {
  const subjects: Subject[] = [];
  for (const name of systemNames) {
    onProgress(`Starting the ${name}`);
    subjects.push(await makeSubject(ground, name));
  }
  const [service, ...others] = subjects;
  if (service === undefined) throw new Error('There is no service');
  const steps = await runRounds(ground, subjects, size, onProgress);
  const large = await inNewWorkspace(ground, service, 'Large');
  const vacuum = () => ground.vacuum();
  const reading = await measureLargeDirectory(large, size.largeUsers, vacuum, onProgress);
  await runLoad(peopleWhoComeAndGo, concurrency, (index) => postUser(large, index, size.largeUsers));
  const membership = await measureMembership(
    [
      { subject: large, sizes: [...new Set([...size.groupSizes, size.largeUsers])] },
      ...others.map((subject) => ({
        subject,
        sizes: subject.name === 'peer' ? size.peerGroupSizes : size.groupSizes,
      })),
    ],
    size,
    onProgress,
  );
  await sleep(memorySettleMs);
  const memory = residentMegabytes(service.server.pid);
  onProgress('Counting statements');
  const statements = await countStatements(ground, size.statementRequests);
  return { steps, membership, large: reading, statements, residentMegabytes: memory };
}

async function report(measurements: Measurements, size: Size, intoDocs: boolean): Promise<void> {
  const machine = thisMachine();
  const run = {
    at: new Date().toISOString(),
    quick: size === quick,
    rounds: size.rounds,
    usersPerRound: size.users,
    concurrency,
    poolSize,
  };
  const files = await writeResults(measurements, machine, run);
  if (intoDocs) await writeDocs(measurements, machine, run);
  const missed = figuresOf(measurements).filter(({ met }) => met === false).length;
  const lines = [
    machineText(machine),
    `${size.rounds} rounds of ${size.users} users, medians; ${concurrency} requests at once unless it says otherwise`,
    '',
    ...reportLines(measurements),
    '',
    missed === 0 ? 'All measured figures are met.' : `${missed} figures are not met.`,
    `Written: ${files.join(', ')}${intoDocs ? ', docs/benchmarks.md' : ''}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function interrupt(): Promise<void> {
  if (interrupted) return;
  interrupted = true;
  process.stderr.write('\nStopping …\n');
  const ground = await making?.catch(() => null);
  await ground?.end();
  process.exit(exitInterrupted);
}
