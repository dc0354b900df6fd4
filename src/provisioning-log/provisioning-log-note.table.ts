import { integer, jsonb, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** What of one resource in a request was not read as it came. Few requests have any. */
export const provisioningLogNote = table(
  'provisioning_log_note',
  {
    workspaceId: uuid().key(),
    /** The id of the log's entry. */
    entryId: uuid().key(),
    /** Which resource of the request: a bulk request has many. */
    position: integer().key(),
    resourceId: text().orNull(),
    at: moment(),
    /** `ReadingNote[]` */
    notes: jsonb<unknown>(),
  },
  {
    indexes: {
      provisioning_log_note_resource: { on: ['workspaceId', 'resourceId', 'at'] },
    },
  },
);
