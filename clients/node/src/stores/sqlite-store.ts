import type { DatabaseSync } from 'node:sqlite';
import type { Membership } from '../event.ts';
import type { Changes, MemberVersion, Store, StoreTransaction } from '../store.ts';

/** The tables, beside those of your own. Index what you look members up by. */
const tables = `
  CREATE TABLE IF NOT EXISTS mirror_note (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS mirror_member (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    external_id TEXT,
    email TEXT NOT NULL,
    status TEXT NOT NULL,
    access TEXT NOT NULL,
    data TEXT NOT NULL,
    round TEXT,
    PRIMARY KEY (workspace_id, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS mirror_member_email ON mirror_member (workspace_id, lower(email));
  CREATE TABLE IF NOT EXISTS mirror_group (
    workspace_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, round TEXT, PRIMARY KEY (workspace_id, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS mirror_membership (
    workspace_id TEXT NOT NULL, member_id TEXT NOT NULL, group_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, member_id, group_id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS mirror_membership_group ON mirror_membership (workspace_id, group_id);`;

/**
 * A copy of the members in an SQLite database of yours: the tables `mirror_member`, `mirror_group`, `mirror_membership` and
 * `mirror_note`.
 *
 * It uses your connection, so that what you do in `onEvents` belongs to the same transaction. SQLite answers at once: as
 * long as that work waits for nothing else, no other work of the process comes in between.
 */
export class SqliteStore implements Store<SqliteTransaction> {
  private readonly database: DatabaseSync;
  private last: Promise<unknown> = Promise.resolve();

  /** Makes the tables that are missing. */
  constructor(database: DatabaseSync) {
    this.database = database;
    database.exec(tables);
  }

