import { cliOptions, usage, UsageError, type CliOptions } from './cli-options.ts';
import { company, type Company } from './company.ts';
import { hasFailed, type CycleReport } from './cycle-report.ts';
import { progressDisplay } from './cycle-progress.ts';
import { EntraClient } from './entra.ts';
import { nextDay } from './next-day.ts';
import { eventLines, reportLines } from './report-text.ts';

const exitFailed = 1;
const exitUsage = 2;

process.exitCode = await main(process.argv.slice(2));

/** Runs one cycle. @returns the exit code: 0 done, 1 something failed, 2 the command line is wrong */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = cliOptions(args);
    if (options === 'help') {
      write(usage);
      return 0;
    }
    return await simulate(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message} --help shows what is possible.\n`);
    return exitUsage;
  }
}

async function simulate(options: CliOptions): Promise<number> {
  const { url, token, dialect, concurrency } = options;
  const client = new EntraClient({ baseUrl: url, token, dialect, concurrency });
  const test = await client.testConnection();
  write(`Test Connection: ${test.ok ? 'positive' : 'FAILED'}. ${test.detail}`);
  if (!test.ok) return exitFailed;
  const display = progressDisplay((line) => write(`  ${line}`), process.stdout.isTTY);
  let report: CycleReport;
  try {
    report = await runCycle(client, options, display.onProgress);
  } finally {
    display.stop();
  }
  write('', ...reportLines(report));
  return hasFailed(report) ? exitFailed : 0;
}

async function runCycle(
  client: EntraClient,
  options: CliOptions,
  onProgress: Parameters<EntraClient['initialCycle']>[1],
): Promise<CycleReport> {
  const first = company(options.seed, options.users, options.groups);
  if (options.cycle === 'initial') {
    write(`Initial cycle: ${options.users} users, ${options.groups} groups, dialect ${options.dialect}.`);
    return client.initialCycle(onDay(first, options.day), onProgress);
  }
  const before = onDay(first, options.day - 1);
  const after = nextDay(before);
  write(`Incremental cycle: day ${options.day}, dialect ${options.dialect}.`, ...eventLines(after.events));
  return client.incrementalCycle(before, after.company, onProgress);
}

/** The company so many days later. */
function onDay(first: Company, day: number): Company {
  let state = first;
  for (let passed = 0; passed < day; passed += 1) state = nextDay(state).company;
  return state;
}

function write(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
