/**
 * `npm run bench:events`: what the events cost, and how fast the host product has them, in one run on one machine. Writes
 * `bench/results/events.json`. `--people` says how large the company of the run is (100000), `--members` how many members
 * there are for the snapshot, the digest and the access checks (1000000).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineText, thisMachine } from '../machine.ts';
import { rounded, tidy } from '../results.ts';
import { type BenchService, startBenchService } from '../sync/service.ts';
import type { Figure } from './figure.ts';
import { measureFollowing } from './following.ts';
import { measureLargeWorkspace } from './large-workspace.ts';
import { measureWriting } from './writing.ts';

const resultsFile = join(import.meta.dirname, '../results/events.json');

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    members: { type: 'string', default: '1000000' },
  },
});
process.exitCode = await main(Number(values.people), Number(values.members));

async function main(people: number, members: number): Promise<number> {
  const [loadBefore = 0] = loadavg();
  const environment = { WEBHOOK_ALLOW_PRIVATE: 'on' };
  const services: BenchService[] = [];
  const start = async (program?: string): Promise<BenchService> => {
    const service = await startBenchService({ environment, ...(program !== undefined && { program }) });
    services.push(service);
    return service;
  };
  try {
    const bare = await start(join(import.meta.dirname, 'without-events.ts'));
    const service = await start();
    const figures: Figure[] = [];
    const say = (what: string) => process.stderr.write(`${what} …\n`);
    figures.push(...(await measureWriting(service, bare, people, say)));
    figures.push(...(await measureFollowing(service, say)));
    figures.push(...(await measureLargeWorkspace(service, members, say)));
    const machine = thisMachine();
    const [loadAfter = 0] = loadavg();
    await mkdir(join(resultsFile, '..'), { recursive: true });
    const setup = { at: new Date().toISOString(), people, members, load: [loadBefore, loadAfter] };
    await writeFile(
      resultsFile,
      await tidy(JSON.stringify({ setup, machine, figures }, rounded), resultsFile),
    );
    process.stdout.write(
      `${[
        machineText(machine),
        `Load ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after.`,
        '',
        ...figures.map(lineOf),
        '',
        `Written: ${resultsFile}`,
      ].join('\n')}\n`,
    );
    return figures.every(isMet) ? 0 : 1;
  } finally {
    for (const service of services) await service.stop();
  }
}

function isMet({ is, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return is <= atMost && is >= atLeast;
}

function lineOf(figure: Figure): string {
  const { name, is, atMost, atLeast, unit } = figure;
  const wanted = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : '';
  const verdict = wanted === '' ? '' : isMet(figure) ? 'met' : 'NOT MET';
  const digits = is < 10 ? 2 : 0;
  return `${name.padEnd(58)} ${wanted.padStart(9)} ${is.toFixed(digits).padStart(9)} ${unit.padEnd(4)} ${verdict}`.trimEnd();
}
