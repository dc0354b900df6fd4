import type { DatabaseSync } from 'node:sqlite';
import { type Client, endsAccess, type Event, mirror, type Mirror } from '../../clients/node/src/index.ts';
import { SqliteStore } from '../../clients/node/src/stores/sqlite-store.ts';
import { endSessionsOf, endStraySessions } from './sessions.ts';

/**
 * Keeps the copy of the members in step, and ends the sessions of leavers in the same transaction.
 *
 * @param onEnded told when sessions may have ended
 */
export function followMembers(
  client: Client,
  database: DatabaseSync,
  { workspaceId, onEnded }: { workspaceId: string; onEnded: () => void },
): Mirror {
  const members = mirror(new SqliteStore(database), {
    client,
    workspaceId,
    onEvents: (events) => {
      for (const event of events) endAccess(database, event);
      onEnded();
      return Promise.resolve();
    },
    onSnapshot: (id) => {
      endStraySessions(database, id);
      onEnded();
      return Promise.resolve();
    },
    // Said once; how long it lasts, the status says.
    onFailure: (error) => {
      if (members.status().failure?.attempts !== 1) return;
      console.error('The members cannot be followed at the moment:', messageOf(error));
    },
  });
  return members;
}

/** Ends the sessions of the member of a webhook, unless the copy knows something newer already. */
export function endAccessByWebhook(database: DatabaseSync, event: Event): void {
  const { workspaceId, subject } = event;
  const known = database
    .prepare('SELECT version FROM mirror_member WHERE workspace_id = ? AND id = ?')
    .get(workspaceId, subject.id);
  if (known === undefined || Number(known.version) <= subject.version) endAccess(database, event);
}

/** Ends the sessions of a member who has lost access, and notes what to tell the customer's admin. */
function endAccess(database: DatabaseSync, event: Event): void {
  if (!endsAccess(event)) return;
  const ended = endSessionsOf(database, event.workspaceId, event.subject.id);
  if (ended === 0) return;
  database
    .prepare('INSERT OR IGNORE INTO receipt (event_id, sessions_ended, at) VALUES (?, ?, ?)')
    .run(event.id, ended, new Date().toISOString());
}

/** An error in one line, with what caused it: of a failed request, that nobody answers there. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
