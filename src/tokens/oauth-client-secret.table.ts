import { bytes, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** A secret by which an OAuth client asks for access tokens: its hash. It selects the workspace, so the table is global. */
export const oauthClientSecret = table(
  'oauth_client_secret',
  {
    secretHash: bytes().key(),
    workspaceId: uuid(),
    /** The client: a row of `api_token`. */
    clientId: uuid(),
    prefix: text(),
    lastFour: text(),
    createdAt: moment(),
    expiresAt: moment().orNull(),
    /** When another one took its place; null: it is the newest. */
    replacedAt: moment().orNull(),
    lastUsedAt: moment().orNull(),
  },
  {
    indexes: {
      oauth_client_secret_client: { on: ['workspaceId', 'clientId'] },
    },
  },
);
