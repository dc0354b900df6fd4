import pg from 'pg';
import { ConfigError } from '../../src/config/config-error.ts';
import { migrationsInOrder } from '../../src/database/migrations/in-order.ts';
import { nodeFunctions } from '../../src/database/node-functions.ts';
import { unreachable } from '../../src/database/prepare-database.ts';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import type { Phase } from './guard.ts';
import { type MovedTable, readTables } from './tables.ts';

const connectWithinMs = 10_000;

/** Opens a connection on which nothing ends for its age, and times read the same everywhere. */
export async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'user-provisioning, workspace:move',
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
  });
  // It is told by the statement that fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(error);
  }
  return client;
}

/** Begins a transaction that may wait and may be long. */
export async function begin(client: pg.Client, mode = ''): Promise<void> {
  await client.query(`BEGIN ${mode}`);
  await client.query(`SELECT set_config(name, value, true) FROM (VALUES ('timezone', 'UTC'), ('datestyle', 'ISO'),
    ('idle_in_transaction_session_timeout', '0'), ('statement_timeout', '0'), ('extra_float_digits', '1')) AS s (name, value)`);
}

/** The workspace at the old place. */
export interface FoundWorkspace {
  name: string;
  slug: string;
  externalId: string | null;
  movedTo: string | null;
}

/** @throws ConfigError when the schema is not that of this program, or is distributed over several nodes */
export async function requireSchema(client: pg.Client, option: string): Promise<void> {
  const { rows } = await client.query<{ is: boolean }>('SELECT to_regproc($1) IS NOT NULL AS is', [
    nodeFunctions.alone.rows.name,
  ]);
  if (rows[0]?.is)
    throw new ConfigError([
      `${option} is distributed by workspace: what changes meanwhile is watched by a trigger, which such a database does not take`,
    ]);
  const known = await client.query<{ is: boolean }>(`SELECT to_regclass('migrations') IS NOT NULL AS is`);
  const ran = known.rows[0]?.is
    ? (await client.query<{ name: string }>('SELECT name FROM migrations')).rows.map(({ name }) => name)
    : [];
  const wanted = migrationsInOrder.map(({ name }) => name);
  const missing = wanted.filter((name) => !ran.includes(name));
  const unknown = ran.filter((name) => !wanted.includes(name));
  if (missing.length > 0)
    throw new ConfigError([
      `${option} lacks ${missing.length} of ${wanted.length} migrations (${missing[0]}): run \`npm run migrate\` there first`,
    ]);
  if (unknown.length > 0)
    throw new ConfigError([
      `${option} has a migration that this version does not know (${unknown[0]}): move with the newer version`,
    ]);
}

/** The tables that move. @throws ConfigError when the databases would read a row differently */
export async function requireSameTables(from: pg.Client, to: pg.Client): Promise<MovedTable[]> {
  const [here, there] = [await readTables(from), await readTables(to)];
  const other = here.find((table, at) => table.shape !== there[at]?.shape);
  if (other !== undefined)
    throw new ConfigError([`The columns of the table ${other.name} are not the same in both databases`]);
  return here;
}

/** What tells one database from another, and seals its cursors. */
export async function keyOf(client: pg.Client): Promise<Buffer> {
  const { rows } = await client.query<{ key: Buffer }>('SELECT key FROM cursor_key');
  const [row] = rows;
  if (row === undefined) throw new ConfigError(['One of the databases has no key for cursors']);
  return row.key;
}

/** The workspace, or null. */
export async function findWorkspace(client: pg.Client, id: string): Promise<FoundWorkspace | null> {
  const { rows } = await client.query<FoundWorkspace>(
    `SELECT name, slug, external_id AS "externalId", moved_to AS "movedTo" FROM workspace WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** A move as the old place knows it. */
export interface KnownMove {
  moveId: string;
  phase: Phase;
  target: Buffer;
  movedTo: string | null;
}

/** The move that has begun, or null. */
export async function findMove(client: pg.Client, workspaceId: string): Promise<KnownMove | null> {
  const known = await client.query<{ is: boolean }>(
    `SELECT to_regclass('workspace_move.move') IS NOT NULL AS is`,
  );
  if (!known.rows[0]?.is) return null;
  const { rows } = await client.query<KnownMove>(
    `SELECT move_id AS "moveId", phase, target, moved_to AS "movedTo" FROM workspace_move.move WHERE workspace_id = $1`,
    [workspaceId],
  );
  return rows[0] ?? null;
}

/** Whether a move has arrived. */
export async function hasArrived(client: pg.Client, moveId: string): Promise<boolean> {
  const { rows } = await client.query(`SELECT FROM workspace_move.arrival WHERE move_id = $1`, [moveId]);
  return rows.length > 0;
}

/** @throws ConfigError when the target has anything of this workspace, or another with one of its names */
export async function requireRoom(
  client: pg.Client,
  workspaceId: string,
  { slug, externalId }: FoundWorkspace,
): Promise<void> {
  for (const table of [...workspaceTables, 'workspace']) {
    const column = table === 'workspace' ? 'id' : 'workspace_id';
    const { rows } = await client.query(`SELECT FROM ${table} WHERE ${column} = $1 LIMIT 1`, [workspaceId]);
    if (rows.length > 0)
      throw new ConfigError([
        `--to has rows of this workspace already (${table}). What an earlier move has left there goes with --forget`,
      ]);
  }
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM workspace WHERE slug = $1 OR external_id = $2`,
    [slug, externalId],
  );
  if (rows[0] !== undefined)
    throw new ConfigError([
      `--to has another workspace with the same slug or external id (${rows[0].name}): change one of them first`,
    ]);
}
