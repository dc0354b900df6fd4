import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textTable } from '../../simulator/text-table.ts';
import { figureLines } from '../report-text.ts';
import { machineText, type Machine } from '../machine.ts';
import { putIntoDocs, rounded, tidy } from '../results.ts';
import type { SyncMeasurements } from './measurements.ts';
import type { Cost } from './watch.ts';

const folder = join(import.meta.dirname, '../results');
const cellMaxChars = 90;
const count = (number: number) => number.toLocaleString('en');

/** How a run was set up. */
export interface SyncRunSettings {
  at: string;
  /** Processes that wanted a core, on average over a minute, before and after. */
  load: [number, number];
}

/** A figure with the most that it may be; null where this run did not measure it. */
export interface SyncFigure {
  label: string;
  atMost: number;
  unit: '' | ' ms' | ' MB';
  measured: number | null;
}

const each = ({ ms, people }: { ms: number; people: number }) => ms / people;

/** The figures that synchronization is held to. */
export function syncFiguresOf(measured: SyncMeasurements): SyncFigure[] {
  const { size, run, floor, preview, quiet, changed, undone, largest, scim } = measured;
  const [fewUndone, manyUndone] = undone;
  const people = count(size.people);
  return [
    { label: `${people} new people ÷ floor`, atMost: 3, unit: '', measured: run.ms / floor.ms },
    ...quiet.map(({ people: among, ms }): SyncFigure => ({
      label: `nothing to do, in a directory of ${count(among)}`,
      atMost: 50,
      unit: ' ms',
      measured: ms,
    })),
    {
      label: `1 % changed of ${people} ÷ ${count(changed.people)} new people`,
      atMost: 1.5,
      unit: '',
      measured: changed.changedMs / changed.newMs,
    },
    {
      label: `a change of ${people} taken back ÷ one of ${count(fewUndone?.people ?? 0)}`,
      atMost: 2,
      unit: '',
      measured: fewUndone && manyUndone ? each(manyUndone) / each(fewUndone) : null,
    },
    { label: 'preview, first page ÷ run', atMost: 0.02, unit: '', measured: preview.firstPageMs / run.ms },
    { label: 'preview, exact counts ÷ run', atMost: 0.5, unit: '', measured: preview.countsMs / run.ms },
    { label: 'preview, asked again ÷ run', atMost: 0.02, unit: '', measured: preview.againMs / run.ms },
    {
      label: `memory during a run of ${count(size.largestPeople || size.people)}`,
      atMost: 300,
      unit: ' MB',
      measured: (largest ?? run).memoryMb,
    },
    {
      label: `SCIM p95 during a run of ${people} ÷ without`,
      atMost: 3,
      unit: '',
      measured: scim.duringP95Ms / scim.withoutP95Ms,
    },
  ];
}

/** Everything as lines for a terminal. */
export function syncReportLines(measured: SyncMeasurements): string[] {
  return [
    ...textTable(
      [
        { heading: 'what' },
        { heading: 'seconds', right: true },
        { heading: 'people/s', right: true },
        { heading: 'CPU service s', right: true },
        { heading: 'CPU PostgreSQL s', right: true },
        { heading: 'memory MB, by quarter', right: true },
      ],
      costRows(measured),
      cellMaxChars,
    ),
    '',
    ...figureLines(syncFiguresOf(measured).map(cells)),
    '',
    scimLine(measured),
  ];
}

/** Writes `bench/results/sync.json`. @returns the file */
export async function writeSyncResults(
  measured: SyncMeasurements,
  machine: Machine,
  run: SyncRunSettings,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'sync.json');
  const json = JSON.stringify(
    { setup: run, machine, figures: syncFiguresOf(measured), ...measured },
    rounded,
  );
  await writeFile(file, await tidy(json, file));
  return file;
}

/** Puts the tables between their marks in docs/benchmarks.md. */
export async function writeSyncDocs(
  measured: SyncMeasurements,
  machine: Machine,
  run: SyncRunSettings,
): Promise<void> {
  const rowOf = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const section = [
    `Measured ${run.at.slice(0, 10)} on ${machineText(machine)}; load ${run.load.map((load) => load.toFixed(1)).join(' before, ')} after.`,
    '',
    rowOf(['figure', 'must be', 'is', '']),
    '| --- | --: | --: | --- |',
    ...syncFiguresOf(measured).map((figure) => rowOf(cells(figure))),
    '',
    rowOf([
      'what',
      'seconds',
      'people/s',
      'CPU service s',
      'CPU PostgreSQL s',
      'memory MB, by quarter of the time',
    ]),
    '| --- | --: | --: | --: | --: | --: |',
    ...costRows(measured).map(rowOf),
    '',
    scimLine(measured),
  ].join('\n');
  await putIntoDocs('bench-sync', section);
}

function costRows({ size, run, floor, largest }: SyncMeasurements): string[][] {
  const row = (what: string, people: number, cost: Cost, memory: boolean) => [
    what,
    (cost.ms / 1000).toFixed(1),
    count(Math.round((people / cost.ms) * 1000)),
    (cost.serviceCpuMs / 1000).toFixed(1),
    (cost.postgresCpuMs / 1000).toFixed(1),
    memory ? cost.memoryByQuarterMb.map((mb) => mb.toFixed(0)).join(', ') : '',
  ];
  return [
    row(`run of ${count(size.people)} new people`, size.people, run, true),
    row('the same in plain SQL (floor)', size.people, floor, false),
    ...(largest ? [row(`run of ${count(size.largestPeople)}`, size.largestPeople, largest, true)] : []),
  ];
}

function scimLine({ scim }: SyncMeasurements): string {
  const { withoutP95Ms, duringP95Ms, requestsDuring } = scim;
  return `SCIM lookups, GETs and PATCHes, one at a time: p95 ${withoutP95Ms.toFixed(1)} ms without a run, ${duringP95Ms.toFixed(1)} ms during one (${requestsDuring} requests).`;
}

function cells({ label, atMost, unit, measured }: SyncFigure): string[] {
  const required = `≤ ${atMost}${unit}`;
  if (measured === null) return [label, required, '–', 'not measured'];
  const digits = measured >= 10 ? 0 : measured >= 0.1 ? 2 : 4;
  return [label, required, `${measured.toFixed(digits)}${unit}`, measured <= atMost ? 'met' : 'NOT MET'];
}
