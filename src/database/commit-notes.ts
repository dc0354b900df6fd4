import type { Db } from './db.ts';

/** What a transaction says once it is committed. */
export interface CommitNote {
  /** What it is about, e.g. `events`. */
  topic: string;
  /** Which workspace. */
  workspaceId: string;
}

/** A transaction: what it notes is told when it commits, and forgotten when it does not. */
export interface TransactionDb extends Db {
  /**
   * Does work right before the commit, after every other statement of the transaction: for locks that everybody needs,
   * which must be held as shortly as possible, and taken last. When it fails, the transaction fails.
   *
   * @param order what comes first: two transactions that take several such locks take them in one order
   */
  beforeCommit(work: (db: Db) => Promise<void>, order?: string): void;
  /** Tells those who listen, in this process, as soon as the transaction is committed. */
  tellAtCommit(note: CommitNote): void;
}

/**
 * Tells what committed transactions have noted, so that work which waits for it begins at once. It is a hint and no
 * promise: a process that dies right after the commit tells nobody, so a listener must also look from time to time.
 */
export class CommitNotes {
  readonly #listeners = new Map<string, ((workspaceIds: readonly string[]) => void)[]>();

  /** @param heard gets the ids of workspaces; must not throw */
  listen(topic: string, heard: (workspaceIds: readonly string[]) => void): void {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), heard]);
  }

  tell(notes: readonly CommitNote[]): void {
    const byTopic = Map.groupBy(notes, ({ topic }) => topic);
    for (const [topic, told] of byTopic) {
      const ids = [...new Set(told.map(({ workspaceId }) => workspaceId))];
      for (const heard of this.#listeners.get(topic) ?? []) heard(ids);
    }
  }
}
