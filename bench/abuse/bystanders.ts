import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import { scimLatency } from '../sync/scim-latency.ts';
import type { BenchService, BenchWorkspace } from '../sync/service.ts';

const probeEveryMs = 100;
const leaverEveryMs = 1_000;
const leaverPollMs = 25;
const p95Share = 0.95;

/** How the other tenants fared. A leaver that was not switched off by the end counts with the time that it waited. */
export interface Experience {
  scimP95Ms: number;
  scimRequests: number;
  liveMaxMs: number;
  liveP95Ms: number;
  leaverMaxMs: number;
  leavers: number;
}

/** Two tenants that do their ordinary work: one is read and written by its identity provider, people leave the other. */
export interface Bystanders {
  tenant: BenchWorkspace;
  people: number;
  leaving: BenchWorkspace;
  leaversLeft: () => string | undefined;
}

/**
 * Watches them for a time.
 *
 * @param isOver asked before each request
 */
export async function watch(
  service: BenchService,
  { tenant, people, leaving, leaversLeft }: Bystanders,
  isOver: () => boolean,
): Promise<Experience> {
  const [scim, live, leavers] = await Promise.all([
    scimLatency(tenant, people, () => !isOver()),
    timesOf(() => fetch(`${service.url}/health/live`).then((answer) => answer.text()), probeEveryMs, isOver),
    leaverTimes(leaving, leaversLeft, isOver),
  ]);
  return {
    scimP95Ms: scim.p95Ms,
    scimRequests: scim.requests,
    liveMaxMs: Math.max(...live),
    liveP95Ms: percentile(live, p95Share),
    leaverMaxMs: Math.max(...leavers),
    leavers: leavers.length,
  };
}

async function timesOf(
  work: () => Promise<unknown>,
  pauseMs: number,
  isOver: () => boolean,
): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
    await sleep(pauseMs);
  }
  return times;
}

/** From the identity provider's `active: false` until the member is deactivated. */
async function leaverTimes(
  { scim, admin }: BenchWorkspace,
  next: () => string | undefined,
  isOver: () => boolean,
): Promise<number[]> {
  const leave = async () => {
    const id = next();
    if (id === undefined) throw new Error('Too few people for so many leavers');
    const user = (await scim('PATCH', `/Users/${id}`, deactivation)) as { userName: string };
    const query = `search=${encodeURIComponent(user.userName)}`;
    for (;;) {
      const { items } = (await admin('GET', `/api/members?${query}`)) as { items: { status: string }[] };
      if (items[0]?.status === 'deactivated') return;
      await sleep(leaverPollMs);
    }
  };
  return timesOf(leave, leaverEveryMs, isOver);
}

const deactivation = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};
