import { text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** Somebody whose property names a person who has no member yet. */
export const syncPendingReference = table('sync_pending_reference', {
  workspaceId: uuid().key(),
  reference: text().key().bytewise(),
  directoryUserId: uuid().key(),
});
