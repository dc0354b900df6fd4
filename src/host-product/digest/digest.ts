import { hash } from 'node:crypto';

/** The most buckets, and the finest division: coarser ones are made of these. */
export const bucketsMax = 4_096;

/** How many of the first bits of a hash choose the finest bucket. */
const bucketBits = 12;

const bytesOfCount = 4;
const bytesOfSum = 8;

/** A bucket of an answer: how many members it holds, and the sum of their hashes in hexadecimal digits. */
export interface DigestBucket {
  bucket: number;
  members: number;
  digest: string;
}

/**
 * The finest bucket of a member: the first 12 bits of SHA-256 over the id.
 *
 * @param id a UUID in lower case
 */
export function bucketOf(id: string): number {
  return hash('sha256', id, 'buffer').readUInt16BE(0) >> (16 - bucketBits);
}

/** What a member in a version adds: the first 8 bytes of SHA-256 over `<id>:<version>`, as a number. */
export function hashOf(id: string, version: string): bigint {
  return hash('sha256', `${id}:${version}`, 'buffer').readBigUInt64BE(0);
}

/**
 * How many members are in each finest bucket, and the sum of their hashes, modulo 2^64. Sums do not depend on the order,
 * and a member can be taken out again, so that a change costs two hashes, whatever the number of members.
 */
export class Digest {
  private readonly counts: Uint32Array;
  private readonly sums: BigUint64Array;

  constructor(counts = new Uint32Array(bucketsMax), sums = new BigUint64Array(bucketsMax)) {
    this.counts = counts;
    this.sums = sums;
  }

  /** What {@link pack} made. */
  static unpack({ counts, sums }: { counts: Buffer; sums: Buffer }): Digest {
    return new Digest(
      Uint32Array.from({ length: bucketsMax }, (_, at) => counts.readUInt32BE(at * bytesOfCount)),
      BigUint64Array.from({ length: bucketsMax }, (_, at) => sums.readBigUInt64BE(at * bytesOfSum)),
    );
  }

  /** The same as bytes, for a table. */
  pack(): { counts: Buffer; sums: Buffer } {
    const counts = Buffer.alloc(bucketsMax * bytesOfCount);
    const sums = Buffer.alloc(bucketsMax * bytesOfSum);
    for (let at = 0; at < bucketsMax; at += 1) {
      counts.writeUInt32BE(this.counts[at] ?? 0, at * bytesOfCount);
      sums.writeBigUInt64BE(this.sums[at] ?? 0n, at * bytesOfSum);
    }
    return { counts, sums };
  }

  /** A member is there. */
  add(id: string, version: string): void {
    this.addTo(bucketOf(id), 1, hashOf(id, version));
  }

  /** A member is there no more, or in this version no more. */
  take(id: string, version: string): void {
    this.addTo(bucketOf(id), -1, -hashOf(id, version));
  }

  /** Members of a finest bucket whose hashes were summed up elsewhere. Both arrays wrap around by themselves. */
  addTo(bucket: number, members: number, sum: bigint): void {
    this.counts[bucket] = (this.counts[bucket] ?? 0) + members;
    this.sums[bucket] = BigInt.asUintN(64, (this.sums[bucket] ?? 0n) + sum);
  }

  /** @param buckets a power of two, at most {@link bucketsMax} */
  inBuckets(buckets: number): DigestBucket[] {
    const finest = bucketsMax / buckets;
    return Array.from({ length: buckets }, (_, bucket) => {
      let members = 0;
      let sum = 0n;
      for (let at = bucket * finest; at < (bucket + 1) * finest; at += 1) {
        members += this.counts[at] ?? 0;
        sum += this.sums[at] ?? 0n;
      }
      return { bucket, members, digest: digits(sum) };
    });
  }
}

function digits(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
}
