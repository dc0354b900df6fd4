import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceInOneFile } from '../test/harness/service-in-one-file.ts';
import { judgeRecorded, loadGrammar } from '../test/harness/statements/check-statements.ts';
import { startOnCitus } from '../test/harness/citus.ts';
import { startTestPostgres } from '../test/harness/test-postgres.ts';

const stopWithinMs = 12_000;
const checkEveryMs = 50;
const nurseryMb = 64;
/**
 * Two more than the processors of the smallest machine: a spec file waits for another process or a deadline for more than a
 * third of its time.
 */
const workers = 4;
const recordFaults = new URL('../test/harness/record-faults.ts', import.meta.url).href;

/**
 * `npm test`: builds the service, starts one PostgreSQL for all spec files, runs jest and ends everything again,
 * whatever happens. Further arguments go to jest; `--properties` runs the spec files that try more cases by
 * `TEST_CASES_FACTOR` only, for `npm run test:long`. The last line says how many tests passed and failed.
 *
 * Each statement that the service sent is judged, too: it must name the workspace of all rows that it touches.
 *
 * A warning (a deprecation, say) or an error that nobody handled fails the run, whichever process it happened in.
 */
async function main(jestArguments: string[]): Promise<number> {
  await serviceInOneFile();
  const folder = mkdtempSync(join(tmpdir(), 'user-provisioning-run-'));
  const citus = process.env.TEST_CITUS_URL;
  const cluster = citus === undefined ? null : await startOnCitus(citus);
  const postgres = cluster ?? (await startTestPostgres());
  const resultFile = join(folder, 'results.json');
  const faultsFile = join(folder, 'faults.txt');
  const statements = join(folder, 'statements');
  mkdirSync(statements);
  try {
    const selected = jestArguments.flatMap((argument) =>
      argument === '--properties' ? ['--runTestsByPath', ...propertySpecs()] : argument,
    );
    const exitCode = await runJest([...selected, '--json', `--outputFile=${resultFile}`], {
      TEST_POSTGRES_URL: postgres.url,
      ...(cluster !== null && { TEST_CITUS_NODES: JSON.stringify(cluster.nodes) }),
      TEST_FOLDER: folder,
      TEST_FAULTS_FILE: faultsFile,
      TEST_STATEMENTS_FOLDER: statements,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${recordFaults}`,
    });
    const isWhole = jestArguments.length === 0;
    const unbound = await judgeStatements(statements, isWhole && exitCode === 0);
    const faults = (existsSync(faultsFile) ? readFileSync(faultsFile, 'utf8') : '') + unbound;
    if (faults !== '') process.stderr.write(`\nPassed by, and is not allowed to:\n${faults}`);
    const results = readResults(resultFile);
    const failed = results.failed + (faults === '' ? 0 : 1);
    process.stdout.write(`\n${results.passed} passed, ${failed} failed\n`);
    return exitCode === 0 && failed > 0 ? 1 : exitCode;
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns a line for each statement that does not keep to a workspace, and for each exception that no statement needs */
async function judgeStatements(folder: string, isWhole: boolean): Promise<string> {
  await loadGrammar();
  const { faults, count, across, byAnotherPart, unused } = judgeRecorded(folder);
  process.stdout.write(
    `\n${count} statements: ${across} over all workspaces and ${byAnotherPart} bound by another part, all by name\n`,
  );
  const stale = isWhole
    ? unused.map((name) => `named-statements.ts: no statement is "${name}" any more`)
    : [];
  return [...faults, ...stale].map((line) => `${line}\n`).join('');
}

/** Those with property tests, and those that ask by how much longer the run may take. */
function propertySpecs(): string[] {
  const root = join(import.meta.dirname, '..');
  return globSync('{src,simulator,test}/**/*.spec.ts', { cwd: root })
    .map((file) => join(root, file))
    .filter((file) => /from 'fast-check'|\bcasesFactor\b/.test(readFileSync(file, 'utf8')));
}

/** Jest and all that the spec files start are one process group, so that a signal reaches and ends them all. */
async function runJest(jestArguments: string[], environment: Record<string, string>): Promise<number> {
  // Each spec file loads the whole service; with Node's usual young generation, a sixth of the work is collecting
  // garbage.
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    `--max-semi-space-size=${nurseryMb}`,
  ];
  const jest = join(import.meta.dirname, '../node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [...flags, jest, `--maxWorkers=${workers}`, ...jestArguments], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
    detached: true,
  });
  const exitCode = exitCodeOf(child);
  if (child.pid === undefined) return exitCode;
  const group = -child.pid;
  const passOn = (signal: NodeJS.Signals) => void sendSignal(group, signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn).on('SIGHUP', passOn);
  const code = await exitCode;
  await endGroup(group);
  return code;
}

/** A spec file that failed may have left a process running, which gets the time to stop in good order. */
async function endGroup(group: number): Promise<void> {
  const deadline = performance.now() + stopWithinMs;
  sendSignal(group, 'SIGTERM');
  while (sendSignal(group, 0) && performance.now() < deadline) await sleep(checkEveryMs);
  sendSignal(group, 'SIGKILL');
}

/** Whether there was still a process to send it to. */
function sendSignal(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(group, signal);
  } catch {
    return false;
  }
}

function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** A spec file that does not even load has no tests to count; it counts as one that failed. */
function readResults(file: string): { passed: number; failed: number } {
  let results: unknown;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
  const count = (name: string): number => {
    const value = (results as Record<string, unknown>)[name];
    return typeof value === 'number' ? value : 0;
  };
  return {
    passed: count('numPassedTests'),
    failed: count('numFailedTests') + count('numRuntimeErrorTestSuites'),
  };
}

await import(new URL('../check-node.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n0 passed, 0 failed\n`);
  return 1;
});
