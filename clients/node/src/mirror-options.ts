import type { Client } from './client.ts';
import type { Event } from './event.ts';
import type { StoreTransaction } from './store.ts';
import type { Verification } from './verify-copy.ts';

/** How a mirror works. */
export interface MirrorOptions<Tx extends StoreTransaction = StoreTransaction> {
  client: Client;
  /** Only this workspace: its id, or `ext:` and your own id of it; default: all that the key may see. */
  workspaceId?: string;
  /** How often the copy is compared with the digest of the service; default: once a day. */
  verifyEveryMs?: number;
  /** Into how many buckets a comparison is divided: a power of two, at most 4096; default 256. */
  buckets?: number;
  /**
   * Your own part of a page: called with the events that are new to the copy, in the transaction that applies them. Wait
   * for nothing but the database in it. When it throws, the page is undone and comes again.
   */
  onEvents?: (events: readonly Event[], transaction: Tx) => Promise<void>;
  /**
   * A snapshot of a workspace is complete, and stands for events that were not seen. Called in its last transaction: look
   * for what you keep of members that are gone or have lost access.
   */
  onSnapshot?: (workspaceId: string, transaction: Tx) => Promise<void>;
  /** The copy was compared. */
  onVerified?: (verification: Verification) => void;
  /** Something failed; it is tried again by itself. */
  onFailure?: (error: unknown) => void;
}

/** What a mirror is doing. */
export interface MirrorStatus {
  /** `behind`: working through events or snapshots; `following`: waiting for the next event; `failing`: trying again. */
  state: 'stopped' | 'behind' | 'following' | 'failing';
  /** The last answer of the service that was applied. */
  lastContactAt: Date | null;
  /** When the newest event happened that is in the copy. */
  lastEventAt: Date | null;
  failure: { error: unknown; since: Date; attempts: number } | null;
  /** The newest comparison of each workspace. */
  verifications: readonly Verification[];
}

/**
 * Keeps a table of yours in step with the members of one workspace or of all.
 *
 * It takes a snapshot where it has nothing to go on from, and applies events after that, each page in one transaction
 * together with its cursor. Now and then it compares the copy with a digest of the service, and repairs what differs. It
 * may be killed at any moment, and run in several processes at once.
 */
export interface Mirror {
  status(): MirrorStatus;
  /** Follows the members until the signal is aborted. Failures are reported and tried again, with growing pauses. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * Applies everything that the feed has and returns, for a vendor who would rather do so by a timer. The feed of all
   * workspaces has a change a moment after its commit, so the newest ones may come with the next call.
   */
  catchUp(signal?: AbortSignal): Promise<void>;
  /**
   * Compares the copy of each workspace with a digest of the service, both as they were after the same event, and repairs
   * the buckets that differ.
   */
  verify(signal?: AbortSignal): Promise<Verification[]>;
}
