import type { StoredRow } from '../protocol/representation.ts';

/** 8 MB at most, kept as texts: so many small objects would outlive a request only to be collected later. */
const usersMax = 2_000;
const userSizeMaxChars = 4_000;

/**
 * Users who were read or written a moment ago. Identity providers look a user up before they change him; the change can
 * then start from what was read. It may be out of date: whoever starts from it writes only if the version still is the
 * same, and in every other case reads again.
 */
export class RecentUsers {
  private readonly users = new Map<string, StoredRow>();

  /** Keeps a user, unless he is unusually large. */
  remember(workspaceId: string, { id, version, created_at, modified_at, json }: StoredRow): void {
    const key = workspaceId + id;
    this.users.delete(key);
    if (json.length > userSizeMaxChars) return;
    this.users.set(key, { id, version, created_at, modified_at, json });
    if (this.users.size > usersMax) this.users.delete(this.users.keys().next().value ?? key);
  }

  /** The user, if he is kept; from then on he is not. */
  take(workspaceId: string, id: string): StoredRow | null {
    const key = workspaceId + id;
    const user = this.users.get(key) ?? null;
    this.users.delete(key);
    return user;
  }
}
