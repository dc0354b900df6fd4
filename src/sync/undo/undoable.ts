import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { isOver } from '../record/run.ts';
import type { RunResponse } from '../record/sync.dto.ts';

/** A run can be undone once it is over, unless it has been. @throws ConflictError `not-undoable` */
export function requireUndoable({ trigger, state }: Pick<RunResponse, 'trigger' | 'state'>): void {
  if (isOver({ state }) && !state.endsWith('undone')) return;
  throw new ConflictError('not-undoable', `A run of trigger ${trigger} in state ${state} cannot be undone.`);
}

/** It is undone by one run at a time. @throws ConflictError `undo-active` with `runId` */
export async function requireNotBeingUndone(db: Db, workspaceId: string, runId: string): Promise<void> {
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT id FROM sync_run
       WHERE workspace_id = ${workspaceId} AND undoes_run_id = ${runId} AND state IN ('queued', 'running')`,
  );
  const [active] = rows;
  if (active) throw new ConflictError('undo-active', 'This run is being undone.', { runId: active.id });
}
