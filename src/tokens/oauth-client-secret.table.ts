import { uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import { rotatedSecretColumns } from '../http/request/rotated-secret.ts';

/** A secret by which an OAuth client asks for access tokens: its hash. It selects the workspace, so the table is global. */
export const oauthClientSecret = table(
  'oauth_client_secret',
  {
    ...rotatedSecretColumns,
    workspaceId: uuid(),
    /** The client: a row of `api_token`. */
    clientId: uuid(),
  },
  {
    indexes: {
      oauth_client_secret_client: { on: ['workspaceId', 'clientId'] },
    },
  },
);
