import { bigint, day, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** How much of the log each workspace has filled on each day (UTC), in bytes. */
export const provisioningLogDay = table('provisioning_log_day', {
  workspaceId: uuid().key(),
  day: day().key(),
  bytes: bigint(),
});
