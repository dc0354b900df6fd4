import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf, Digest, digestText, memberHash } from '../src/digest.ts';

const anyMembers = fc.uniqueArray(fc.record({ id: fc.uuid(), version: fc.integer({ min: 1, max: 1e9 }) }), {
  selector: ({ id }) => id,
  maxLength: 40,
});
const anyBuckets = fc.integer({ min: 0, max: 12 }).map((bits) => 2 ** bits);

it('a member adds the first 8 bytes of SHA-256 of `<id>:<version>`', () => {
  const id = '01930000-0000-7000-8000-000000000001';
  const hex = createHash('sha256').update(`${id}:7`).digest('hex');
  expect(digestText(memberHash(id, 7))).toBe(hex.slice(0, 16));
  expect(bucketOf(id, 4096)).toBe(parseInt(createHash('sha256').update(id).digest('hex').slice(0, 3), 16));
});

it('the digest does not depend on the order, and buckets are sums of finer ones', () => {
  fc.assert(
    fc.property(anyMembers, anyBuckets, (members, count) => {
      const forward = new Digest(count);
      const backward = new Digest(4096);
      for (const { id, version } of members) forward.add(id, version);
      for (const { id, version } of members.toReversed()) backward.add(id, version);
      expect([forward.digest, forward.members]).toEqual([backward.digest, members.length]);
      const joined = Array.from({ length: count }, () => 0n);
      for (const { bucket, digest } of backward.buckets) {
        const at = Math.floor((bucket * count) / 4096);
        joined[at] = ((joined[at] ?? 0n) + BigInt(`0x${digest}`)) % (1n << 64n);
      }
      expect(forward.buckets.map(({ digest }) => digest)).toEqual(joined.map(digestText));
    }),
  );
});

it('names exactly the buckets in which a member is missing, more, or of another version', () => {
  fc.assert(
    fc.property(anyMembers, anyBuckets, fc.uuid(), (members, count, stranger) => {
      const right = new Digest(count);
      const wrong = new Digest(count);
      const [first, ...rest] = members;
      for (const { id, version } of members) right.add(id, version);
      for (const { id, version } of rest) wrong.add(id, version);
      if (first !== undefined) wrong.add(first.id, first.version + 1);
      wrong.add(stranger, 1);
      const expected = new Set(
        [stranger, ...(first === undefined ? [] : [first.id])].map((id) => bucketOf(id, count)),
      );
      expect(right.differences(wrong.buckets)).toEqual([...expected].sort((a, b) => a - b));
      expect(right.differences(right.buckets.filter(({ members: some }) => some > 0))).toEqual([]);
    }),
  );
});

it.each([0, 3, 8192, 1.5])('refuses %p buckets', (buckets) => {
  expect(() => new Digest(buckets)).toThrow('power of two');
});
