import { TokenBucket } from 'limiter';
import { LRUCache } from 'lru-cache';

/**
 * How fast somebody may go on.
 *
 * @property name what the limit is called in `RateLimit` fields
 * @property perSecond how many requests a second, on average
 * @property atOnceMax how many may come at once when none came for a while
 */
export interface BucketRule {
  readonly name: string;
  readonly perSecond: number;
  readonly atOnceMax: number;
}

/** How a bucket stands after a request. */
export interface Standing {
  readonly rule: BucketRule;
  readonly isTaken: boolean;
  /** Requests that may come at once now. */
  readonly left: number;
  /** Until the next request may come when none is left, else until the bucket is full again. */
  readonly untilSeconds: number;
}

/**
 * One token bucket for each holder, such as a workspace or an address. Their number is bounded: a holder who has sent
 * nothing for longest is forgotten first, and begins with a full bucket when they come back.
 */
export class TokenBuckets {
  readonly rule: BucketRule;
  private readonly buckets: LRUCache<string, TokenBucket>;
  /** Taken since others were told last, by holder; null: nobody else counts with this process. */
  private untold: Map<string, number> | null = null;

  constructor(rule: BucketRule, holdersMax: number) {
    this.rule = rule;
    // `max` would take the memory for all of them at once.
    this.buckets = new LRUCache({ maxSize: holdersMax, sizeCalculation: () => 1 });
  }

  /** How many holders are remembered. */
  get size(): number {
    return this.buckets.size;
  }

  /** Counts a request of a holder, unless there is no room for it. */
  take(holder: string): Standing {
    const bucket = this.bucketOf(holder);
    const isTaken = bucket.tryRemoveTokens(1);
    if (isTaken && this.untold !== null) this.untold.set(holder, (this.untold.get(holder) ?? 0) + 1);
    const { perSecond, atOnceMax } = this.rule;
    const missing = isTaken ? atOnceMax - bucket.content : 1 - bucket.content;
    return {
      rule: this.rule,
      isTaken,
      left: Math.max(0, Math.floor(bucket.content)),
      untilSeconds: Math.max(1, Math.ceil(missing / perSecond)),
    };
  }

  /** From now on, {@link takeUntold} says what was taken. */
  countTogether(): void {
    this.untold ??= new Map();
  }

  /** What was taken by holder since this was asked last, for other processes that count the same. */
  takeUntold(): [holder: string, count: number][] {
    const untold = [...(this.untold ?? [])];
    this.untold?.clear();
    return untold;
  }

  /** What holders have taken and not got back yet, for a process that begins to count with this one. */
  takenSoFar(): [holder: string, count: number][] {
    return [...this.buckets].flatMap(([holder, bucket]) => {
      bucket.drip();
      const count = this.rule.atOnceMax - bucket.content;
      return count > 0 ? [[holder, count] as [string, number]] : [];
    });
  }

  /** Counts what another process let in. There need not be room for it: the bucket then owes it. */
  owe(holder: string, count: number): void {
    const bucket = this.bucketOf(holder);
    bucket.drip();
    bucket.content -= count;
  }

  private bucketOf(holder: string): TokenBucket {
    const known = this.buckets.get(holder);
    if (known !== undefined) return known;
    const { perSecond, atOnceMax } = this.rule;
    const bucket = new TokenBucket({
      bucketSize: atOnceMax,
      tokensPerInterval: perSecond,
      interval: 'second',
    });
    bucket.content = atOnceMax;
    this.buckets.set(holder, bucket);
    return bucket;
  }
}
