import { jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** What one real change did to a directory user or group, field by field. Append-only. */
export const directoryEvent = table('directory_event', {
  workspaceId: uuid().key(),
  resourceId: uuid().key(),
  id: uuid().key(),
  at: moment(),
  resourceType: text<'User' | 'Group'>(),
  kind: text<'created' | 'updated' | 'deleted' | 'restored'>(),
  /** See `changesOfEvent`. */
  changes: jsonb<unknown>(),
});