  transaction<T>(work: (transaction: SqliteTransaction) => Promise<T>): Promise<T> {
    const turn = this.last.then(() => this.run(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async run<T>(work: (transaction: SqliteTransaction) => Promise<T>): Promise<T> {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = await work(new SqliteTransaction(this.database));
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** A transaction of the store. `database` is for statements of your own in it. */
export class SqliteTransaction implements StoreTransaction {
  readonly database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  readNote(name: string): Promise<string | null> {
    const row = this.database.prepare('SELECT text FROM mirror_note WHERE name = ?').get(name);
    return Promise.resolve(row === undefined ? null : String(row.text));
  }

  readNotes(prefix: string): Promise<Map<string, string>> {
    const rows = this.database
      .prepare('SELECT name, text FROM mirror_note WHERE substr(name, 1, ?) = ?')
      .all(prefix.length, prefix);
    return Promise.resolve(new Map(rows.map(({ name, text }) => [String(name), String(text)])));
  }

  writeNote(name: string, text: string | null): Promise<void> {
    if (text === null) this.database.prepare('DELETE FROM mirror_note WHERE name = ?').run(name);
    else
      this.database.prepare('INSERT OR REPLACE INTO mirror_note (name, text) VALUES (?, ?)').run(name, text);
    return Promise.resolve();
  }

  versionsOf(workspaceId: string, memberIds: readonly string[]): Promise<Map<string, number>> {
    const rows = this.database
      .prepare(
        'SELECT id, version FROM mirror_member WHERE workspace_id = ? AND id IN (SELECT value FROM json_each(?))',
      )
      .all(workspaceId, JSON.stringify(memberIds));
    return Promise.resolve(new Map(rows.map(({ id, version }) => [String(id), Number(version)])));
  }

  versionsAfter(workspaceId: string, memberId: string | null, limit: number): Promise<MemberVersion[]> {
    const rows = this.database
      .prepare('SELECT id, version FROM mirror_member WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?')
      .all(workspaceId, memberId ?? '', limit);
    return Promise.resolve(rows.map(({ id, version }) => ({ id: String(id), version: Number(version) })));
  }

  apply(workspaceId: string, changes: Changes, round: string | null): Promise<void> {
    this.each(
      endMembershipsOf,
      changes.removedMembers.map((id) => [workspaceId, id]),
    );
    this.each(
      deleteMember,
      changes.removedMembers.map((id) => [workspaceId, id]),
    );
    this.each(
      deleteMembershipsOfGroup,
      changes.removedGroups.map((id) => [workspaceId, id]),
    );
    this.each(
      deleteGroup,
      changes.removedGroups.map((id) => [workspaceId, id]),
    );
    this.each(
      writeMember,
      changes.members.map(({ groups: _, ...member }) => {
        const { id, version, externalId, email, status, access } = member;
        return [workspaceId, id, version, externalId, email, status, access, JSON.stringify(member), round];
      }),
    );
    this.each(
      endMembershipsOf,
      changes.members.map(({ id }) => [workspaceId, id]),
    );
    const own = changes.members.flatMap(({ id, groups }) =>
      groups.map((group) => [workspaceId, id, group.id]),
    );
    this.each(writeMembership, own);
    this.each(
      writeGroup,
      changes.groups.map(({ id, name }) => [workspaceId, id, name, round]),
    );
    this.each(endMembership, rowsOf(workspaceId, changes.removedMemberships));
    this.each(writeMembership, rowsOf(workspaceId, changes.memberships));
    return Promise.resolve();
  }

  sweep(workspaceId: string, round: string): Promise<number> {
    this.database
      .prepare('DELETE FROM mirror_group WHERE workspace_id = ? AND round IS NOT ?')
      .run(workspaceId, round);
    const { changes } = this.database
      .prepare('DELETE FROM mirror_member WHERE workspace_id = ? AND round IS NOT ?')
      .run(workspaceId, round);
    this.database
      .prepare(
        `DELETE FROM mirror_membership AS s WHERE workspace_id = ? AND (
           NOT EXISTS (SELECT 1 FROM mirror_member m WHERE m.workspace_id = s.workspace_id AND m.id = s.member_id) OR
           NOT EXISTS (SELECT 1 FROM mirror_group g WHERE g.workspace_id = s.workspace_id AND g.id = s.group_id))`,
      )
      .run(workspaceId);
    return Promise.resolve(Number(changes));
  }

  forget(workspaceId: string): Promise<void> {
    for (const table of ['mirror_membership', 'mirror_group', 'mirror_member']) {
      this.database.prepare(`DELETE FROM ${table} WHERE workspace_id = ?`).run(workspaceId);
    }
    return Promise.resolve();
  }

  private each(statement: string, rows: readonly (string | number | null)[][]): void {
    if (rows.length === 0) return;
    const prepared = this.database.prepare(statement);
    for (const row of rows) prepared.run(...row);
  }
}

function rowsOf(workspaceId: string, memberships: readonly Membership[]): string[][] {
  return memberships.map(({ memberId, groupId }) => [workspaceId, memberId, groupId]);
}

const deleteMember = 'DELETE FROM mirror_member WHERE workspace_id = ? AND id = ?';
const deleteGroup = 'DELETE FROM mirror_group WHERE workspace_id = ? AND id = ?';
const endMembershipsOf = 'DELETE FROM mirror_membership WHERE workspace_id = ? AND member_id = ?';
const deleteMembershipsOfGroup = 'DELETE FROM mirror_membership WHERE workspace_id = ? AND group_id = ?';
const endMembership =
  'DELETE FROM mirror_membership WHERE workspace_id = ? AND member_id = ? AND group_id = ?';
const writeMembership =
  'INSERT OR IGNORE INTO mirror_membership (workspace_id, member_id, group_id) VALUES (?, ?, ?)';
const writeGroup = 'INSERT OR REPLACE INTO mirror_group (workspace_id, id, name, round) VALUES (?, ?, ?, ?)';

/** Groups are kept as memberships, so that a change of a membership has one place. */
const writeMember = `INSERT OR REPLACE INTO mirror_member
  (workspace_id, id, version, external_id, email, status, access, data, round) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
