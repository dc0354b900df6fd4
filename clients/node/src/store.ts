import type { Group, Member, Membership } from './event.ts';

/** What a page of events or a part of a snapshot comes to. Nothing is named twice, so that the order does not matter. */
export interface Changes {
  /** Members to write whole, new or not. The groups in `groups` are all that they belong to. */
  members: Member[];
  /** Members to delete, by their ids, and what groups they belong to. */
  removedMembers: string[];
  groups: Group[];
  /** Groups to delete, by their ids, and who belongs to them. */
  removedGroups: string[];
  memberships: Membership[];
  removedMemberships: Membership[];
}

/** A member as the digest counts them. */
export interface MemberVersion {
  id: string;
  version: number;
}

/** What a transaction of your database does for a mirror. All of it is undone together when the transaction is. */
export interface StoreTransaction {
  /** A note of the mirror, such as its cursor; null when there is none. */
  readNote(name: string): Promise<string | null>;
  /** All notes whose names begin so, by name. */
  readNotes(prefix: string): Promise<Map<string, string>>;
  /** Writes a note; null deletes it. */
  writeNote(name: string, text: string | null): Promise<void>;

  /** The versions of those of these members that are there. */
  versionsOf(workspaceId: string, memberIds: readonly string[]): Promise<Map<string, number>>;
  /** Members in the order of their ids (as PostgreSQL orders `uuid`, which is that of the text), after one of them. */
  versionsAfter(workspaceId: string, memberId: string | null, limit: number): Promise<MemberVersion[]>;

  /**
   * Applies changes: deletes first, then writes members and groups, then memberships.
   *
   * @param round of a snapshot: mark the members and groups that are written with it; null: with nothing
   */
  apply(workspaceId: string, changes: Changes, round: string | null): Promise<void>;
  /** The snapshot is complete: deletes the members and groups that do not have its mark. @returns how many members */
  sweep(workspaceId: string, round: string): Promise<number>;
  /** Deletes everything of a workspace that no longer exists, except notes. */
  forget(workspaceId: string): Promise<void>;
}

/**
 * The table of yours that a mirror keeps in step, and a few notes of the mirror.
 *
 * There is one for PostgreSQL and one for SQLite; write your own when your members already have a table.
 */
export interface Store<Tx extends StoreTransaction = StoreTransaction> {
  /**
   * Runs the work in one transaction and commits it; when the work throws, rolls it back and throws the same. Two at
   * once, in whichever process, take turns.
   */
  transaction<T>(work: (transaction: Tx) => Promise<T>): Promise<T>;
}
