import type pg from 'pg';
import { ConfigError } from '../../src/config/config-error.ts';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import type { Role } from './guard.ts';

/** A table that moves. */
export interface MovedTable {
  name: string;
  /** Which column says the workspace. */
  idColumn: string;
  keyColumns: string[];
  /** Those that are written; the database makes the others. */
  columns: string[];
  role: Role;
  /** Names and types of all columns in their order: what a row as a text is read by. */
  shape: string;
}

/** Places in the feeds of a database, which has its own; and deliveries to its webhooks, which it still makes itself. */
const staying: ReadonlySet<string> = new Set(['published_event', 'published_audit', 'webhook_delivery']);

/** Written after the answer, or by looking after what is past. */
const late: ReadonlySet<string> = new Set([
  'provisioning_log',
  'provisioning_log_body',
  'provisioning_log_note',
  'provisioning_log_day',
  'token_attempt',
  'audit_log_target',
  'workspace',
]);

/** What answers those who still come to the old place, and what those read who follow its feeds. */
const kept: ReadonlySet<string> = new Set([
  'event',
  'event_head',
  'event_receipt',
  'moved_cursor_key',
  'audit_log',
  'audit_log_target',
  'audit_head',
  'api_token',
  'api_token_secret',
  'oauth_client_secret',
  'admin_session',
  'workspace',
]);

/**
 * What triggers of an earlier release, which an upgraded database may still have, change when other rows change: it is made
 * equal at the end.
 */
export const changedByTriggers: readonly string[] = ['suppressed_group', 'sync_queue'];

/** Tables that move, those first that others refer to; the workspace itself comes last: with it, the rest is found. */
export async function readTables(client: pg.Client): Promise<MovedTable[]> {
  const names = [...workspaceTables.filter((name) => !staying.has(name))].reverse();
  const tables: MovedTable[] = [];
  for (const name of [...names, 'workspace']) tables.push(await readTable(client, name));
  return tables;
}

/** Whether it stays at the old place, too. */
export function isKept(name: string): boolean {
  return kept.has(name);
}

async function readTable(client: pg.Client, name: string): Promise<MovedTable> {
  const { rows } = await client.query<{
    name: string;
    type: string;
    generated: boolean;
    place: number | null;
  }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attgenerated <> '' AS generated,
       array_position(i.indkey::int2[], a.attnum) AS place
     FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
     WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [name],
  );
  const keys = rows.filter(({ place }) => place !== null).sort((a, b) => Number(a.place) - Number(b.place));
  if (keys.length === 0) throw new ConfigError([`The table ${name} is missing, or has no key`]);
  return {
    name,
    idColumn: name === 'workspace' ? 'id' : 'workspace_id',
    keyColumns: keys.map(({ name: column }) => column),
    columns: rows.filter(({ generated }) => !generated).map(({ name: column }) => column),
    role: late.has(name) ? 'late' : kept.has(name) ? 'kept' : 'main',
    shape: JSON.stringify(rows.map(({ name: column, type, generated }) => [column, type, generated])),
  };
}
