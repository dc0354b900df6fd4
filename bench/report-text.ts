import { textTable } from '../simulator/text-table.ts';
import { type Figure, figuresOf, type Measurements, ratioOfRounds } from './figures.ts';
import type { StepResult } from './rounds.ts';

const cellMaxChars = 80;

/** Everything that was measured, as lines for a terminal. */
export function reportLines(measurements: Measurements): string[] {
  return [
    ...stepLines(measurements.steps),
    '',
    ...membershipLines(measurements),
    '',
    ...largeLines(measurements),
    '',
    ...figureLines(figuresOf(measurements).map(figureCells)),
  ];
}

/** The figures as lines for a terminal. @param rows the four cells of each, see `figureCells` */
export function figureLines(rows: readonly (readonly string[])[]): string[] {
  return textTable(
    [
      { heading: 'figure, in this run' },
      { heading: 'must be', right: true },
      { heading: 'is', right: true },
      { heading: '' },
    ],
    rows.map((row) => [...row]),
    cellMaxChars,
  );
}

/** A figure in four cells: what, what it must be, what it is, whether it is met. */
export function figureCells(figure: Figure): [string, string, string, string] {
  const met = figure.met === null ? 'not measured' : figure.met ? 'met' : 'NOT MET';
  const is = figure.measured === null ? '–' : `${figureText(figure.measured)}${figure.unit}`;
  return [figure.label, requiredText(figure), is, met];
}

function requiredText({ required, unit }: Figure): string {
  return 'atLeast' in required ? `≥ ${required.atLeast}${unit}` : `≤ ${required.atMost}${unit}`;
}

/** Counts and megabytes whole, ratios with two digits. */
function figureText(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function stepLines(steps: readonly StepResult[]): string[] {
  const ratio = (step: StepResult) => {
    if (step.system === 'service') return '';
    const value = ratioOfRounds(steps, step.key, step.system, 'rounds');
    return value === null ? '' : `${value.toFixed(2)} ×`;
  };
  return textTable(
    [
      { heading: 'step' },
      { heading: 'system' },
      ...['per second', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU server ms', 'CPU PostgreSQL ms', 'service is'].map(
        (heading) => ({ heading, right: true }),
      ),
    ],
    steps.map((step) => [
      step.label,
      step.system,
      step.perSecond.toFixed(0),
      ...[step.p50Ms, step.p95Ms, step.p99Ms].map((ms) => ms.toFixed(1)),
      ...[step.serverCpuMs, step.postgresCpuMs].map((ms) => ms.toFixed(2)),
      ratio(step),
    ]),
  );
}

function membershipLines({ membership }: Measurements): string[] {
  return textTable(
    [
      { heading: 'one member, one request at a time' },
      ...['members', 'add p50 ms', 'p95', 'p99', 'remove p50 ms', 'p95', 'p99', 'lean get/s', 'p50 ms'].map(
        (heading) => ({ heading, right: true }),
      ),
    ],
    membership.map(({ system, groupSize, addMs, removeMs, leanGetMs, leanGetPerSecond }) => [
      system,
      groupSize.toLocaleString('en'),
      ...[addMs, removeMs].flatMap(({ p50, p95, p99 }) => [p50, p95, p99]).map((ms) => ms.toFixed(1)),
      leanGetPerSecond.toFixed(0),
      leanGetMs.p50.toFixed(1),
    ]),
  );
}

function largeLines({ large, statements, residentMegabytes }: Measurements): string[] {
  const { smallUsers, largeUsers } = large;
  const users = (count: number) => count.toLocaleString('en');
  return [
    `Everybody by index pages of 100: ${large.indexPageMsSmall.toFixed(1)} ms a page at ${users(smallUsers)} users, ` +
      `${large.indexPageMsLarge.toFixed(1)} ms at ${users(largeUsers)}.`,
    `By cursor at ${users(largeUsers)}: first page ${large.cursorFirstPageMs.toFixed(1)} ms; by tenths of the ` +
      `directory ${large.cursorTenthsMs.map((ms) => ms.toFixed(1)).join(', ')} ms.`,
    `Filling: ${large.postsPerSecond.toFixed(0)} users/s. Memory afterwards: ${residentMegabytes.toFixed(0)} MB.`,
    `Statements, warm (with background): ${statements
      .map(({ label, perRequest, allPerRequest }) => `${label} ${perRequest} (${allPerRequest.toFixed(2)})`)
      .join(', ')}.`,
  ];
}
