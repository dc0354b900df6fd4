import { uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** Whom a run of chosen people is about, until it has ended. */
export const syncRunPerson = table('sync_run_person', {
  workspaceId: uuid().key(),
  runId: uuid().key(),
  directoryUserId: uuid().key(),
});
