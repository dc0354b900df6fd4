import { integer, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** One version of a workspace's attribute mapping; the highest is the current one. */
export const attributeMapping = table('attribute_mapping', {
  workspaceId: uuid().key(),
  version: integer().key(),
  createdBy: text(),
  createdAt: moment(),
  /** Patterns of LIKE for the folded names of the groups that its rules read. */
  groupPatterns: text()
    .array()
    .default(() => "'{}'"),
  /** The version whose rules these are again; null for rules that were new. */
  restoredFrom: integer().orNull(),
});
