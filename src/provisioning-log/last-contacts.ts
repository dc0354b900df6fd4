import type { DataSource } from 'typeorm';
import { dbOf } from '../database/db-of.ts';
import { allNodesEveryMs, isDistributed } from '../database/distributed.ts';
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
  /** When those were written, by `performance.now()`, that every node must be told of. */
  private readonly toldAtMs = new Map<string, number>();
  private readonly dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  note({ workspaceId, at, status }: LogEntry): void {
    const other = this.newest.get(workspaceId);
    if (other === undefined || other.at <= at) this.newest.set(workspaceId, { workspaceId, at, status });
  }

  /**
   * Writes what was noted. What the database cannot take now, and workspaces that are locked, are tried next time. In a
   * database that is distributed, every node has the table of workspaces: there, one that was written a moment ago waits.
   *
   * @param which `due`: without those that may wait
   * @param onError called with each failure
   */
  async write(which: 'all' | 'due', onError: (error: unknown) => void): Promise<void> {
    const nowMs = performance.now();
    for (const [id, toldMs] of this.toldAtMs) if (nowMs - toldMs >= allNodesEveryMs) this.toldAtMs.delete(id);
    const noted = [...this.newest.values()].filter(
      ({ workspaceId }) => which === 'all' || !this.toldAtMs.has(workspaceId),
    );
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
    const held = await this.dataSource.transaction((manager) => writeContactsOnNodes(dbOf(manager), part));
    for (const contact of part)
      if (!held.includes(contact)) this.toldAtMs.set(contact.workspaceId, performance.now());
    return held;
  }

  private forget(workspaceId: string, at: Date): void {
    if (this.newest.get(workspaceId)?.at === at) this.newest.delete(workspaceId);
  }

  /** Keeps a contact for the next time, unless a later one has arrived. */
  private keep(contact: Contact): void {
    if (!this.newest.has(contact.workspaceId)) this.newest.set(contact.workspaceId, contact);
  }
}
