import type { DataSource } from 'typeorm';
import { rowsWithin } from '../database/rows-within.ts';
import { parameter, raw, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { pageSizeMaxBytes } from '../scim-core/limits.ts';
import { type RegroupedPerson, shownPeopleMax } from '../sync/record/group-changes.ts';
import { timelineEntriesMax, type TimelineEntry } from './timeline.ts';
import { tokensOfEntries } from './tokens-of-entries.ts';

/** The history of a group that is read for its timeline at most, as stored: an entry may name everybody of a large group. */
const readMaxBytes = 32 * 1024 * 1024;

/** The members of a group before and after, as far as they are shown, and how many there are. */
interface MembersChange {
  field: 'members';
  before: string[];
  after: string[];
  joined: number;
  left: number;
}

/** A change of an attribute, or of members by what the identity provider calls them. */
type StoredChange =
  | { path: string; before: unknown; after: unknown }
  | { path: 'members'; joined: number; left: number; added: string[]; removed: string[] };

interface StoredEntry {
  at: Date;
  id: string;
  by: 'identity_provider' | 'sync';
  kind: string;
  changes: StoredChange[] | null;
  name: string | null;
  name_before: string | null;
  joined_count: number;
  left_count: number;
  people: RegroupedPerson[];
  run_id: string | null;
}

const firstOf = (list: string) => `jsonb_path_query_array(${list}, '$[0 to ${shownPeopleMax - 1}]')`;

/** What the identity provider said of members, cut to those who are shown: as values, or as members of a new group. */
const cutChanges = raw(`(
  SELECT jsonb_agg(CASE
    WHEN c.change ->> 'path' <> 'members' THEN c.change
    WHEN c.change ? 'added' THEN jsonb_build_object('path', 'members',
      'joined', jsonb_array_length(c.change -> 'added'), 'left', jsonb_array_length(c.change -> 'removed'),
      'added', ${firstOf(`c.change -> 'added'`)}, 'removed', ${firstOf(`c.change -> 'removed'`)})
    WHEN jsonb_typeof(c.change -> 'after') = 'array' THEN jsonb_build_object('path', 'members',
      'joined', jsonb_array_length(c.change -> 'after'), 'left', 0, 'removed', '[]'::jsonb,
      'added', jsonb_path_query_array(c.change, '$.after[0 to ${shownPeopleMax - 1}].value'))
    ELSE c.change END)
  FROM jsonb_array_elements(CASE WHEN jsonb_typeof(e.changes) = 'array' THEN e.changes ELSE '[]' END) AS c(change))`);

/** Everything that is known of a group's history, oldest first: what the identity provider sent, and what runs did. */
export async function groupTimelineOf(
  dataSource: DataSource,
  workspaceId: string,
  groupId: string,
): Promise<TimelineEntry[]> {
  const workspace = parameter(workspaceId);
  const group = parameter(groupId);
  const { rows: entries } = await dbOf(dataSource).run(sql<StoredEntry>`WITH newest AS MATERIALIZED (
       SELECT e.at, e.id, e.kind, e.changes, coalesce(pg_column_size(e.changes), 0) AS bytes
         FROM directory_event e
       WHERE e.workspace_id = ${workspace} AND e.resource_id = ${group} AND e.resource_type = 'Group'
       ORDER BY e.id DESC LIMIT ${timelineEntriesMax}
     ), event AS (${rowsWithin('newest', 'bytes', readMaxBytes)}), entry AS (
       SELECT e.at, e.id, 'identity_provider' AS by, e.kind, ${cutChanges} AS changes, NULL AS name,
         NULL AS name_before,
         0 AS joined_count, 0 AS left_count, '[]'::jsonb AS people, NULL::uuid AS run_id
       FROM event e
       UNION ALL
       SELECT at, run_id, 'sync', CASE WHEN state = 'made' THEN kind ELSE kind || '_' || state END, NULL, name,
         name_before, joined_count, left_count, people, run_id
       FROM sync_group_change WHERE workspace_id = ${workspace} AND group_id = ${group}
     )
     SELECT * FROM (SELECT * FROM entry ORDER BY at DESC, id DESC LIMIT ${timelineEntriesMax}) shown
       ORDER BY at, id`);
  const names = await namesOf(dataSource, workspaceId, entries);
  const came = entries.filter(({ by }) => by === 'identity_provider');
  const tokens = await tokensOfEntries(
    dataSource,
    workspaceId,
    came.map(({ id }) => ({ id, resourceId: groupId })),
  );
  return withinBytes(
    entries.map((entry) => ({ ...toEntry(entry, names), token: tokens.get(entry.id) ?? null })),
  );
}

function toEntry(entry: StoredEntry, names: ReadonlyMap<string, string>): Omit<TimelineEntry, 'token'> {
  const { at, by, kind, run_id: runId } = entry;
  const changes =
    by === 'sync' ? changesOfRun(entry) : (entry.changes ?? []).map((change) => named(change, names));
  return { at, by, kind, changes, reason: null, runId, actor: null, notes: [] };
}

function changesOfRun({ kind, name, name_before, joined_count, left_count, people }: StoredEntry) {
  const nameAfter = kind.startsWith('delete') ? null : name;
  const whoDid = (joined: boolean) =>
    people.filter((person) => person.joined === joined).map((person) => person.name);
  const members: MembersChange = {
    field: 'members',
    before: whoDid(false),
    after: whoDid(true),
    joined: joined_count,
    left: left_count,
  };
  return [
    ...(nameAfter === name_before ? [] : [{ field: 'name', before: name_before, after: nameAfter }]),
    ...(joined_count + left_count === 0 ? [] : [members]),
  ];
}

function named(change: StoredChange, names: ReadonlyMap<string, string>): StoredChange | MembersChange {
  if (!('added' in change)) return change;
  const { joined, left, added, removed } = change;
  const nameOf = (value: string) => names.get(value) ?? value;
  return { field: 'members', before: removed.map(nameOf), after: added.map(nameOf), joined, left };
}

/** The names of the people that the identity provider named by their ids. */
async function namesOf(
  dataSource: DataSource,
  workspaceId: string,
  entries: readonly StoredEntry[],
): Promise<Map<string, string>> {
  const values = entries.flatMap(({ changes }) =>
    (changes ?? []).flatMap((change) => ('added' in change ? [...change.added, ...change.removed] : [])),
  );
  if (values.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(dataSource).run(sql<{ value: string; name: string }>`
     SELECT v.value, coalesce(u.name, nullif(l.name, '')) AS name FROM unnest(${[...new Set(values)]}::text[])
       AS v(value)
     LEFT JOIN LATERAL (
       SELECT coalesce(resource ->> 'displayName', user_name) AS name FROM directory_user
       WHERE workspace_id = ${workspace} AND id = scim_uuid(v.value) OFFSET 0) u ON true
     LEFT JOIN LATERAL (
       SELECT name FROM sync_link WHERE workspace_id = ${workspace}
         AND directory_user_id = scim_uuid(v.value) OFFSET 0) l ON true
     WHERE coalesce(u.name, nullif(l.name, '')) IS NOT NULL`);
  return new Map(rows.map(({ value, name }) => [value, name]));
}

/** The newest entries that fit into an answer; one in any case. */
function withinBytes(entries: readonly TimelineEntry[]): TimelineEntry[] {
  let bytes = 0;
  const from = entries.findLastIndex((entry) => (bytes += JSON.stringify(entry).length) > pageSizeMaxBytes);
  return entries.slice(Math.min(from + 1, Math.max(0, entries.length - 1)));
}
