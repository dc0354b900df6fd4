import { bytes, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** Which token, of which workspace, a secret belongs to. The hash alone selects the workspace, so the table is global. */
export const apiTokenSecret = table(
  'api_token_secret',
  {
    secretHash: bytes().key(),
    workspaceId: uuid(),
    tokenId: uuid(),
  },
  {
    indexes: {
      api_token_secret_token: { on: ['workspaceId', 'tokenId'] },
    },
  },
);
