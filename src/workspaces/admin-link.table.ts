import { bytes, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { Language } from '../errors/sentence.ts';
import type { AdminRole } from '../http/request/admin-roles.ts';
import type { ColorScheme } from './screen-wishes.ts';

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
    /** What they are called; null: only their address is known. */
    name: text().orNull(),
    locale: text<Language>().orNull(),
    colorScheme: text<ColorScheme>().orNull(),
    /** Where a link back to the product leads; null: there is none. */
    returnUrl: text().orNull(),
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
