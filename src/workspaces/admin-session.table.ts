import { bytes, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** A signed-in admin. Only the hash of the session token is stored. */
export const adminSession = table(
  'admin_session',
  {
    tokenHash: bytes().key(),
    workspaceId: uuid(),
    email: text(),
    createdAt: moment(),
    expiresAt: moment(),
  },
  {
    indexes: {
      admin_session_workspace: { on: ['workspaceId'] },
    },
  },
);
