import { LRUCache } from 'lru-cache';
import type { StoredRow } from '../protocol/representation.ts';

/**
 * 8 MB at most, kept as texts: parsed, they would be many small objects that outlive a request only to be collected.
 */
const usersMax = 2_000;
const userSizeMaxChars = 4_000;

/**
 * Users who were read or written a moment ago. Identity providers look users up before they change them, so the change
 * can start from what was read. That may be out of date: the write succeeds only if the version is still the same, and
 * in every other case the user is read again.
 */
export class RecentUsers {
  private readonly users = new LRUCache<string, StoredRow>({ max: usersMax });

  /** Keeps a user, unless they are unusually large. */
  remember(workspaceId: string, { id, version, created_at, modified_at, json }: StoredRow): void {
    const key = workspaceId + id;
    if (json.length > userSizeMaxChars) this.users.delete(key);
    else this.users.set(key, { id, version, created_at, modified_at, json });
  }

  /** The user, if they are kept. They are not kept from then on. */
  take(workspaceId: string, id: string): StoredRow | null {
    const key = workspaceId + id;
    const user = this.users.get(key) ?? null;
    this.users.delete(key);
    return user;
  }
}
