import { day, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/**
 * A scheduled synchronization that a process has claimed: the row makes it happen once, however many processes run.
 */
export const nightlyClaim = table('nightly_claim', {
  workspaceId: uuid().key(),
  /** The local date of the workspace, `YYYY-MM-DD`. */
  night: day().key(),
  /** Empty where there is one a day; else the moment that it was due at, ISO 8601 in UTC. */
  slot: text().key().default(''),
  claimedAt: moment(),
  /** Null where another run was under way already. */
  runId: uuid().orNull(),
});
