import { jsonText, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** What was sent and answered in one request of the log, without secrets and cut to a limit. Many requests have none. */
export const provisioningLogBody = table('provisioning_log_body', {
  workspaceId: uuid().key(),
  /** The id of the log's entry. */
  id: uuid().key(),
  request: jsonText<unknown>().orNull(),
  answer: jsonText<unknown>().orNull(),
});
