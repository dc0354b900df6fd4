import { moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** Who must be looked at by the next run. `version` is a fresh random stamp at each cause. */
export const syncQueue = table(
  'sync_queue',
  {
    workspaceId: uuid().key(),
    directoryUserId: uuid().key(),
    version: uuid(),
    reason: text(),
    dueAt: moment(),
    /** When the person joined or left a group last, as far as no run has looked since. */
    regroupedAt: moment().orNull(),
  },
  {
    indexes: {
      sync_queue_lanes: {
        on: ['workspaceId', 'reason', 'dueAt'],
        where: `(reason = ANY (ARRAY['leaver'::text, 'returner'::text, 'role'::text]))`,
      },
    },
  },
);
