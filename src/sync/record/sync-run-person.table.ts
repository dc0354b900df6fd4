import { uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** The people of a run of chosen people, until it has ended. */
export const syncRunPerson = table('sync_run_person', {
  workspaceId: uuid().key(),
  runId: uuid().key(),
  directoryUserId: uuid().key(),
});
