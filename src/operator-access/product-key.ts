import { sql } from '../database/sql.ts';
import type { ProductScope } from '../http/request/caller.ts';
import {
  isWorking,
  type RotatedSecretResponse,
  type StoredSecret,
  toRotatedSecret,
} from '../http/request/rotated-secret.ts';
import {
  type IssuedProductKeyResponse,
  type KeyHistoryResponse,
  keyHistoryMax,
  type ProductKeyResponse,
} from './product-keys.dto.ts';

/** A product key as it is stored, with all its secrets, the newest first. */
export interface KeyRow {
  id: string;
  name: string;
  scopes: ProductScope[];
  workspace_ids: string[] | null;
  created_at: Date;
  revoked_at: Date | null;
  secrets: StoredSecret[];
}

/** Reads keys as {@link KeyRow}; to be followed by a condition on `k`. */
export const selectKeys = sql<KeyRow>`
  SELECT k.id, k.name, k.scopes, k.workspace_ids, k.created_at, k.revoked_at, s.secrets
  FROM product_key k CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(p) - 'secret_hash' ORDER BY p.replaced_at DESC NULLS FIRST) AS secrets
    FROM product_key_secret p WHERE p.key_id = k.id
  ) s`;

/** The outward shape of a key at this moment. */
export function toProductKey(row: KeyRow, now: Date): ProductKeyResponse {
  const secrets = row.secrets.map(toRotatedSecret);
  const [newest] = secrets;
  if (newest === undefined) throw new Error('A product key without a secret');
  const state = stateOf(row, newest, now);
  const working = secrets.filter((secret) => isWorking(secret, now));
  const uses = secrets.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort();
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    workspaceIds: row.workspace_ids,
    prefix: newest.prefix,
    lastFour: newest.lastFour,
    state,
    createdAt: row.created_at.toISOString(),
    expiresAt: newest.expiresAt,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: uses.at(-1) ?? null,
    secrets: state === 'revoked' ? [] : working,
    history: historyOf(row),
  };
}

/** The same, with the secret: only for the answer that made it. */
export function toIssuedProductKey(row: KeyRow, secret: string, now: Date): IssuedProductKeyResponse {
  return { ...toProductKey(row, now), secret };
}

/** What happened to a key, the newest first. Each secret but the first came by a rotation. */
function historyOf({ created_at, revoked_at, secrets }: KeyRow): KeyHistoryResponse[] {
  const rotations = secrets.slice(0, -1).map((secret) => new Date(secret.created_at));
  const steps = [
    ...(revoked_at === null ? [] : [{ action: 'revoked' as const, at: revoked_at }]),
    ...rotations.map((at) => ({ action: 'rotated' as const, at })),
    { action: 'made' as const, at: created_at },
  ];
  return steps.slice(0, keyHistoryMax).map(({ action, at }) => ({ action, at: at.toISOString() }));
}

function stateOf(row: KeyRow, newest: RotatedSecretResponse, now: Date): ProductKeyResponse['state'] {
  if (row.revoked_at !== null) return 'revoked';
  return isWorking(newest, now) ? 'active' : 'expired';
}
