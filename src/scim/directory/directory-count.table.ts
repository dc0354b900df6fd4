import { bigint, integer, moment, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/**
 * How many users and groups a directory has: the sum of its rows. Row 0 is what a recount found more than the others say;
 * the others are what statements have added and taken away since, one row for some of the connections each, so that writers
 * rarely meet.
 */
export const directoryCount = table('directory_count', {
  workspaceId: uuid().key(),
  slot: integer().key(),
  /** Null in row 0 while it is counted for the first time. */
  users: bigint().orNull(),
  groups: bigint().orNull(),
  /** In row 0: when to count again. */
  recountAt: moment().orNull(),
});
