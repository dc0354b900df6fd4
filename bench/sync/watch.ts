import { setTimeout as sleep } from 'node:timers/promises';
import { clusterTimeMs, processTimeMs, residentMegabytes } from '../processor-time.ts';
import type { BenchService, BenchWorkspace } from './service.ts';

const sampleEveryMs = 200;

/** How long something took, and what it cost: processor time of the service and of PostgreSQL, and memory. */
export interface Cost {
  ms: number;
  serviceCpuMs: number;
  postgresCpuMs: number;
  /** Megabytes in RAM of the service at most: in all, and in each quarter of the time. */
  memoryMb: number;
  memoryByQuarterMb: number[];
}

/** Presses Synchronize and waits for the end. @param pollMs how exactly the end is seen @returns the run's id */
export async function synchronize(workspace: BenchWorkspace, pollMs: number): Promise<string> {
  const { id } = (await workspace.admin('POST', '/api/sync-runs', {})) as { id: string };
  await ended(workspace, id, pollMs);
  return id;
}

/** Takes a run back and waits for the end. */
export async function undo(workspace: BenchWorkspace, runId: string, pollMs: number): Promise<void> {
  const { id } = (await workspace.admin('POST', `/api/sync-runs/${runId}/undo`)) as { id: string };
  await ended(workspace, id, pollMs);
}

async function ended({ admin }: BenchWorkspace, id: string, pollMs: number): Promise<void> {
  for (;;) {
    const run = (await admin('GET', `/api/sync-runs/${id}`)) as { state: string; error: string | null };
    if (run.state === 'failed') throw new Error(run.error ?? 'The run failed');
    if (run.state !== 'queued' && run.state !== 'running') return;
    await sleep(pollMs);
  }
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** What something costs. */
export async function costOf(service: BenchService, work: () => Promise<unknown>): Promise<Cost> {
  const { pid, postmaster } = service;
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(residentMegabytes(pid)), sampleEveryMs);
  const before = { service: processTimeMs(pid), postgres: clusterTimeMs(postmaster) };
  const ms = await timed(work);
  clearInterval(timer);
  samples.push(residentMegabytes(pid));
  const quarter = (n: number) =>
    samples.slice(Math.floor((n * samples.length) / 4), Math.ceil(((n + 1) * samples.length) / 4));
  return {
    ms,
    serviceCpuMs: processTimeMs(pid) - before.service,
    postgresCpuMs: clusterTimeMs(postmaster) - before.postgres,
    memoryMb: Math.max(...samples),
    memoryByQuarterMb: [0, 1, 2, 3].map((n) => Math.max(...quarter(n))),
  };
}
