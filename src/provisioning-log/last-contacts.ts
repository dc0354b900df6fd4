import type { Queryable } from '../database/queryable.ts';
import type { LogEntry } from './log-entry.ts';
import { type Contact, writeContacts } from '../workspaces/last-contact.ts';
import { writeInParts } from './write-in-parts.ts';

const contactsAtOnceMax = 500;

/**
 * When each workspace's identity provider was here last. Written by itself: it does not wait for the log, and one
 * workspace's does not wait for another's.
 */
export class LastContacts {
  private readonly newest = new Map<string, Contact>();
  private readonly db: Queryable;

  constructor(db: Queryable) {
    this.db = db;
  }

  note({ workspaceId, at, status }: LogEntry): void {
    const other = this.newest.get(workspaceId);
    if (other === undefined || other.at <= at) this.newest.set(workspaceId, { workspaceId, at, status });
  }

  /**
   * Writes what was noted. What the database cannot take now, and workspaces that somebody holds, are for the next time.
   *
   * @param onError told of what failed
   */
  async write(onError: (error: unknown) => void): Promise<void> {
    const noted = [...this.newest.values()];
    for (let from = 0; from < noted.length; from += contactsAtOnceMax) {
      const batch = noted.slice(from, from + contactsAtOnceMax);
      for (const { workspaceId, at } of batch) this.forget(workspaceId, at);
      const waiting = await writeInParts(
        batch,
        async (part) => {
          try {
            for (const held of await writeContacts(this.db, part)) this.keep(held);
          } catch (error) {
            onError(error);
            throw error;
          }
        },
        () => Promise.resolve(null),
      );
      for (const contact of waiting) this.keep(contact);
    }
  }

  private forget(workspaceId: string, at: Date): void {
    if (this.newest.get(workspaceId)?.at === at) this.newest.delete(workspaceId);
  }

  /** Unless there was a later one meanwhile. */
  private keep(contact: Contact): void {
    if (!this.newest.has(contact.workspaceId)) this.newest.set(contact.workspaceId, contact);
  }
}
