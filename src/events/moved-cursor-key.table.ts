import { bytes, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** What sealed the cursors of the events of a workspace in the databases that it was moved from: they go on working. */
export const movedCursorKey = table('moved_cursor_key', {
  workspaceId: uuid().key(),
  key: bytes().key(),
});
