import type { ProductScope } from '../http/request/caller.ts';
import { moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** A credential of the host product's back end. Its secrets are in a table of their own; it is never deleted. */
export const productKey = table('product_key', {
  id: uuid().key(),
  name: text(),
  scopes: text<ProductScope>().array(),
  /** Null: every workspace. One that was erased since stays in the list, and nothing has its id any more. */
  workspaceIds: uuid().array().orNull(),
  createdAt: moment(),
  revokedAt: moment().orNull(),
});
