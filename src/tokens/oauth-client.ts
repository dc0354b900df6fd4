import { type Parameter, sql } from '../database/sql.ts';
import { isWorking, type StoredSecret, toRotatedSecret } from '../http/request/rotated-secret.ts';
import type { OAuthClientResponse } from './oauth-clients.dto.ts';

/** An OAuth client as it is stored, with its secrets, the newest first. */
export interface OAuthClientRow {
  id: string;
  name: string;
  access_token_minutes: number;
  created_by: string;
  created_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
  secrets: StoredSecret[] | null;
}

/** Reads clients of a workspace as {@link OAuthClientRow}; to be followed by further conditions on `t`. */
export const selectClients = (workspace: Parameter) => sql<OAuthClientRow>`
  SELECT t.id, t.name, t.access_token_minutes, t.created_by, t.created_at, t.revoked_at, t.last_used_at, s.secrets
  FROM api_token t CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(p) - 'secret_hash' ORDER BY p.replaced_at DESC NULLS FIRST) AS secrets
    FROM oauth_client_secret p WHERE p.workspace_id = ${workspace} AND p.client_id = t.id
  ) s WHERE t.workspace_id = ${workspace}`;

/** The outward shape of a client at this moment. */
export function toClient(row: OAuthClientRow, tokenUrl: string, now: Date): OAuthClientResponse {
  const kept = row.revoked_at === null ? (row.secrets ?? []) : [];
  return {
    id: row.id,
    name: row.name,
    state: row.revoked_at === null ? 'active' : 'revoked',
    tokenUrl,
    accessTokenMinutes: row.access_token_minutes,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    secrets: kept.map(toRotatedSecret).filter((secret) => isWorking(secret, now)),
  };
}
