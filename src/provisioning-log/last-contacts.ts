import type { DataSource } from 'typeorm';
import { dbOf } from '../database/db-of.ts';
import { isDistributed } from '../database/distributed.ts';
import type { LogEntry } from './log-entry.ts';
import { type Contact, writeContacts, writeContactsOnNodes } from '../workspaces/last-contact.ts';
import { writeInParts } from './write-in-parts.ts';

const contactsAtOnceMax = 500;

/**
 * When each workspace's identity provider was here last. It has statements of its own: it does not wait for the log,
 * and one workspace does not wait for another.
 */
export class LastContacts {
  private readonly newest = new Map<string, Contact>();
  private readonly dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  note({ workspaceId, at, status }: LogEntry): void {
    const other = this.newest.get(workspaceId);
    if (other === undefined || other.at <= at) this.newest.set(workspaceId, { workspaceId, at, status });
  }

  /**
   * Writes what was noted. What the database cannot take now, and workspaces that are locked, are tried next time.
   *
   * @param onError called with each failure
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
            for (const held of await this.writePart(part)) this.keep(held);
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

  /** @returns those whose workspace is locked */
  private async writePart(part: readonly Contact[]): Promise<readonly Contact[]> {
    if (!(await isDistributed(this.dataSource))) return writeContacts(dbOf(this.dataSource), part);
    return this.dataSource.transaction((manager) => writeContactsOnNodes(dbOf(manager), part));
  }

  private forget(workspaceId: string, at: Date): void {
    if (this.newest.get(workspaceId)?.at === at) this.newest.delete(workspaceId);
  }

  /** Keeps a contact for the next time, unless a later one has arrived. */
  private keep(contact: Contact): void {
    if (!this.newest.has(contact.workspaceId)) this.newest.set(contact.workspaceId, contact);
  }
}
