import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

const tokenBytes = 32;

/** Somebody who is signed in. */
export interface SignedIn {
  workspaceId: string;
  memberId: string;
  name: string;
  email: string;
  /** What their groups give them; null: nothing. */
  role: string | null;
}

/** Opens a session. @returns the token for the cookie; the database has only its hash */
export function beginSession(database: DatabaseSync, workspaceId: string, memberId: string): string {
  const token = randomBytes(tokenBytes).toString('base64url');
  database
    .prepare('INSERT INTO session (token_hash, workspace_id, member_id, begun_at) VALUES (?, ?, ?, ?)')
    .run(hashOf(token), workspaceId, memberId, new Date().toISOString());
  return token;
}

/**
 * Whose session it is; null when it has ended. A member without access has none, whatever the table of sessions says: the
 * copy of the members is looked at with every request.
 */
export function findSession(database: DatabaseSync, token: string): SignedIn | null {
  const row = database
    .prepare(
      `SELECT s.workspace_id, s.member_id, m.email, m.data ->> 'displayName' AS name, m.data ->> 'role' AS role
       FROM session s
       JOIN mirror_member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id AND m.access = 'granted'
       WHERE s.token_hash = ?`,
    )
    .get(hashOf(token));
  if (row === undefined) return null;
  const email = String(row.email);
  return {
    workspaceId: String(row.workspace_id),
    memberId: String(row.member_id),
    name: String(row.name ?? email),
    email,
    role: typeof row.role === 'string' ? row.role : null,
  };
}

export function endSession(database: DatabaseSync, token: string): void {
  database.prepare('DELETE FROM session WHERE token_hash = ?').run(hashOf(token));
}

/** Ends all sessions of a member. @returns how many there were */
export function endSessionsOf(database: DatabaseSync, workspaceId: string, memberId: string): number {
  const { changes } = database
    .prepare('DELETE FROM session WHERE workspace_id = ? AND member_id = ?')
    .run(workspaceId, memberId);
  return Number(changes);
}

/** Ends the sessions of members who are gone or have lost access while nobody looked. */
export function endStraySessions(database: DatabaseSync, workspaceId: string): void {
  database
    .prepare(
      `DELETE FROM session WHERE workspace_id = ? AND NOT EXISTS (SELECT 1 FROM mirror_member m
         WHERE m.workspace_id = session.workspace_id AND m.id = session.member_id AND m.access = 'granted')`,
    )
    .run(workspaceId);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
