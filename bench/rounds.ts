import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground, SystemName } from './ground.ts';
import { runLoad } from './load.ts';
import { clusterTimeMs, processTimeMs } from './processor-time.ts';
import type { OnProgress } from './progress.ts';
import { median, percentile } from './statistics.ts';
import type { Subject } from './subject.ts';
import { partsOfRound, type Step } from './workload.ts';

/** One step of one system in one round. */
interface Measurement {
  perSecond: number;
  latenciesMs: number[];
  serverCpuMs: number;
  postgresCpuMs: number;
}

/** A step of a system over all rounds. */
export interface StepResult {
  key: string;
  label: string;
  system: SystemName;
  /** Per second: one for each round, and their median. */
  rounds: number[];
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** Processor time for one, medians over the rounds. */
  serverCpuMs: number;
  postgresCpuMs: number;
  cpuRounds: number[];
}

/** A server runs for weeks: what counts is what it does when its code has been compiled. */
const warmUpRounds = 5;

/** How long the service may keep what it writes in batches; processor time is read after it. */
const settleMs = 600;

/**
 * Drives all systems through all steps, `rounds` times after some that only warm them up. Within a round each
 * step goes to one system after the other, and another one begins each time.
 *
 * @param users users that each part of a round creates in each system
 */
export async function runRounds(
  ground: Ground,
  subjects: readonly Subject[],
  { rounds, users }: { rounds: number; users: number },
  onProgress: OnProgress,
): Promise<StepResult[]> {
  const measured = new Map<string, Measurement[]>();
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    const isWarmUp = round < warmUpRounds;
    const name = isWarmUp ? 'Warming up' : `Round ${round - warmUpRounds + 1} of ${rounds}`;
    for (const [part, steps] of partsOfRound.entries()) {
      const first = (round * partsOfRound.length + part) * users;
      for (const [at, step] of steps.entries()) {
        for (const subject of rotated(subjects, round + at)) {
          const measurement = await measure(ground, subject, step, users, first, isWarmUp ? 0 : settleMs);
          onProgress(`${name}: ${step.label}, ${subject.name}: ${Math.round(measurement.perSecond)}/s`);
          const key = `${subject.name} ${step.key}`;
          if (!isWarmUp) measured.set(key, [...(measured.get(key) ?? []), measurement]);
        }
      }
    }
    await ground.vacuum();
  }
  return partsOfRound
    .flat()
    .flatMap((step) =>
      subjects.map((subject) =>
        resultOf(step, subject.name, measured.get(`${subject.name} ${step.key}`) ?? []),
      ),
    );
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

async function measure(
  ground: Ground,
  subject: Subject,
  step: Step,
  users: number,
  first: number,
  waitMs: number,
): Promise<Measurement> {
  const count = Math.max(1, Math.round(users * step.perUser));
  const serverBefore = processTimeMs(subject.server.pid);
  const postgresBefore = clusterTimeMs(ground.postmaster);
  const { latenciesMs, seconds } = await runLoad(count, step.atOnce, (index) =>
    step.task(subject, index, first),
  );
  await sleep(waitMs);
  return {
    perSecond: count / seconds,
    latenciesMs,
    serverCpuMs: (processTimeMs(subject.server.pid) - serverBefore) / count,
    postgresCpuMs: (clusterTimeMs(ground.postmaster) - postgresBefore) / count,
  };
}

function resultOf(step: Step, system: SystemName, measurements: Measurement[]): StepResult {
  const latencies = measurements.flatMap(({ latenciesMs }) => latenciesMs);
  const rounds = measurements.map(({ perSecond }) => perSecond);
  return {
    key: step.key,
    label: step.label,
    system,
    rounds,
    perSecond: median(rounds),
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    p99Ms: percentile(latencies, 0.99),
    serverCpuMs: median(measurements.map(({ serverCpuMs }) => serverCpuMs)),
    postgresCpuMs: median(measurements.map(({ postgresCpuMs }) => postgresCpuMs)),
    cpuRounds: measurements.map(({ serverCpuMs, postgresCpuMs }) => serverCpuMs + postgresCpuMs),
  };
}
