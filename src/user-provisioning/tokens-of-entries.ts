import type { DataSource } from 'typeorm';
import type { UsedToken } from '../provisioning-log/provisioning-log.service.ts';
import { parameter, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';

/** What came over SCIM: an event, or a note about a request, and the person or group that it concerns. */
export interface CameOverScim {
  id: string;
  resourceId: string;
}

/**
 * The API tokens by which entries of a timeline came, as the provisioning log knows them: it forgets requests after its
 * retention, and does not say which people a bulk request concerned.
 *
 * @returns tokens by the ids of the entries
 */
export async function tokensOfEntries(
  dataSource: DataSource,
  workspaceId: string,
  entries: readonly CameOverScim[],
): Promise<Map<string, UsedToken>> {
  if (entries.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const ids = parameter(entries.map(({ id }) => id));
  const { rows } = await dbOf(dataSource).run(sql<{ ids: string[]; token: UsedToken }>`
     WITH k AS MATERIALIZED (SELECT id, name, last_four, revoked_at FROM api_token WHERE workspace_id = ${workspace})
     SELECT array_append(coalesce(l.event_ids, '{}'), l.id) AS ids,
       json_build_object('id', k.id, 'name', k.name, 'lastFour', k.last_four,
         'revokedAt', to_char(k.revoked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS token
     FROM provisioning_log l JOIN k ON k.id = l.token_id
     WHERE l.workspace_id = ${workspace}
       AND l.resource_id = ANY (${[...new Set(entries.map(({ resourceId }) => resourceId))]}::text[])
       AND (l.event_ids && ${ids}::uuid[] OR l.id = ANY (${ids}::uuid[]))`);
  return new Map(rows.flatMap(({ ids, token }) => ids.map((id) => [id, token] as const)));
}
