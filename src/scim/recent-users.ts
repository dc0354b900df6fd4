import type { UserRow } from './user-statements.ts';

/** A few megabytes at most. */
const usersMax = 2_000;
const userSizeMaxChars = 4_000;

/** What a change of a user starts from. */
export type RecentUser = Pick<UserRow, 'id' | 'version' | 'created_at' | 'modified_at' | 'resource'>;

/**
 * Users who were read or written a moment ago. Identity providers look a user up before they change him; the change can
 * then start from what was read. It may be out of date: whoever starts from it writes only if the version still is the
 * same, and in every other case reads again.
 */
export class RecentUsers {
  private readonly users = new Map<string, RecentUser>();

  /** Keeps a user, unless he is unusually large. */
  remember(workspaceId: string, user: RecentUser): void {
    const key = workspaceId + user.id;
    this.users.delete(key);
    if (sizeChars(user.resource, userSizeMaxChars) > userSizeMaxChars) return;
    this.users.set(key, user);
    if (this.users.size > usersMax) this.users.delete(this.users.keys().next().value ?? key);
  }

  /** The user, if he is kept; from then on he is not. */
  take(workspaceId: string, id: string): RecentUser | null {
    const key = workspaceId + id;
    const user = this.users.get(key) ?? null;
    this.users.delete(key);
    return user;
  }
}

/** About how long the value is as JSON; once it is over the maximum, the rest is not looked at. */
function sizeChars(value: unknown, maxChars: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let size = 2;
  for (const [key, part] of Object.entries(value)) {
    size += key.length + 4 + sizeChars(part, maxChars - size);
    if (size > maxChars) break;
  }
  return size;
}
