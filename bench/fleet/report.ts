import type { Machine } from '../machine.ts';
import type { FleetFared } from './traffic.ts';

/** An idle service with so many workspaces. */
export interface Idle {
  workspaces: number;
  cpuMsPerSecond: number;
  transactionsPerSecond: number;
}

/** How a fleet fared under one condition. */
export interface Part extends Omit<FleetFared, 'leavers'> {
  name: string;
  cpuMsPerSecond: number;
  leavers: number;
  leaversDone: number;
  leaverP99Ms: number;
}

export interface Night {
  seconds: number;
  cpuMsPerWorkspace: number;
}

export interface FleetReport {
  setup: {
    at: string;
    workspaces: number;
    people: number;
    requestsPerSecond: number;
    screens: number;
    cycles: number;
    secondsEach: number;
    setUpSeconds: number;
    load: number[];
  };
  machine: Machine;
  idle: Idle[];
  parts: Part[];
  night: Night;
  serviceMegabytes: number;
  databaseMegabytes: number;
}

/** Entra ID: a cycle every 40 minutes. */
const cyclesPerDay = 36;
/** Of a company, in a day: people who change, each a look at them and a PATCH. */
const changedShare = 0.02;
const requestsPerChange = 2;

/** Requests of one workspace in a day: each cycle asks once, whatever there is to do. */
export function requestsPerDay(people: number): number {
  return cyclesPerDay + people * changedShare * requestsPerChange;
}

/** What all that means, in lines. */
export function fleetLines({ setup, idle, parts, night, ...memory }: FleetReport): string[] {
  const [small, all] = [idle[0], idle.at(-1)];
  const alone = parts[0];
  const perRequestMs = ((alone?.cpuMsPerSecond ?? 0) - (all?.cpuMsPerSecond ?? 0)) / (alone?.perSecond ?? 1);
  const requests = requestsPerDay(setup.people);
  const perDaySeconds = (requests * perRequestMs + night.cpuMsPerWorkspace) / 1_000;
  return [
    `${setup.workspaces} workspaces of ${setup.people} people, set up in ${setup.setUpSeconds.toFixed(0)} s; load ${setup.load.map((l) => l.toFixed(1)).join(' before, ')} after; ${setup.secondsEach} s each part.`,
    ...idle.map(
      (each) =>
        `idle with ${each.workspaces} workspaces: ${each.transactionsPerSecond.toFixed(1)} transactions/s, ${each.cpuMsPerSecond.toFixed(1)} ms CPU a second`,
    ),
    `  so idle cost × ${((all?.transactionsPerSecond ?? 0) / (small?.transactionsPerSecond ?? 1)).toFixed(2)} in transactions for × ${((all?.workspaces ?? 0) / (small?.workspaces ?? 1)).toFixed(0)} workspaces`,
    ...parts.map(
      (part) =>
        `${part.name}: ${part.perSecond.toFixed(1)} requests/s, p50 ${part.p50Ms.toFixed(1)}, p95 ${part.p95Ms.toFixed(1)}, p99 ${part.p99Ms.toFixed(1)} ms, ${part.refused} refused; screens p95 ${part.screenP95Ms.toFixed(1)} ms; ` +
        `${part.leaversDone} of ${part.leavers} leavers, p99 ${(part.leaverP99Ms / 1_000).toFixed(2)} s; ${part.cpuMsPerSecond.toFixed(0)} ms CPU a second`,
    ),
    `a night for all at once: ${night.seconds.toFixed(1)} s, ${night.cpuMsPerWorkspace.toFixed(1)} ms CPU for each workspace`,
    `CPU for a request of the mix: ${perRequestMs.toFixed(2)} ms; a workspace of ${setup.people} people sends about ${requests.toFixed(0)} a day: ${perDaySeconds.toFixed(2)} s CPU a day with its night`,
    `memory of the service: ${memory.serviceMegabytes.toFixed(0)} MB; database: ${memory.databaseMegabytes.toFixed(0)} MB`,
  ];
}
