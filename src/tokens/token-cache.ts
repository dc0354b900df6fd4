import { CheckedSecrets } from '../http/request/checked-secrets.ts';

/** The secret of an API token that was checked and found good. */
export interface CheckedToken {
  workspaceId: string;
  tokenId: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** Whether it is one that an OAuth client was given. */
  isAccessToken: boolean;
}

/** The secrets of API tokens that were checked a moment ago; a workspace owns its tokens. */
export class TokenCache extends CheckedSecrets<CheckedToken> {
  constructor() {
    super(({ workspaceId }) => workspaceId);
  }
}
