import { LRUCache } from 'lru-cache';
import { credentialsTrustMs } from './admission.ts';

const entriesMax = 10_000;

/**
 * Remembers checked secrets for less than a second, so that the many requests of a client cost no statement each.
 * Age is measured on the monotonic clock: it is no rule of the product but a promise about processes.
 *
 * After `distrust`, secrets of that owner are not remembered for as long as an entry would have lived: a
 * revocation is heard of before its transaction commits, and a check in between would still find the secret good.
 */
export class CheckedSecrets<Checked> {
  private readonly entries = new LRUCache<string, { checked: Checked; readAt: number }>({
    max: entriesMax,
  });
  private readonly distrustedAt = new Map<string, number>();

  /** @param ownerOf whose secret it is: what `distrust` names */
  constructor(
    private readonly ownerOf: (checked: Checked) => string,
    private readonly monotonicNow: () => number = () => performance.now(),
  ) {}

  /** What this hash stood for less than a second ago, or null. */
  find(hash: string): Checked | null {
    const entry = this.entries.get(hash);
    if (entry === undefined) return null;
    if (this.monotonicNow() - entry.readAt < credentialsTrustMs) return entry.checked;
    this.entries.delete(hash);
    return null;
  }

  /**
   * Remembers a check.
   *
   * @param startedAt `now()` before the database was asked: the answer is as old as the question
   */
  remember(hash: string, checked: Checked, startedAt: number): void {
    const owner = this.ownerOf(checked);
    const distrustedAt = this.distrustedAt.get(owner);
    if (distrustedAt !== undefined) {
      if (startedAt - distrustedAt < credentialsTrustMs) return;
      this.distrustedAt.delete(owner);
    }
    this.entries.set(hash, { checked, readAt: startedAt });
  }

  /** Forgets every secret of an owner, because one of them was or is being revoked. */
  distrust(owner: string): void {
    for (const [hash, { checked }] of [...this.entries]) {
      if (this.ownerOf(checked) === owner) this.entries.delete(hash);
    }
    this.distrustedAt.set(owner, this.monotonicNow());
  }

  now(): number {
    return this.monotonicNow();
  }
}
