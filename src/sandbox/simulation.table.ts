import { boolean, integer, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** The simulation that runs or ran last in a sandbox. */
export const simulation = table('simulation', {
  workspaceId: uuid().key(),
  id: uuid(),
  provider: text(),
  people: integer(),
  day: integer().default(0),
  state: text(),
  phase: text().orNull(),
  done: integer().default(0),
  total: integer().default(0),
  failures: integer().default(0),
  error: text().orNull(),
  tokenId: uuid(),
  stopRequested: boolean().default(false),
  startedAt: moment(),
  heartbeatAt: moment(),
  finishedAt: moment().orNull(),
});
