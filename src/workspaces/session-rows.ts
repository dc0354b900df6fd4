import type { Db } from '../database/db.ts';
import { parameter, type Sql, sql } from '../database/sql.ts';
import { minutes } from '../errors/duration.ts';

/** When a session is over: at its end, or when nobody has used it for a time. */
export class SessionEnds {
  private readonly idleMs: number;

  constructor(idleMinutes: number) {
    this.idleMs = minutes(idleMinutes);
  }

  /** The condition of a statement over `admin_session s` that a session is not over. */
  isLive(now: Date): Sql {
    const idleSince = new Date(now.getTime() - this.idleMs);
    return sql`(s.expires_at > ${now} AND coalesce(s.last_used_at, s.created_at) > ${idleSince})`;
  }
}

/** Which sessions: all of a workspace, of one admin, or one of them. */
export interface SessionChoice {
  workspaceId: string;
  email?: string | undefined;
  id?: string | undefined;
}

/**
 * Ends sessions.
 *
 * @returns whose they were, one for each
 */
export async function endSessions(db: Db, { workspaceId, email, id }: SessionChoice): Promise<string[]> {
  const [ofEmail, ofId] = [parameter(email ?? null), parameter(id ?? null)];
  const { rows } = await db.run(sql<{ email: string }>`
    DELETE FROM admin_session WHERE workspace_id = ${workspaceId}
      AND (${ofEmail}::text IS NULL OR lower(email) = lower(${ofEmail})) AND (${ofId}::uuid IS NULL OR id = ${ofId})
    RETURNING email`);
  return rows.map((row) => row.email);
}

/** Takes links back that nobody has used yet, so that nobody whose sessions end comes back by one. */
export async function takeLinksBack(db: Db, { workspaceId, email }: SessionChoice): Promise<void> {
  const ofEmail = parameter(email ?? null);
  await db.run(sql`
    DELETE FROM admin_link WHERE workspace_id = ${workspaceId} AND used_at IS NULL
      AND (${ofEmail}::text IS NULL OR lower(email) = lower(${ofEmail}))`);
}
