import type { DataSource } from 'typeorm';
import { isUuid } from '../database/uuid.ts';
import { parameter, raw, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { cutMark, redactedText } from '../provisioning-log/redact.ts';
import { own } from '../scim-core/resource.ts';
import { changesOfEvent } from '../scim/directory/event-changes.ts';
import type { LogRecord } from '../provisioning-log/provisioning-log.service.ts';

/** How many changes of one event are read for a sentence about it, and how many members of a group. */
const changesReadMax = 5;
const membersReadMax = 3;
/** Longest change that is read for a sentence, in characters of JSON: photographs are not worded. */
const changeLengthMaxChars = 2_000;
/** How many changes, and members joined or gone, are shown of one request. */
export const changesShownMax = 100;

/** A change of an attribute, or of a group's members: the first of those who joined or left, and how many they are. */
export interface ChangeFact {
  path: string;
  before?: unknown;
  after?: unknown;
  added?: string[];
  removed?: string[];
  addedCount?: number;
  removedCount?: number;
}

/** What an entry of the history says, as far as a sentence needs it. */
export interface EventFact {
  id: string;
  kind: 'created' | 'updated' | 'deleted' | 'restored';
  changes: ChangeFact[];
  changesCount: number;
}

type Named = Pick<LogRecord, 'resourceId' | 'eventIds'>;

/**
 * What the given requests left in the history, by the id of the event: one statement.
 *
 * @param wide read as much as is shown of one request, instead of as much as a sentence needs
 */
export async function readEvents(
  dataSource: DataSource,
  workspaceId: string,
  records: readonly Named[],
  wide = false,
): Promise<Map<string, EventFact>> {
  const asked = records.flatMap(({ resourceId, eventIds }) =>
    resourceId !== null && isUuid(resourceId) ? (eventIds ?? []).map((id) => ({ resourceId, id })) : [],
  );
  if (asked.length === 0) return new Map();
  const place = parameter(JSON.stringify({ last: (wide ? changesShownMax : membersReadMax) - 1 }));
  const { rows } = await dbOf(dataSource).run(sql<Omit<EventFact, 'changes'> & { changes: unknown }>`
       SELECT e.id, e.kind,
       CASE jsonb_typeof(e.changes) WHEN 'array' THEN jsonb_array_length(e.changes)
         ELSE 0 END AS "changesCount",
       CASE jsonb_typeof(e.changes) WHEN 'object' THEN CASE WHEN ${wide}::boolean THEN e.changes ELSE '[]' END
       ELSE coalesce((SELECT jsonb_agg(CASE
         WHEN c.change ? 'added' THEN jsonb_build_object('path', c.change->'path',
           'added', jsonb_path_query_array(c.change, '$.added[0 to $last]', ${place}),
           'removed', jsonb_path_query_array(c.change, '$.removed[0 to $last]', ${place}),
           'addedCount', jsonb_array_length(c.change->'added'),
           'removedCount', jsonb_array_length(c.change->'removed'))
         WHEN length(c.change::text) > ${changeLengthMaxChars}
           THEN jsonb_build_object('path', c.change->'path', 'before', '…', 'after', '…')
         ELSE c.change END ORDER BY c.at)
       FROM jsonb_array_elements(e.changes) WITH ORDINALITY AS c(change, at)
         WHERE c.at <= ${wide ? changesShownMax : changesReadMax}), '[]') END AS changes
     FROM unnest(${asked.map(({ resourceId }) => resourceId)}::uuid[], ${asked.map(({ id }) => id)}::uuid[])
       AS asked(resource_id, id)
     JOIN directory_event e ON e.workspace_id = ${workspaceId} AND e.resource_id = asked.resource_id
       AND e.id = asked.id`);
  return new Map(rows.map((row) => [row.id, { ...row, changes: redactedChanges(row.changes) }]));
}

/** What does not fit into the limit is left out: a mark is no change. */
function redactedChanges(stored: unknown): ChangeFact[] {
  const changes = changesOfEvent(stored).slice(0, changesShownMax);
  const kept = JSON.parse(redactedText(changes) ?? '[]') as unknown[];
  const isWhole = (change: unknown) =>
    typeof own(change, 'path') === 'string' && own(change, cutMark) === undefined;
  return kept.filter((change): change is ChangeFact => isWhole(change));
}

/** What a directory user `u` is called: as SCIM's attributes say, at last by the user name. */
export const nameOfUser =
  raw(`coalesce(nullif(u.resource->>'displayName', ''), nullif(u.resource->'name'->>'formatted', ''),
       nullif(concat_ws(' ', u.resource->'name'->>'givenName', u.resource->'name'->>'familyName'), ''), u.user_name)`);

/** What people and groups of the directory are called, also those who have been deleted; absent: nobody knows. */
export async function readNames(
  dataSource: DataSource,
  workspaceId: string,
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const asked = [...new Set(ids)].filter(isUuid);
  if (asked.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(dataSource).run(sql<{ id: string; name: string | null }>`
         SELECT asked.id, coalesce(${nameOfUser}, g.display_name, gone.name) AS name
     FROM unnest(${asked}::uuid[]) AS asked(id)
     LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = asked.id
     LEFT JOIN directory_group g ON g.workspace_id = ${workspace} AND g.id = asked.id
     LEFT JOIN LATERAL (
       SELECT e.changes->0->>'before' AS name FROM directory_event e
       WHERE u.id IS NULL AND g.id IS NULL
         AND e.workspace_id = ${workspace} AND e.resource_id = asked.id AND e.kind = 'deleted'
       ORDER BY e.id DESC LIMIT 1) gone ON true`);
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}
