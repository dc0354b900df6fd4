import { setTimeout as sleep } from 'node:timers/promises';
import { cliOptions, usage, UsageError, type CliOptions } from './cli-options.ts';
import { company, type Company } from './company.ts';
import type { ConnectionTest } from './connection-test.ts';
import type { OnProgress } from './cycle.ts';
import { hasFailed, type CycleReport } from './cycle-report.ts';
import { progressDisplay } from './cycle-progress.ts';
import { EntraClient } from './entra.ts';
import { nextDay } from './next-day.ts';
import { OktaClient } from './okta.ts';
import { eventLines, reportLines } from './report-text.ts';

const exitFailed = 1;
const exitUsage = 2;

process.exitCode = await main(process.argv.slice(2));

/** Runs one cycle. @returns the exit code: 0 done, 1 something failed, 2 the command line is wrong */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = cliOptions(args, process.env);
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
  const client = clientOf(options);
  const show = options.output === 'json' ? jsonDisplay() : textDisplay();
  const test = await client.testConnection();
  show.test(test);
  if (!test.ok) return exitFailed;
  let report: CycleReport;
  try {
    report = await runCycle(client, options, show);
  } finally {
    show.stop();
  }
  show.report(report);
  return hasFailed(report) ? exitFailed : 0;
}

function clientOf({
  provider,
  url,
  token,
  dialect,
  concurrency,
  pauseMs,
}: CliOptions): EntraClient | OktaClient {
  const unhurried: typeof fetch = async (...request) => {
    await sleep(pauseMs);
    return fetch(...request);
  };
  const options = { baseUrl: url, token, concurrency, fetch: pauseMs > 0 ? unhurried : fetch };
  return provider === 'entra' ? new EntraClient({ ...options, dialect }) : new OktaClient(options);
}

async function runCycle(
  client: EntraClient | OktaClient,
  options: CliOptions,
  show: Display,
): Promise<CycleReport> {
  const first = company(options.seed, options.users, options.groups);
  const dialect = options.provider === 'entra' ? `, dialect ${options.dialect}` : '';
  if (options.cycle === 'initial') {
    show.note(`Initial cycle: ${options.users} users, ${options.groups} groups${dialect}.`);
    return client.initialCycle(onDay(first, options.day), show.onProgress);
  }
  const before = onDay(first, options.day - 1);
  const after = nextDay(before);
  show.note(`Incremental cycle: day ${options.day}${dialect}.`, ...eventLines(after.events));
  return client.incrementalCycle(before, after.company, show.onProgress);
}

/** Tells how it goes. */
interface Display {
  test(result: ConnectionTest): void;
  note(...lines: string[]): void;
  onProgress: OnProgress;
  stop(): void;
  report(report: CycleReport): void;
}

function textDisplay(): Display {
  const { onProgress, stop } = progressDisplay((line) => write(`  ${line}`), process.stdout.isTTY);
  return {
    test: ({ ok, detail }) => write(`Test Connection: ${ok ? 'positive' : 'FAILED'}. ${detail}`),
    note: write,
    onProgress,
    stop,
    report: (report) => write('', ...reportLines(report)),
  };
}

/** For programs: `{"test": …}`, `{"progress": …}` and at last `{"report": …}`, one a line. */
function jsonDisplay(): Display {
  return {
    test: (test) => write(JSON.stringify({ test })),
    note: () => {},
    onProgress: (progress) => write(JSON.stringify({ progress })),
    stop: () => {},
    report: (report) => write(JSON.stringify({ report })),
  };
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
