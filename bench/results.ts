import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { figuresOf, type Measurements, ratioOfRounds } from './figures.ts';
import { type Machine, machineText } from './machine.ts';
import { chart } from './report-chart.ts';
import { figureCells } from './report-text.ts';

/** How a run was set up; what it says belongs to it. */
export interface RunSettings {
  at: string;
  quick: boolean;
  rounds: number;
  usersPerRound: number;
  concurrency: number;
  poolSize: number;
}

const root = join(import.meta.dirname, '..');
const folder = join(import.meta.dirname, 'results');
const page = join(root, 'docs/benchmarks.md');

/**
 * Writes `bench/results/latest.json` and `latest.svg`.
 *
 * @returns the files written
 */
export async function writeResults(
  measurements: Measurements,
  machine: Machine,
  run: RunSettings,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = { json: join(folder, 'latest.json'), svg: join(folder, 'latest.svg') };
  const json = JSON.stringify({ run, machine, figures: figuresOf(measurements), ...measurements }, rounded);
  await writeFile(files.json, await tidy(json, files.json));
  await writeFile(files.svg, chart(measurements, `${machineText(machine)}, ${run.at.slice(0, 10)}`));
  return Object.values(files);
}

/**
 * Puts the tables of this run between their marks in docs/benchmarks.md.
 *
 * @throws Error when the page has no such marks
 */
export async function writeDocs(
  measurements: Measurements,
  machine: Machine,
  run: RunSettings,
): Promise<void> {
  await putIntoDocs('bench', docsSection(measurements, machine, run));
}

/**
 * Puts a text between the marks of this name in docs/benchmarks.md.
 *
 * @throws Error when the page has no such marks
 */
export async function putIntoDocs(mark: string, section: string): Promise<void> {
  const [beginMark, endMark] = [`<!-- ${mark}:begin -->`, `<!-- ${mark}:end -->`];
  const text = await readFile(page, 'utf8');
  const [before, after] = [text.split(beginMark, 1)[0], text.split(endMark)[1]];
  if (before === undefined || after === undefined || before === text) {
    throw new Error(`docs/benchmarks.md has no ${beginMark} … ${endMark}`);
  }
  await writeFile(page, await tidy(`${before}${beginMark}\n\n${section}\n\n${endMark}${after}`, page));
}

function docsSection(measurements: Measurements, machine: Machine, run: RunSettings): string {
  const { steps } = measurements;
  const ratio = (key: string, system: 'floor' | 'peer') =>
    ratioOfRounds(steps, key, system, 'rounds')?.toFixed(2) ?? '–';
  const own = steps.filter(({ system }) => system === 'service');
  const rowOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `Measured ${run.at.slice(0, 10)} on ${machineText(machine)}; ${run.rounds} rounds of ${run.usersPerRound} users, ` +
      `${run.concurrency} requests at once, ${run.poolSize} connections to PostgreSQL for each server.`,
    '',
    rowOf(['step', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms (PostgreSQL)', '÷ floor', '÷ peer']),
    '| --- | --: | --: | --: | --: | --: | --: | --: |',
    ...own.map((step) =>
      rowOf([
        step.label,
        step.perSecond.toFixed(0),
        ...[step.p50Ms, step.p95Ms, step.p99Ms].map((ms) => ms.toFixed(1)),
        `${step.serverCpuMs.toFixed(2)} (${step.postgresCpuMs.toFixed(2)})`,
        ratio(step.key, 'floor'),
        ratio(step.key, 'peer'),
      ]),
    ),
    '',
    '![Requests per second of the service, the floor and the peer](../bench/results/latest.svg)',
    '',
    rowOf(['figure', 'must be', 'is', '']),
    '| --- | --: | --: | --- |',
    ...figuresOf(measurements).map((figure) => rowOf(figureCells(figure))),
  ].join('\n');
}

/** A replacer for `JSON.stringify`: six digits tell enough. */
export function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

/** The text as Prettier would have it in that file. */
export async function tidy(text: string, file: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
