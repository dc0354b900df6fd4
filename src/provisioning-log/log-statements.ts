import type { Queryable } from '../database/queryable.ts';
import { type ArrayColumns, rowArrays } from '../database/row-arrays.ts';
import type { ResourceNotes } from '../http/request/request-state.ts';
import type { LogEntry } from './log-entry.ts';
import { keptText } from './redact.ts';

/** Writes a batch: entries and bodies. Entries of a workspace that has been erased in the meantime are dropped. */
export async function writeEntries(db: Queryable, batch: readonly LogEntry[]): Promise<void> {
  const entries = rowArrays(entryColumns, batch, 1);
  const bodies = rowArrays(bodyColumns, batch.filter(hasBody).map(bodyRow), 1 + entries.parameters.length);
  const before = entries.parameters.length + bodies.parameters.length;
  const notes = rowArrays(noteColumns, batch.flatMap(noteRows), 1 + before);
  const names = Object.keys(entryColumns);
  const values = names.map((name) =>
    name === 'event_ids' ? `NULLIF(x.event_ids, '{}')::uuid[]` : `x.${name}`,
  );
  await db.query(
    `WITH body AS (
       INSERT INTO provisioning_log_body (workspace_id, id, request, answer)
       SELECT x.workspace_id, x.id, x.request, x.answer FROM ${bodies.sql}
       WHERE EXISTS (SELECT 1 FROM workspace w WHERE w.id = x.workspace_id)
     ), note AS (
       INSERT INTO provisioning_log_note (${Object.keys(noteColumns).join(', ')})
       SELECT ${Object.keys(noteColumns).join(', ')} FROM ${notes.sql}
       WHERE EXISTS (SELECT 1 FROM workspace w WHERE w.id = x.workspace_id)
     )
     INSERT INTO provisioning_log (${names.join(', ')})
     SELECT ${values.join(', ')} FROM ${entries.sql}
     WHERE EXISTS (SELECT 1 FROM workspace w WHERE w.id = x.workspace_id)`,
    [...entries.parameters, ...bodies.parameters, ...notes.parameters],
  );
}

/**
 * Deletes a bounded number of entries older than the given time, with their bodies. Several processes may do this at
 * once.
 *
 * @param workspaceId only in this workspace; null: in all
 * @returns how many were deleted
 */
export async function deleteEntriesBefore(
  db: Queryable,
  time: Date,
  entriesMax: number,
  workspaceId: string | null = null,
): Promise<number> {
  const [row] = await db.query<{ count: number }[]>(
    `WITH old AS (
       SELECT workspace_id, id FROM provisioning_log
       WHERE at < $1 AND ($3::uuid IS NULL OR workspace_id = $3) LIMIT $2 FOR UPDATE SKIP LOCKED
     ), body AS (
       DELETE FROM provisioning_log_body b USING old WHERE (b.workspace_id, b.id) = (old.workspace_id, old.id)
     ), note AS (
       DELETE FROM provisioning_log_note n USING old
       WHERE (n.workspace_id, n.entry_id) = (old.workspace_id, old.id)
     ), entry AS (
       DELETE FROM provisioning_log l USING old WHERE (l.workspace_id, l.id) = (old.workspace_id, old.id)
       RETURNING 1
     )
     SELECT count(*)::integer AS count FROM entry`,
    [time, entriesMax, workspaceId],
  );
  return row?.count ?? 0;
}

const entryColumns: ArrayColumns<LogEntry> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  id: { type: 'uuid', of: ({ id }) => id },
  token_id: { type: 'uuid', of: ({ tokenId }) => tokenId },
  at: { type: 'timestamptz', of: ({ at }) => at.toISOString() },
  request_id: { type: 'text', of: ({ requestId }) => requestId },
  method: { type: 'text', of: ({ method }) => method },
  path: { type: 'text', of: ({ path }) => path },
  status: { type: 'integer', of: ({ status }) => status },
  scim_type: { type: 'text', of: ({ scimType }) => scimType },
  detail: { type: 'text', of: ({ detail }) => detail },
  resource_type: { type: 'text', of: ({ resourceType }) => resourceType },
  resource_id: { type: 'text', of: ({ resourceId }) => resourceId },
  user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  duration_ms: { type: 'integer', of: ({ durationMs }) => durationMs },
  found: { type: 'integer', of: ({ found }) => found },
  event_ids: { type: 'text[]', of: ({ eventIds }) => eventIds },
};

interface BodyRow {
  workspaceId: string;
  id: string;
  request: string | null;
  answer: string | null;
}

const bodyColumns: ArrayColumns<BodyRow> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  id: { type: 'uuid', of: ({ id }) => id },
  request: { type: 'json', of: ({ request }) => request },
  answer: { type: 'json', of: ({ answer }) => answer },
};

interface NoteRow extends ResourceNotes {
  workspaceId: string;
  entryId: string;
  position: number;
  at: Date;
}

const noteColumns: ArrayColumns<NoteRow> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  entry_id: { type: 'uuid', of: ({ entryId }) => entryId },
  position: { type: 'integer', of: ({ position }) => position },
  resource_id: { type: 'text', of: ({ resourceId }) => resourceId },
  at: { type: 'timestamptz', of: ({ at }) => at.toISOString() },
  notes: { type: 'jsonb', of: ({ notes }) => notes },
};

function noteRows({ workspaceId, id, at, notes }: LogEntry): NoteRow[] {
  return notes.map((noted, position) => ({ ...noted, workspaceId, entryId: id, position, at }));
}

function hasBody({ body, answer }: LogEntry): boolean {
  return body !== undefined || answer !== undefined;
}

function bodyRow({ workspaceId, id, body, answer }: LogEntry): BodyRow {
  return { workspaceId, id, request: textOf(body), answer: textOf(answer) };
}

function textOf(body: unknown): string | null {
  return body === undefined ? null : keptText(body).text;
}
