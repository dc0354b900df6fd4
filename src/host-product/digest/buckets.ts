import { BadInputError } from '../../errors/domain-errors.ts';
import { raw, type Sql } from '../../database/sql.ts';
import { bucketsMax } from './digest.ts';

/** Some of the buckets into which members are divided. */
export interface Buckets {
  /** Into how many. */
  of: number;
  numbers: readonly number[];
}

/** @throws BadInputError unless the members can be divided into so many buckets */
export function requireDivision(buckets: number): void {
  if (Number.isInteger(Math.log2(buckets))) return;
  const message = `buckets must be a power of two: 1, 2, 4 … ${bucketsMax}`;
  throw new BadInputError([{ path: 'buckets', message }]);
}

/**
 * The buckets that a query names.
 *
 * @returns null: it names none, and means all members
 * @throws BadInputError for half of the question, or a bucket that there is not
 */
export function readBuckets({
  buckets,
  bucket,
}: {
  buckets?: number | undefined;
  bucket?: readonly number[] | undefined;
}): Buckets | null {
  if (buckets === undefined && bucket === undefined) return null;
  if (buckets === undefined || bucket === undefined) {
    const path = buckets === undefined ? 'buckets' : 'bucket';
    const message =
      'buckets says into how many the members are divided, bucket which of them: send both, or neither.';
    throw new BadInputError([{ path, message }]);
  }
  requireDivision(buckets);
  if (bucket.some((number) => number >= buckets)) {
    throw new BadInputError([
      { path: 'bucket', message: `bucket must be less than buckets: 0 … ${buckets - 1}` },
    ]);
  }
  return { of: buckets, numbers: [...new Set(bucket)] };
}

/** The finest bucket of a member as an expression, as `bucketOf` computes it. @param id an expression for the id */
export function finestBucketSql(id: string): string {
  return `('x' || substr(encode(sha256(${id}::text::bytea), 'hex'), 1, 3))::bit(12)::int`;
}

/** How many finest buckets one bucket of a coarser division joins. */
export function finestPerBucket(buckets: number): number {
  return bucketsMax / buckets;
}

/** The number of a member's bucket as an expression. @param id an expression for the id */
export function bucketSql(id: string, buckets: number): Sql {
  return raw(`(${finestBucketSql(id)} / ${finestPerBucket(buckets)})`);
}
