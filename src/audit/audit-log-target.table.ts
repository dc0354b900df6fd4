import { text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** Who or what a recorded action on many was about. An action on one names it in its own row. */
export const auditLogTarget = table('audit_log_target', {
  workspaceId: uuid().key(),
  target: text().key(),
  auditId: uuid().key(),
});
