import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days, hours } from '../../errors/duration.ts';

/** A refusal of what the identity provider sent counts as lasting for so long. */
export const refusalLastsMs = hours(24);

/** Tokens that ended longer ago are of no interest. */
const endedTokensReadMs = days(7);

/** A token or an OAuth client, as far as its end and its use are worth a message. */
export interface TokenFacts {
  id: string;
  name: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/**
 * What is so in a workspace at this moment.
 *
 * @property isActive entitled and switched on; of any other workspace there is nothing to tell
 * @property isRunning a run is under way: what it holds is counted when it is over
 * @property lastRun the last run by hand or at night that is over
 * @property isRefusing whether something that the identity provider sent was refused within `refusalLastsMs`
 */
export interface Facts {
  isActive: boolean;
  timeZone: string | null;
  heldAccess: string;
  activatedAt: Date | null;
  contact: { at: Date; status: number } | null;
  sequence: string;
  held: number;
  conflicts: number;
  isRunning: boolean;
  lastRun: { id: string; state: string } | null;
  isRefusing: boolean;
  tokens: TokenFacts[];
}

interface FactsRow extends Omit<Facts, 'contact' | 'tokens'> {
  contactAt: Date | null;
  contactStatus: number | null;
}

/** Reads what is so, each by an index. Null when there is no such workspace. */
export async function readFacts(db: Db, workspaceId: string, now: Date): Promise<Facts | null> {
  const id = parameter(workspaceId);
  const { rows } = await db.run(
    sql<FactsRow>`SELECT w.entitled AND w.activated_at IS NOT NULL AS "isActive", w.settings ->> 'timeZone' AS "timeZone",
       coalesce(w.settings ->> 'heldLeavers', 'suspend') AS "heldAccess", w.activated_at AS "activatedAt",
       w.last_contact_at AS "contactAt", w.last_contact_status AS "contactStatus",
       coalesce((SELECT sequence FROM event_head WHERE workspace_id = ${id}), 0)::text AS sequence,
       (SELECT count(*)::integer FROM sync_link WHERE workspace_id = ${id} AND state <> 'linked' AND state = 'held') AS held,
       (SELECT count(*)::integer FROM sync_link WHERE workspace_id = ${id} AND state <> 'linked' AND state = 'conflict')
         AS conflicts,
       EXISTS (SELECT FROM sync_run WHERE workspace_id = ${id} AND state IN ('queued', 'running')
         AND trigger IN ('manual', 'nightly')) AS "isRunning",
       (SELECT json_build_object('id', id, 'state', state) FROM sync_run
         WHERE workspace_id = ${id} AND trigger IN ('manual', 'nightly') AND state NOT IN ('queued', 'running')
         ORDER BY id DESC LIMIT 1) AS "lastRun",
       EXISTS (SELECT FROM provisioning_log WHERE workspace_id = ${id} AND status IN (400, 409, 413)
         AND at > ${new Date(now.getTime() - refusalLastsMs)}) AS "isRefusing"
     FROM workspace w WHERE w.id = ${id}`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { contactAt, contactStatus, ...facts } = row;
  const contact = contactAt === null ? null : { at: contactAt, status: contactStatus ?? 0 };
  return { ...facts, contact, tokens: await readTokens(db, workspaceId, now) };
}

async function readTokens(db: Db, workspaceId: string, now: Date): Promise<TokenFacts[]> {
  const { rows } = await db.run(
    sql<TokenFacts>`SELECT id, name, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
     FROM api_token WHERE workspace_id = ${workspaceId} AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > ${new Date(now.getTime() - endedTokensReadMs)})
     ORDER BY id`.prepared(),
  );
  return rows;
}
