import type { Queryable } from '../database/queryable.ts';
import { type ArrayColumns, rowArrays } from '../database/row-arrays.ts';
import type { LogEntry, LoggedNotes } from './log-entry.ts';
import { loggablePath, loggableText } from './loggable.ts';

/** Longest path and detail that are kept, in characters: a log is for reading. */
const textLengthMaxChars = 500;
/** How many entries of the history a request is linked to: a PATCH of a group has one for each operation on members. */
const linkedEventsMax = 50;

/**
 * Writes a batch: the entries, their bodies, and the newest of each workspace as its last contact. Entries of a
 * workspace that has been erased meanwhile are dropped.
 */
export async function writeEntries(db: Queryable, batch: readonly LogEntry[]): Promise<void> {
  const contacts = rowArrays(contactColumns, lastContacts(batch), 1);
  const entries = rowArrays(entryColumns, batch, 1 + contacts.parameters.length);
  const parameters = [...contacts.parameters, ...entries.parameters];
  const bodies = rowArrays(bodyColumns, batch.filter(hasBody).map(bodyRow), 1 + parameters.length);
  const before = parameters.length + bodies.parameters.length;
  const notes = rowArrays(noteColumns, batch.flatMap(noteRows), 1 + before);
  const names = Object.keys(entryColumns);
  const values = names.map((name) =>
    name === 'event_ids' ? `NULLIF(x.event_ids, '{}')::uuid[]` : `x.${name}`,
  );
  await db.query(
    `WITH contact AS (
       UPDATE workspace w SET last_contact_at = x.at, last_contact_status = x.status
       FROM ${contacts.sql}
       WHERE w.id = x.workspace_id AND (w.last_contact_at IS NULL OR w.last_contact_at <= x.at)
     ), body AS (
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
    [...parameters, ...bodies.parameters, ...notes.parameters],
  );
}

/**
 * Deletes a bounded number of entries that are older than the given time, with their bodies. Several processes may do
 * it at once.
 *
 * @returns how many there were
 */
export async function deleteEntriesBefore(db: Queryable, time: Date, entriesMax: number): Promise<number> {
  const [row] = await db.query<{ count: number }[]>(
    `WITH old AS (
       SELECT workspace_id, id FROM provisioning_log WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
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
    [time, entriesMax],
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
  path: { type: 'text', of: ({ path }) => loggablePath(path).slice(0, textLengthMaxChars) },
  status: { type: 'integer', of: ({ status }) => status },
  scim_type: { type: 'text', of: ({ scimType }) => scimType },
  detail: { type: 'text', of: ({ detail }) => detail?.replaceAll('\0', '').slice(0, textLengthMaxChars) },
  resource_type: { type: 'text', of: ({ resourceType }) => resourceType },
  resource_id: { type: 'text', of: ({ resourceId }) => resourceId },
  user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  duration_ms: { type: 'integer', of: ({ durationMs }) => durationMs },
  found: { type: 'integer', of: ({ found }) => found },
  event_ids: { type: 'text[]', of: ({ eventIds }) => eventIds?.slice(-linkedEventsMax) },
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

interface NoteRow extends LoggedNotes {
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

const contactColumns: ArrayColumns<LogEntry> = {
  workspace_id: entryColumns.workspace_id!,
  at: entryColumns.at!,
  status: entryColumns.status!,
};

function hasBody({ body, answer }: LogEntry): boolean {
  return body !== undefined || answer !== undefined;
}

function bodyRow({ workspaceId, id, body, answer }: LogEntry): BodyRow {
  return { workspaceId, id, request: loggableText(body), answer: loggableText(answer) };
}

/** The newest entry of each workspace. */
function lastContacts(batch: readonly LogEntry[]): LogEntry[] {
  const newest = new Map<string, LogEntry>();
  for (const entry of batch) {
    const other = newest.get(entry.workspaceId);
    if (other === undefined || other.at <= entry.at) newest.set(entry.workspaceId, entry);
  }
  return [...newest.values()];
}
