import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import type { BenchWorkspace } from '../sync/service.ts';

const p50Share = 0.5;
const p95Share = 0.95;

/** What many workspaces send together, each of them at its turn. */
export interface SteadyLoad {
  workspaces: readonly BenchWorkspace[];
  /** People of each. */
  people: number;
  requestsPerSecond: number;
  forMs: number;
}

/** How their requests fared. */
export interface Fared {
  requests: number;
  refused: number;
  p50Ms: number;
  p95Ms: number;
}

/** Sends requests at a steady rate, whether earlier ones were answered or not, so that a delay delays no later request. */
export async function steadily({ workspaces, people, requestsPerSecond, forMs }: SteadyLoad): Promise<Fared> {
  const times: number[] = [];
  const underWay = new Set<Promise<void>>();
  let refused = 0;
  const begunAt = performance.now();
  for (let n = 0; performance.now() - begunAt < forMs; n += 1) {
    const dueMs = (n * 1_000) / requestsPerSecond;
    await sleep(Math.max(0, dueMs - (performance.now() - begunAt)));
    const workspace = workspaces[n % workspaces.length]!;
    const sentAt = performance.now();
    const sent = ask(workspace, people, n)
      .catch(() => {
        refused += 1;
      })
      .then(() => {
        times.push(performance.now() - sentAt);
        underWay.delete(sent);
      });
    underWay.add(sent);
  }
  await Promise.all(underWay);
  const [p50Ms, p95Ms] = [percentile(times, p50Share), percentile(times, p95Share)];
  return { requests: times.length, refused, p50Ms, p95Ms };
}

/** What an identity provider sends in a steady state: a lookup, a GET, a PATCH. */
async function ask({ scim }: BenchWorkspace, people: number, n: number): Promise<void> {
  const number = 1 + (n % people);
  const path = `/Users/01930000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  if (n % 3 === 0) await scim('GET', `/Users?filter=userName%20eq%20%22person${number}%40example.com%22`);
  else if (n % 3 === 1) await scim('GET', path);
  else {
    await scim('PATCH', path, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'title', value: `Title ${n}` }],
    });
  }
}
