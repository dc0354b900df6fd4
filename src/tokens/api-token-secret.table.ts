import { bytes, moment, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/**
 * Which token or client, of which workspace, a secret belongs to. The hash alone selects the workspace, so the table is
 * global.
 */
export const apiTokenSecret = table(
  'api_token_secret',
  {
    secretHash: bytes().key(),
    workspaceId: uuid(),
    tokenId: uuid(),
    /** Of an access token; the end of an API token stands with it. */
    expiresAt: moment().orNull(),
  },
  {
    indexes: {
      api_token_secret_token: { on: ['workspaceId', 'tokenId'] },
      api_token_secret_expires_at: { on: ['expiresAt'], where: '(expires_at IS NOT NULL)' },
    },
  },
);
