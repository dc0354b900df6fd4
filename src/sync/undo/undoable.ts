import { ConflictError } from '../../errors/domain-errors.ts';
import { isOver } from '../record/run.ts';
import type { RunResponse } from '../record/sync.dto.ts';

/** A run can be undone once it is over, unless it has been. @throws ConflictError `not-undoable` */
export function requireUndoable({ trigger, state }: Pick<RunResponse, 'trigger' | 'state'>): void {
  if (isOver({ state }) && !state.endsWith('undone')) return;
  throw new ConflictError('not-undoable', `A run of trigger ${trigger} in state ${state} cannot be undone.`);
}
