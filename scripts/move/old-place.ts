import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import { enterPhase, type Phase, unguardTable } from './guard.ts';
import { isKept, type MovedTable } from './tables.ts';

/** As long as a process may remember that a token was good, and as what was answered may take to be logged. */
export const settledWithinMs = 1_500;
const deletedAtOnce = 5_000;

/** Gives a workspace free again that was not moved. */
export async function unguard(
  from: pg.Client,
  tables: readonly MovedTable[],
  workspaceId: string,
): Promise<void> {
  // What failed may have left a transaction open.
  await from.query('ROLLBACK');
  await enterPhase(from, workspaceId, 'copying');
  for (const { name } of tables) await unguardTable(from, workspaceId, name);
  await from.query('DELETE FROM workspace_move.change WHERE workspace_id = $1', [workspaceId]);
  await from.query('DELETE FROM workspace_move.move WHERE workspace_id = $1', [workspaceId]);
}

/**
 * Writes at the old place that the workspace has gone: its doors say so, nothing runs for it in the background, and what was
 * not yet in the feeds over all workspaces comes into those of the new place.
 */
export async function leaveOldPlace(
  from: pg.Client,
  workspaceId: string,
  movedTo: string | null,
): Promise<void> {
  await asTheMove(from, workspaceId, async () => {
    await from.query(
      `UPDATE workspace SET moved_at = coalesce(moved_at, now()), moved_to = $2, entitled = false, activated_at = NULL,
         suspended_until = NULL, automatic_sync = 'not_started', next_sync_at = NULL, seat_limit = NULL, seats_exhausted = false
       WHERE id = $1`,
      [workspaceId, movedTo],
    );
    // Those that end soon are told of at the new place alone.
    await from.query('UPDATE api_token SET expiry_told_days = 0 WHERE workspace_id = $1', [workspaceId]);
    for (const head of ['event_head', 'audit_head'])
      await from.query(`UPDATE ${head} SET published = sequence WHERE workspace_id = $1`, [workspaceId]);
    await setPhase(from, workspaceId, 'moved');
  });
}

/**
 * Deletes, a few rows at a time, what the old place needs no more: all but the tokens, sessions, events and the audit log.
 * It waits first until every process knows that the workspace has gone: one that does not would answer that there is nobody.
 */
export async function clearOldPlace(
  from: pg.Client,
  tables: readonly MovedTable[],
  workspaceId: string,
): Promise<void> {
  await sleep(settledWithinMs);
  for (const name of workspaceTables)
    if (!isKept(name) && tables.some((table) => table.name === name))
      await deleteAll(from, workspaceId, name);
  await from.query('DELETE FROM workspace_move.change WHERE workspace_id = $1', [workspaceId]);
  await setPhase(from, workspaceId, 'cleared');
}

/** Deletes everything that is left at the old place, and what stands before its tables. Nobody is told there any more. */
export async function forgetOldPlace(
  from: pg.Client,
  tables: readonly MovedTable[],
  workspaceId: string,
): Promise<void> {
  for (const name of workspaceTables) await deleteAll(from, workspaceId, name);
  for (const { name } of tables) await unguardTable(from, workspaceId, name);
  await from.query('DELETE FROM workspace WHERE id = $1 AND moved_at IS NOT NULL', [workspaceId]);
  await from.query('DELETE FROM workspace_move.move WHERE workspace_id = $1', [workspaceId]);
}

async function deleteAll(from: pg.Client, workspaceId: string, name: string): Promise<void> {
  for (let count = deletedAtOnce; count === deletedAtOnce;)
    await asTheMove(from, workspaceId, async () => {
      const { rowCount } = await from.query(
        `DELETE FROM ${name} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE workspace_id = $1 LIMIT ${deletedAtOnce}))`,
        [workspaceId],
      );
      count = rowCount ?? 0;
    });
}

function setPhase(from: pg.Client, workspaceId: string, phase: Phase): Promise<unknown> {
  return from.query('UPDATE workspace_move.move SET phase = $2 WHERE workspace_id = $1', [
    workspaceId,
    phase,
  ]);
}

/** In a transaction that the triggers let through. */
async function asTheMove(from: pg.Client, workspaceId: string, work: () => Promise<void>): Promise<void> {
  await from.query('BEGIN');
  try {
    await from.query(`SELECT set_config('workspace_move.by', $1, true)`, [workspaceId]);
    await work();
    await from.query('COMMIT');
  } catch (error) {
    await from.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
