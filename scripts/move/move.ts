import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { clearOldPlace, leaveOldPlace, settledWithinMs, unguard } from './old-place.ts';
import { enterPhase, guardTable, prepareGuard } from './guard.ts';
import { requireSameRoles } from './roles.ts';
import { bringKeys, copyRows, digestOf } from './rows.ts';
import { begin, hasArrived, type KnownMove } from './sides.ts';
import { changedByTriggers, type MovedTable } from './tables.ts';

const changesAtOnce = 20_000;
/** With fewer that are new, what is left fits into the time for which nobody may write. */
const fewChanges = 500;
const roundsMax = 50;

/** The moment from which nobody can change the workspace. */
const closed = 'workspace closed';

/** What a move needs to know. */
export interface Move {
  workspaceId: string;
  /** The old database: one connection to watch and change, and one to read at one moment. */
  from: pg.Client;
  reader: pg.Client;
  to: pg.Client;
  tables: readonly MovedTable[];
  target: Buffer;
  source: Buffer;
  movedTo: string | null;
  /** What an earlier attempt has left. */
  known: KnownMove | null;
  say: (line: string) => void;
}

/** The databases have not the same rows, although they should. */
export class NotEqualError extends Error {}

/** It has begun and not ended: what is to be done says the message. */
export class UnfinishedError extends Error {}

/**
 * Moves a workspace. At each moment one database at most accepts changes of it. Killed anywhere, it can be called again: the
 * new database shows nothing before it has all, by one commit, and then it is the owner.
 */
export async function moveWorkspace(move: Move): Promise<void> {
  const { from, to, workspaceId, known, say } = move;
  await prepareGuard(to);
  await prepareGuard(from);
  await begin(to);
  // Waits for what an attempt that was killed may still be committing there.
  await to.query(`SELECT pg_advisory_xact_lock(hashtextextended('workspace arrives ' || $1, 0))`, [
    workspaceId,
  ]);
  if (known !== null && (await hasArrived(to, known.moveId))) {
    await to.query('ROLLBACK');
    say('The new database has the workspace already: going on where the last attempt ended');
    await end(move);
    return;
  }
  const moveId = randomUUID();
  try {
    await watch(move, moveId);
    await copy(move);
    await catchUp(move);
    await freeze(move);
    await compare(move);
    say('Step 6 of 7: switch');
    await prepareArrival(move, moveId);
  } catch (error) {
    await to.query('ROLLBACK').catch(() => undefined);
    await unguard(from, move.tables, workspaceId).catch((cause: unknown) => {
      throw new UnfinishedError('The old database could not give the workspace free: call this again', {
        cause,
      });
    });
    throw error;
  }
  await arrive(to);
  await end(move);
}

async function watch({ from, tables, target, workspaceId, movedTo, say }: Move, moveId: string) {
  say('Step 1 of 7: watch what changes');
  await from.query(
    `INSERT INTO workspace_move.move (workspace_id, move_id, phase, target, moved_to) VALUES ($1, $2, 'copying', $3, $4)
     ON CONFLICT (workspace_id) DO UPDATE SET move_id = excluded.move_id, target = excluded.target, moved_to = excluded.moved_to`,
    [workspaceId, moveId, target, movedTo],
  );
  await enterPhase(from, workspaceId, 'copying');
  await from.query('DELETE FROM workspace_move.change WHERE workspace_id = $1', [workspaceId]);
  for (const table of tables) await guardTable(from, workspaceId, table);
}

async function copy({ reader, to, tables, workspaceId, say }: Move) {
  say('Step 2 of 7: copy what is there, while it is used');
  await begin(reader, 'ISOLATION LEVEL REPEATABLE READ READ ONLY');
  let rows = 0;
  for (const table of tables)
    if (table.name !== 'workspace') rows += await copyRows(reader, to, table, workspaceId);
  await reader.query('COMMIT');
  say(`  ${rows} rows of ${tables.length} tables`);
}

async function catchUp(move: Move) {
  move.say('Step 3 of 7: catch up with what has changed meanwhile');
  for (let round = 1; round <= roundsMax; round += 1) if ((await bringChanges(move)) < fewChanges) return;
}

