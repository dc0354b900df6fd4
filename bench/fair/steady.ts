import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import type { BenchWorkspace } from '../sync/service.ts';

const p50Share = 0.5;
const p95Share = 0.95;

/** The defaults, in place of the rates that benchmarks are free to send at. */
export const everyDay = {
  WORKSPACE_REQUESTS_PER_SECOND: '',
  TOKEN_REQUESTS_PER_SECOND: '',
  BACK_END_REQUESTS_PER_SECOND: '',
  ADDRESS_REQUESTS_PER_SECOND: '',
  FAILED_SIGN_INS_PER_MINUTE: '',
};

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

/**
 * Sends requests at a steady rate, workspace by workspace, whether earlier ones were answered or not, so that a delay delays
 * no later request.
 *
 * @param ask sends the request with this number
 * @returns what each took in ms, and how many were refused
 */
export async function atSteadyRate(
  { workspaces, requestsPerSecond, forMs }: Omit<SteadyLoad, 'people'>,
  ask: (workspace: BenchWorkspace, n: number) => Promise<void>,
): Promise<{ times: number[]; refused: number }> {
  const times: number[] = [];
  const underWay = new Set<Promise<void>>();
  let refused = 0;
  const begunAt = performance.now();
  for (let n = 0; performance.now() - begunAt < forMs; n += 1) {
    const dueMs = (n * 1_000) / requestsPerSecond;
    await sleep(Math.max(0, dueMs - (performance.now() - begunAt)));
    const workspace = workspaces[n % workspaces.length]!;
    const sentAt = performance.now();
    const sent = ask(workspace, n)
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
  return { times, refused };
}

/** What identity providers send, at a steady rate. */
export async function steadily(load: SteadyLoad): Promise<Fared> {
  const { times, refused } = await atSteadyRate(load, (workspace, n) => ask(workspace, load.people, n));
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
