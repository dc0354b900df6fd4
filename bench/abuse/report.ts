import { figureLines } from '../report-text.ts';
import type { Experience } from './bystanders.ts';

/** What another tenant may notice at most. */
const scimP95RatioMax = 3;
const liveMaxMs = 200;
const leaverMaxMs = 5_000;
const refusalCpuMaxMs = 1;

/** Requests without a token, by themselves. */
export interface Refusals {
  outcomes: Record<string, number>;
  /** Processor time of the service for each. */
  cpuMsEach: number;
}

/** One attack, its answers, and how the other tenants fared before and during it. */
export interface AttackResult {
  name: string;
  /** Many senders together are not held to what one tenant may do to another's requests. */
  isOfMany: boolean;
  outcomes: Record<string, number>;
  alone: Experience;
  during: Experience;
  memoryMb: number;
}

/** A figure that every attack is held to. */
export interface AbuseFigure {
  label: string;
  atMost: number;
  unit: '' | ' ms';
  measured: number;
}

function refusalFigureOf({ cpuMsEach }: Refusals): AbuseFigure {
  return {
    label: 'processor time of a request without a token',
    atMost: refusalCpuMaxMs,
    unit: ' ms',
    measured: cpuMsEach,
  };
}

function figuresOf({ alone, during, isOfMany }: AttackResult): AbuseFigure[] {
  const scim: AbuseFigure = {
    label: 'SCIM p95 of another tenant ÷ alone',
    atMost: scimP95RatioMax,
    unit: '',
    measured: during.scimP95Ms / alone.scimP95Ms,
  };
  return [
    ...(isOfMany ? [] : [scim]),
    { label: '/health/live, slowest', atMost: liveMaxMs, unit: ' ms', measured: during.liveMaxMs },
    { label: 'a leaver of a third, slowest', atMost: leaverMaxMs, unit: ' ms', measured: during.leaverMaxMs },
  ];
}

/** Everything as lines for a terminal. */
export function abuseReportLines(refusals: Refusals, results: readonly AttackResult[]): string[] {
  const attacks = results.flatMap((result) => [
    `${result.name}`,
    `  answered: ${outcomesText(result.outcomes)}; memory of the service ${result.memoryMb.toFixed(0)} MB at most`,
    `  SCIM p95 ${result.alone.scimP95Ms.toFixed(1)} ms alone, ${result.during.scimP95Ms.toFixed(1)} ms during ` +
      `(${result.during.scimRequests} requests, ${result.during.leavers} leavers)`,
    ...figureLines(figuresOf(result).map(cells)).map((line) => `  ${line}`),
    '',
  ]);
  return [
    `requests without a token, by themselves: ${outcomesText(refusals.outcomes)}`,
    ...figureLines([cells(refusalFigureOf(refusals))]).map((line) => `  ${line}`),
    '',
    ...attacks,
  ];
}

/** How many figures are not met. */
export function missedOf(refusals: Refusals, results: readonly AttackResult[]): number {
  return [refusalFigureOf(refusals), ...results.flatMap(figuresOf)].filter(
    ({ measured, atMost }) => !(measured <= atMost),
  ).length;
}

function outcomesText(outcomes: Record<string, number>): string {
  const each = Object.entries(outcomes).map(([outcome, times]) => `${times} × ${outcome}`);
  return each.length === 0 ? 'nothing' : each.join(', ');
}

function cells({ label, atMost, unit, measured }: AbuseFigure): string[] {
  const is = measured < 10 ? `${measured.toFixed(2)}${unit}` : `${measured.toFixed(0)}${unit}`;
  return [label, `≤ ${atMost}${unit}`, is, measured <= atMost ? 'met' : 'NOT MET'];
}
