import { LRUCache } from 'lru-cache';
import { credentialsTrustMs } from '../http/request/admission.ts';

/** A secret that was checked and found good. */
export interface CheckedToken {
  workspaceId: string;
  tokenId: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

const entriesMax = 10_000;

/**
 * Remembers checked secrets for less than a second, so that the many requests of a cycle cost no statement each.
 * Age is measured on the monotonic clock: it is no rule of the product but a promise about processes.
 *
 * After `distrust`, secrets of that workspace are not remembered for as long as an entry would have lived: a
 * revocation is heard of before its transaction commits, and a check in between would still find the token good.
 */
export class TokenCache {
  private readonly entries = new LRUCache<string, { token: CheckedToken; readAt: number }>({
    max: entriesMax,
  });
  private readonly distrustedAt = new Map<string, number>();

  constructor(private readonly monotonicNow: () => number = () => performance.now()) {}

  /** The token that this hash stood for less than a second ago, or null. */
  find(hash: string): CheckedToken | null {
    const entry = this.entries.get(hash);
    if (entry === undefined) return null;
    if (this.monotonicNow() - entry.readAt < credentialsTrustMs) return entry.token;
    this.entries.delete(hash);
    return null;
  }

  /**
   * Remembers a check.
   *
   * @param startedAt `now()` before the database was asked: the answer is as old as the question
   */
  remember(hash: string, token: CheckedToken, startedAt: number): void {
    const distrustedAt = this.distrustedAt.get(token.workspaceId);
    if (distrustedAt !== undefined) {
      if (startedAt - distrustedAt < credentialsTrustMs) return;
      this.distrustedAt.delete(token.workspaceId);
    }
    this.entries.set(hash, { token, readAt: startedAt });
  }

  /** Forgets every secret of a workspace, because one of them was or is being revoked. */
  distrust(workspaceId: string): void {
    for (const [hash, { token }] of [...this.entries]) {
      if (token.workspaceId === workspaceId) this.entries.delete(hash);
    }
    this.distrustedAt.set(workspaceId, this.monotonicNow());
  }

  now(): number {
    return this.monotonicNow();
  }
}
