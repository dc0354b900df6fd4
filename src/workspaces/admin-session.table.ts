import { bytes, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { AdminRole } from '../http/request/admin-roles.ts';

/** A signed-in admin. Only the hash of the session token is stored. */
export const adminSession = table(
  'admin_session',
  {
    tokenHash: bytes().key(),
    workspaceId: uuid(),
    email: text(),
    createdAt: moment(),
    expiresAt: moment(),
    /**
     * The default, for a version that knows no ids, is no plain `gen_random_uuid()`, which TypeORM takes for its own; it
     * reads this one without its casts.
     */
    id: uuid().default(() => '(md5((gen_random_uuid())))'),
    /** To the minute; null: not since it was opened. */
    lastUsedAt: moment().orNull(),
    /** Which program opened it, and from where, for the admin to recognize it by. */
    userAgent: text().orNull(),
    address: text().orNull(),
    role: text<AdminRole>().default('owner'),
    name: text().orNull(),
    returnUrl: text().orNull(),
  },
  {
    indexes: {
      admin_session_id: { on: ['workspaceId', 'id'], unique: true },
    },
    checks: {
      admin_session_role_check: `role IN ('owner', 'editor', 'viewer')`,
    },
  },
);