/** @returns how many changes there were */
async function bringChanges({ from, to, tables, workspaceId, say }: Move): Promise<number> {
  await begin(from);
  const { rows } = await from.query<{ id: string; table: string; key: string }>(
    `SELECT id, table_name AS table, key::text AS key FROM workspace_move.change WHERE workspace_id = $1 ORDER BY id LIMIT $2`,
    [workspaceId, changesAtOnce],
  );
  const keys = new Map<string, Set<string>>();
  for (const { table, key } of rows) keys.set(table, (keys.get(table) ?? new Set()).add(key));
  keys.delete('workspace');
  await bringKeys(from, to, tables, new Map([...keys].map(([table, found]) => [table, [...found]] as const)));
  await from.query('DELETE FROM workspace_move.change WHERE id = ANY ($1::bigint[])', [
    rows.map(({ id }) => id),
  ]);
  await from.query('COMMIT');
  if (rows.length > 0) say(`  ${rows.length} changes`);
  return rows.length;
}

async function freeze(move: Move) {
  const { from, to, tables, workspaceId, say } = move;
  performance.mark(closed);
  say('Step 4 of 7: freeze; requests that change something get 503 from now on');
  await enterPhase(from, workspaceId, 'closing');
  await bringChanges(move);
  await sleep(settledWithinMs);
  await bringChanges(move);
  await enterPhase(from, workspaceId, 'frozen');
  while ((await bringChanges(move)) > 0);
  // Triggers of an earlier release may have written there what they would write for a change; and the workspace itself
  // comes last.
  for (const table of tables)
    if (changedByTriggers.includes(table.name) || table.name === 'workspace') {
      await to.query(`DELETE FROM ${table.name} WHERE ${table.idColumn} = $1`, [workspaceId]);
      await begin(from);
      await copyRows(from, to, table, workspaceId);
      await from.query('COMMIT');
    }
}

async function compare({ reader, to, tables, workspaceId, say }: Move) {
  say('Step 5 of 7: compare');
  await begin(reader, 'READ ONLY');
  let rows = 0;
  for (const table of tables) {
    const [here, there] = await Promise.all([
      digestOf(reader, table, workspaceId),
      digestOf(to, table, workspaceId),
    ]);
    if (here.digest !== there.digest)
      throw new NotEqualError(
        `The table ${table.name} is not the same in both databases (${here.rows} rows, and ${there.rows})`,
      );
    if (here.rows > 0) say(`  ${table.name}: ${here.rows} rows, ${here.digest.slice(0, 16)}`);
    rows += here.rows;
  }
  await reader.query('COMMIT');
  say(`  ${rows} rows are the same in both databases`);
}

async function prepareArrival({ from, to, source, workspaceId }: Move, moveId: string) {
  // Who declares roles there from now on finds the rules that came with the workspace.
  await requireSameRoles({ from, to, ruled: to }, workspaceId, true);
  await to.query('INSERT INTO moved_cursor_key (workspace_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    workspaceId,
    source,
  ]);
  await to.query('INSERT INTO workspace_move.arrival (workspace_id, move_id, source) VALUES ($1, $2, $3)', [
    workspaceId,
    moveId,
    source,
  ]);
}

/** The moment at which the owner changes. */
async function arrive(to: pg.Client) {
  try {
    await to.query('COMMIT');
  } catch (cause) {
    throw new UnfinishedError(
      'The new database did not say whether it has the workspace. Nobody can change it until this is called again',
      { cause },
    );
  }
}

async function end(move: Move) {
  await endThere(move).catch((cause: unknown) => {
    throw new UnfinishedError(
      'The new database has the workspace, and the old one could not be told all: call this again',
      { cause },
    );
  });
}

async function endThere(move: Move) {
  const { from, tables, workspaceId, movedTo, say } = move;
  await leaveOldPlace(from, workspaceId, movedTo ?? move.known?.movedTo ?? null);
  say('  The new database is the owner, and the old one says so to who asks there');
  if (performance.getEntriesByName(closed).length > 0)
    say(`  Closed to changes for ${Math.round(performance.measure('closed', closed).duration / 100) / 10} s`);
  say('Step 7 of 7: clear the old place');
  await clearOldPlace(from, tables, workspaceId);
}
