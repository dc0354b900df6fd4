import { bytes, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { AdminRole } from '../http/request/admin-roles.ts';

/** A one-time link that signs an admin in. Only the hash of its code is stored. */
export const adminLink = table(
  'admin_link',
  {
    codeHash: bytes().key(),
    workspaceId: uuid(),
    email: text(),
    createdAt: moment(),
    expiresAt: moment(),
    usedAt: moment().orNull(),
    role: text<AdminRole>().default('owner'),
  },
  {
    indexes: {
      admin_link_workspace: { on: ['workspaceId'] },
    },
    checks: {
      admin_link_role_check: `role IN ('owner', 'editor', 'viewer')`,
    },
  },
);
