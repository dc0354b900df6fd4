import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import type { BenchWorkspace } from './service.ts';

const pauseMs = 10;
const p95Share = 0.95;

/**
 * Sends what an identity provider sends in a steady state, one request after another with a pause in between: a lookup,
 * a GET and a PATCH of people all over the company, in turns.
 *
 * @param while_ asked before each request
 * @returns the 95th percentile, in milliseconds, and of how many requests
 */
export async function scimLatency(
  { scim }: BenchWorkspace,
  people: number,
  while_: () => boolean,
): Promise<{ p95Ms: number; requests: number }> {
  const times: number[] = [];
  for (let n = 0; while_(); n += 1) {
    // A step that has no divisor in common with the usual sizes reaches everybody.
    const number = 1 + ((n * 7919) % people);
    const begun = performance.now();
    await request(scim, number, n);
    times.push(performance.now() - begun);
    await sleep(pauseMs);
  }
  return { p95Ms: percentile(times, p95Share), requests: times.length };
}

function request(scim: BenchWorkspace['scim'], number: number, n: number): Promise<unknown> {
  const path = `/Users/01930000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  if (n % 3 === 0) return scim('GET', `/Users?filter=userName%20eq%20%22person${number}%40example.com%22`);
  if (n % 3 === 1) return scim('GET', path);
  return scim('PATCH', path, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value: `Title ${n}` }],
  });
}
