import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bucketsMax, Digest } from './digest.ts';
import { EventFold, type MemberStep } from './event-fold.ts';

type Status = 'active' | 'deactivated' | 'removed';

interface Known {
  version: number;
  status: Status;
}

/** The documented formula, written down a second time. */
function formula(
  members: ReadonlyMap<string, Known>,
  buckets: number,
): { members: number; digest: string }[] {
  const found = Array.from({ length: buckets }, () => ({ members: 0, sum: 0n }));
  for (const [id, { version, status }] of members) {
    if (status === 'removed') continue;
    const first = createHash('sha256').update(id).digest('hex').slice(0, 3);
    const place = found[Math.floor((Number.parseInt(first, 16) * buckets) / 4096)];
    if (place === undefined) throw new Error('There is no such bucket');
    const hashed = createHash('sha256').update(`${id}:${version}`).digest('hex').slice(0, 16);
    place.members += 1;
    place.sum = (place.sum + BigInt(`0x${hashed}`)) % 2n ** 64n;
  }
  return found.map(({ members, sum }) => ({ members, digest: sum.toString(16).padStart(16, '0') }));
}

/** What happens to a member: another status, or the same. Several changes in a list are one transaction. */
const transactions = fc.array(
  fc.array(
    fc.record({
      member: fc.nat({ max: 5 }),
      status: fc.constantFrom<Status | null>('active', 'deactivated', 'removed', null),
    }),
    { maxLength: 4 },
  ),
  { maxLength: 30 },
);

const ids = Array.from({ length: 6 }, () => randomUUID());

const typeOf = (before: Status, after: Status) =>
  before === after
    ? 'member.updated'
    : { active: 'member.reactivated', deactivated: 'member.deactivated', removed: 'member.removed' }[after];

/** Carries out one transaction. @returns its events, which tell the status at its end, as the service's do */
function carryOut(
  members: Map<string, Known>,
  changes: readonly { member: number; status: Status | null }[],
): MemberStep[] {
  const steps = changes.map(({ member, status }) => {
    const id = ids[member] ?? '';
    const known = members.get(id);
    const before = known?.status ?? 'active';
    const after = known === undefined ? 'active' : (status ?? before);
    const version = (known?.version ?? 0) + 1;
    members.set(id, { version, status: after });
    const type = known === undefined ? 'member.created' : typeOf(before, after);
    return { id, version: String(version), type, statusBefore: before === after ? null : before };
  });
  return steps.map((step) => ({ ...step, status: members.get(step.id)?.status ?? 'active' }));
}

const shown = (digest: Digest, buckets: number) =>
  digest.inBuckets(buckets).map(({ members, digest: sum }) => ({ members, digest: sum }));

describe('a digest', () => {
  it('brought forward by the events of any history is the documented sum over the members', () => {
    fc.assert(
      fc.property(transactions, fc.nat({ max: 7 }), fc.nat({ max: 29 }), (history, power, cut) => {
        const members = new Map<string, Known>();
        let digest = new Digest();
        const parts = [history.slice(0, cut), history.slice(cut)];
        for (const part of parts) {
          const fold = new EventFold();
          for (const changes of part) fold.take(carryOut(members, changes));
          Array.from(fold.into(digest));
          digest = Digest.unpack(digest.pack());
        }
        expect(shown(digest, 2 ** power)).toEqual(formula(members, 2 ** power));
      }),
    );
  });

  it('is made of the same numbers, however coarse the buckets', () => {
    const digest = new Digest();
    const members = new Map(
      Array.from({ length: 500 }, () => [randomUUID(), { version: 3, status: 'active' as const }]),
    );
    for (const id of members.keys()) digest.add(id, '3');
    for (const buckets of [1, 2, 64, bucketsMax])
      expect(shown(digest, buckets)).toEqual(formula(members, buckets));
  });
});
