import type { Db } from '../database/db.ts';
import { type ArrayColumns, rowsFrom } from '../database/row-arrays.ts';
import { parameter, sql } from '../database/sql.ts';

/** How long a statement may wait there for somebody who has locked a workspace. */
const waitsAtMostMs = 1_000;

/** When a workspace's identity provider was here last, and what it was answered. */
export interface Contact {
  workspaceId: string;
  at: Date;
  status: number;
}

/**
 * Writes the last contact of workspaces, unless a newer one is stored already.
 *
 * @returns those whose workspace is locked by somebody else: they were not written, and nobody waited for them
 */
export async function writeContacts(db: Db, contacts: readonly Contact[]): Promise<readonly Contact[]> {
  const { rows } = await db.run(
    sql<{ id: string }>`WITH given AS (
       SELECT * FROM ${rowsFrom(contactColumns, contacts)}
     ), free AS (
       SELECT w.id FROM workspace w WHERE w.id IN (SELECT workspace_id FROM given)
       ORDER BY w.id FOR NO KEY UPDATE SKIP LOCKED
     ), written AS (
       UPDATE workspace w SET last_contact_at = x.at, last_contact_status = x.status
       FROM given x JOIN free f ON f.id = x.workspace_id
       WHERE w.id = x.workspace_id AND (w.last_contact_at IS NULL OR w.last_contact_at <= x.at)
     )
     SELECT id FROM workspace WHERE id IN (SELECT workspace_id FROM given) AND id NOT IN (SELECT id FROM free)`,
  );
  const held = new Set(rows.map(({ id }) => id));
  return contacts.filter(({ workspaceId }) => held.has(workspaceId));
}

/**
 * {@link writeContacts} in a database that is distributed by workspace, where every node has the table of workspaces.
 * Who locks a row of it keeps all others waiting there, so that it is given up after a while.
 *
 * @param db a transaction
 * @throws query_canceled when somebody else has a lock for longer
 */
export async function writeContactsOnNodes(
  db: Db,
  contacts: readonly Contact[],
): Promise<readonly Contact[]> {
  const ids = contacts.map(({ workspaceId }) => workspaceId);
  await db.run(sql`SELECT set_config('statement_timeout', ${String(waitsAtMostMs)}, true)`);
  const { rows } = await db.run(sql<{ id: string }>`SELECT id FROM workspace WHERE id = ANY (${ids}::uuid[])
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`);
  const free = new Set(rows.map(({ id }) => id));
  for (const { workspaceId, at: when, status } of contacts.filter((contact) =>
    free.has(contact.workspaceId),
  )) {
    const at = parameter(when);
    await db.run(sql`UPDATE workspace SET last_contact_at = ${at}, last_contact_status = ${status}
      WHERE id = ${workspaceId} AND (last_contact_at IS NULL OR last_contact_at <= ${at})`);
  }
  return contacts.filter(({ workspaceId }) => !free.has(workspaceId));
}

const contactColumns: ArrayColumns<Contact> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  at: { type: 'timestamptz', of: ({ at }) => at.toISOString() },
  status: { type: 'integer', of: ({ status }) => status },
};
