import { createHash } from 'node:crypto';

/** How many buckets there are at most; any other number of buckets joins neighbours of these. */
export const bucketsMax = 4096;
const modulus = 1n << 64n;
const digestChars = 16;
/** The first 16 bits of a hash without the last 4 are the number of its finest bucket. */
const bitsToDrop = 4;

/** What a member with a version adds to a digest: the first 8 bytes of SHA-256 of `<id>:<version>`, big endian. */
export function memberHash(id: string, version: number): bigint {
  return sha256(`${id}:${version}`).readBigUInt64BE(0);
}

/**
 * The bucket of a member, from 0.
 *
 * @param buckets how many there are: a power of two, at most 4096
 */
export function bucketOf(id: string, buckets: number): number {
  const finest = sha256(id).readUInt16BE(0) >> bitsToDrop;
  return Math.floor((finest * buckets) / bucketsMax);
}

/** A digest as the service writes it: 16 hex digits in lower case. */
export function digestText(sum: bigint): string {
  return (sum % modulus).toString(16).padStart(digestChars, '0');
}

/** One bucket: how many members it has, and their digest. */
export interface BucketDigest {
  bucket: number;
  members: number;
  digest: string;
}

/**
 * Sums up members, in any order. Two tables with the same members in the same versions have the same digest; members
 * whose status is `removed` do not count.
 */
export class Digest {
  private readonly sums: bigint[];
  private readonly counts: number[];

  /** @param buckets how many there are: a power of two, at most 4096 */
  constructor(buckets: number) {
    if (!isNumberOfBuckets(buckets))
      throw new RangeError(`buckets must be a power of two from 1 to ${bucketsMax}`);
    this.sums = Array.from({ length: buckets }, () => 0n);
    this.counts = Array.from({ length: buckets }, () => 0);
  }

  /** Counts a member in. */
  add(id: string, version: number): void {
    const bucket = bucketOf(id, this.sums.length);
    this.sums[bucket] = ((this.sums[bucket] ?? 0n) + memberHash(id, version)) % modulus;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  /** How many members were counted in. */
  get members(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** The digest over all of them. */
  get digest(): string {
    return digestText(this.sums.reduce((sum, one) => sum + one, 0n));
  }

  /** All buckets, also the empty ones. */
  get buckets(): BucketDigest[] {
    return this.sums.map((sum, bucket) => ({
      bucket,
      members: this.counts[bucket] ?? 0,
      digest: digestText(sum),
    }));
  }

  /** The buckets in which another digest over as many buckets says something else; what it does not name is empty. */
  differences(other: readonly BucketDigest[]): number[] {
    const theirs = new Map(other.map((each) => [each.bucket, each]));
    return this.buckets
      .filter(({ bucket, members, digest }) => {
        const their = theirs.get(bucket) ?? { members: 0, digest: digestText(0n) };
        return their.members !== members || their.digest !== digest;
      })
      .map(({ bucket }) => bucket);
  }
}

function isNumberOfBuckets(buckets: number): boolean {
  return (
    Number.isInteger(buckets) && buckets >= 1 && buckets <= bucketsMax && (buckets & (buckets - 1)) === 0
  );
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
