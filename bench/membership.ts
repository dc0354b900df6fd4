import { randomUUID } from 'node:crypto';
import {
  addMembersBody,
  createFilledGroupBody,
  createGroupBody,
  removeMembersBody,
} from './entra-requests.ts';
import type { SystemName } from './ground.ts';
import { runLoad } from './load.ts';
import type { OnProgress } from './progress.ts';
import { median, percentile } from './statistics.ts';
import { concurrency, idOf, type Subject } from './subject.ts';

/** What it takes to add and to remove one member of a group of some size, and to read the group without members. */
export interface MembershipResult {
  system: SystemName;
  groupSize: number;
  addMs: Percentiles;
  removeMs: Percentiles;
  leanGetMs: Percentiles;
  /** Lean gets per second, `concurrency` at once. */
  leanGetPerSecond: number;
}

export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
  samples: number;
}

interface Group {
  subject: Subject;
  id: string;
  size: number;
  /** How many pairs of adding and removing in a round: SCIMMY takes seconds for one in a large group. */
  pairs: number;
  times: Record<'add' | 'remove' | 'lean', number[]>;
  leanRounds: number[];
}

const fillChunk = 10_000;
const leanGets = 300;

/** How many pairs of a system a round has time for. */
function pairsOf(system: SystemName, size: number, pairs: number): number {
  if (system !== 'peer' || size < 1_000) return pairs;
  return size < 10_000 ? Math.ceil(pairs / 10) : 1;
}

/**
 * Adds and removes one member, one request at a time, in groups of all sizes in turn, so that whatever disturbs the
 * machine disturbs all sizes alike.
 *
 * @param subjects each with the sizes of groups to make; its users beyond the largest size are those who come and go
 */
export async function measureMembership(
  subjects: readonly { subject: Subject; sizes: readonly number[] }[],
  { rounds, pairs }: { rounds: number; pairs: number },
  onProgress: OnProgress,
): Promise<MembershipResult[]> {
  const groups: Group[] = [];
  for (const { subject, sizes } of subjects) {
    for (const size of sizes) {
      onProgress(`Filling a group of ${size.toLocaleString('en')}, ${subject.name}`);
      groups.push(await makeGroup(subject, size, pairsOf(subject.name, size, pairs)));
    }
  }
  for (const group of groups) if (group.pairs > 1) await addAndRemove(group, 0);
  for (const group of groups) group.times = { add: [], remove: [], lean: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const { subject } of subjects) {
      onProgress(`Membership, round ${round} of ${rounds}, ${subject.name}`);
      const own = groups.filter((group) => group.subject === subject);
      for (let pair = 0; pair < pairs; pair += 1) {
        for (const group of own) if (pair < group.pairs) await addAndRemove(group, pair);
      }
      for (const group of own) await readLean(group);
    }
  }
  return groups.map(resultOf);
}

async function makeGroup(subject: Subject, size: number, pairs: number): Promise<Group> {
  const members = Array.from({ length: size }, (_, at) => subject.userIds[at] ?? randomUUID());
  const name = `Group of ${size}`;
  // SCIMMY needs minutes to add thousands of members by PATCH.
  const body = subject.name === 'peer' ? createFilledGroupBody(name, members) : createGroupBody(name);
  const id = idOf(await subject.client.send('POST', '/Groups', 201, body));
  for (let at = 0; at < size && subject.name !== 'peer'; at += fillChunk) {
    const chunk = addMembersBody(members.slice(at, at + fillChunk));
    await subject.client.send('PATCH', `/Groups/${id}`, subject.groupPatchStatus, chunk);
  }
  return { subject, id, size, pairs, times: { add: [], remove: [], lean: [] }, leanRounds: [] };
}

async function addAndRemove(group: Group, pair: number): Promise<void> {
  const { subject, id, times } = group;
  const user = subject.userIds[subject.userIds.length - 1 - (pair % 10)] ?? randomUUID();
  const patch = (body: string) =>
    subject.client.send('PATCH', `/Groups/${id}`, subject.groupPatchStatus, body);
  times.add.push(await timed(() => patch(addMembersBody([user]))));
  times.remove.push(await timed(() => patch(removeMembersBody([user]))));
}

async function readLean(group: Group): Promise<void> {
  const { latenciesMs, seconds } = await runLoad(leanGets, concurrency, () =>
    group.subject.client.send('GET', `/Groups/${group.id}?excludedAttributes=members`, 200),
  );
  group.times.lean.push(...latenciesMs);
  group.leanRounds.push(leanGets / seconds);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function resultOf({ subject, size, times, leanRounds }: Group): MembershipResult {
  return {
    system: subject.name,
    groupSize: size,
    addMs: percentilesOf(times.add),
    removeMs: percentilesOf(times.remove),
    leanGetMs: percentilesOf(times.lean),
    leanGetPerSecond: median(leanRounds),
  };
}

function percentilesOf(values: readonly number[]): Percentiles {
  return {
    p50: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    p99: percentile(values, 0.99),
    samples: values.length,
  };
}
