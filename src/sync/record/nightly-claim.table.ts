import { day, moment, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** A night that a process has claimed: the row makes the nightly synchronization happen once, however many processes run. */
export const nightlyClaim = table('nightly_claim', {
  workspaceId: uuid().key(),
  /** The local date of the workspace, `YYYY-MM-DD`. */
  night: day().key(),
  claimedAt: moment(),
  /** Null where another run was under way already. */
  runId: uuid().orNull(),
});
