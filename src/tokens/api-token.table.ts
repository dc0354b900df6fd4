import { integer, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** An API token, or an OAuth client, as its admin sees it; its secrets are not here. */
export const apiToken = table(
  'api_token',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    name: text(),
    prefix: text(),
    lastFour: text(),
    createdBy: text(),
    createdAt: moment(),
    expiresAt: moment().orNull(),
    revokedAt: moment().orNull(),
    lastUsedAt: moment().orNull(),
    /** The fewest days before its end of which the host product has been told. */
    expiryToldDays: integer().orNull(),
    /** Of an OAuth client: how long its access tokens live. Null: it is an API token. */
    accessTokenMinutes: integer().orNull(),
  },
  {
    indexes: {
      api_token_prefix: { on: ['prefix'] },
      api_token_expires_at: {
        on: ['expiresAt'],
        where: '((revoked_at IS NULL) AND (expires_at IS NOT NULL))',
      },
    },
  },
);
