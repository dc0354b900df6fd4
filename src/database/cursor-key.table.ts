import { boolean, bytes } from './table/column.ts';
import { table } from './table/table.ts';

/** The key that seals the cursors of this installation: one row. */
export const cursorKey = table('cursor_key', {
  one: boolean().key(),
  key: bytes(),
});
