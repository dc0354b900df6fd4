import { DatabaseSync } from 'node:sqlite';

/** What the product keeps beside the copy of the members, which has its own tables. */
const tables = `
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS session (
    token_hash TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    begun_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS session_member ON session (workspace_id, member_id);
  CREATE TABLE IF NOT EXISTS receipt (
    event_id TEXT PRIMARY KEY,
    sessions_ended INTEGER NOT NULL,
    at TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0
  ) STRICT;`;

/** Opens the product's database and makes the tables that are missing. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;');
  database.exec(tables);
  return database;
}

/** A setting that the product has made for itself; null: not yet. */
export function readSetting(database: DatabaseSync, name: string): string | null {
  const row = database.prepare('SELECT value FROM setting WHERE name = ?').get(name);
  return row === undefined ? null : String(row.value);
}

export function writeSetting(database: DatabaseSync, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)').run(name, value);
}
