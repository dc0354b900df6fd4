import { jsonb, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** One action of an admin, an operator, the host product or the service itself. Rows are only added, and retention deletes old ones. */
export const auditLog = table(
  'audit_log',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    at: moment(),
    actorKind: text(),
    actorEmail: text().orNull(),
    actorKeyId: uuid().orNull(),
    actorKeyName: text().orNull(),
    action: text(),
    target: text().orNull(),
    details: jsonb<Record<string, unknown>>().default({}),
  },
  {
    checks: {
      audit_log_actor_kind_check: `actor_kind IN ('operator', 'product', 'admin', 'system')`,
    },
  },
);
