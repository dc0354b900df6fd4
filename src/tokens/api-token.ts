import { raw } from '../database/sql.ts';
import type { IssuedTokenResponse, TokenResponse } from './tokens.dto.ts';

/** The columns that `toToken` reads. */
export const tokenColumns = raw(
  'id, name, prefix, last_four, created_by, created_at, expires_at, revoked_at, last_used_at',
);

export interface TokenRow {
  id: string;
  name: string;
  prefix: string;
  last_four: string;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

/** The outward shape of a token at this moment. */
export function toToken(row: TokenRow, now: Date): TokenResponse {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    lastFour: row.last_four,
    state: stateOf(row, now),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}

/**
 * What of a token an `ETag` stands for: that it was used changes nothing of what an admin decides by, and its secret is in
 * one answer only.
 */
export function tokenState({
  lastUsedAt: _lastUsedAt,
  secret: _secret,
  ...state
}: Partial<IssuedTokenResponse>): unknown {
  return state;
}

/** The same, with the secret: only for the answer that made it. */
export function toIssuedToken(row: TokenRow, secret: string, now: Date): IssuedTokenResponse {
  return { ...toToken(row, now), secret };
}

function stateOf(row: TokenRow, now: Date): TokenResponse['state'] {
  if (row.revoked_at !== null) return 'revoked';
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'active';
}
