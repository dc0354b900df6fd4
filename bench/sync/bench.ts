/**
 * `npm run bench:sync`: synchronization beside the same result in plain SQL, in one run on one machine. Says which
 * required figures are met and writes `bench/results/sync.json`. `--quick` measures a small company, `--docs` puts
 * the tables into docs/benchmarks.md.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { machineText, thisMachine } from '../machine.ts';
import { measureAll, type Size } from './measurements.ts';
import { syncFiguresOf, syncReportLines, writeSyncDocs, writeSyncResults } from './report.ts';
import { startBenchService } from './service.ts';

const normal: Size = { people: 100_000, largestPeople: 1_000_000 };
const quick: Size = { people: 10_000, largestPeople: 0 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    people: { type: 'string' },
    largest: { type: 'string' },
  },
});
const base = values.quick ? quick : normal;
await main({
  people: Number(values.people ?? base.people),
  largestPeople: Number(values.largest ?? base.largestPeople),
});

async function main(size: Size): Promise<void> {
  const machine = thisMachine();
  const [loadBefore = 0] = loadavg();
  const service = await startBenchService();
  try {
    const measured = await measureAll(service, size, (what) => process.stderr.write(`${what} …\n`));
    const [loadAfter = 0] = loadavg();
    const run = { at: new Date().toISOString(), load: [loadBefore, loadAfter] as [number, number] };
    const file = await writeSyncResults(measured, machine, run);
    if (values.docs) await writeSyncDocs(measured, machine, run);
    const missed = syncFiguresOf(measured).filter(({ measured: is, atMost }) => is !== null && is > atMost);
    const lines = [
      machineText(machine),
      `Load ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after.`,
      '',
      ...syncReportLines(measured),
      '',
      missed.length === 0 ? 'All measured figures are met.' : `${missed.length} figures are not met.`,
      `Written: ${file}${values.docs ? ', docs/benchmarks.md' : ''}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await service.stop();
  }
}
