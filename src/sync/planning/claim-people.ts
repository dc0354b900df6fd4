import type { Db } from '../../database/db.ts';
import { rowsWithin } from '../../database/rows-within.ts';
import { nothing, type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { isAutomatic, type LaneReason } from './lane-work.ts';

/** A queue entry that a batch has taken, with the version it will delete. */
export interface QueueEntry {
  directoryUserId: string;
  version: string;
  reason: string;
  /** When it became due; of leavers and returners alone. */
  dueAt?: Date;
  /** About how much JSON the directory has of the person. */
  sizeBytes: number;
}

/** Before every id: unlike `id IS NULL OR …`, a comparison with it is the beginning of an index scan in any plan. */
export const firstId = sql`'00000000-0000-0000-0000-000000000000'::uuid`;

/** The columns of an entry. A compressed resource has to be read to know its length; of all others the length is stored. */
const entryColumns = (workspaceId: Parameter) => sql`
  q.directory_user_id AS "directoryUserId", q.version, q.reason, coalesce((
    SELECT CASE WHEN pg_column_compression(s.resource) IS NULL THEN pg_column_size(s.resource)
      ELSE octet_length(s.resource::text) END
    FROM directory_user s WHERE s.workspace_id = ${workspaceId}
      AND s.id = q.directory_user_id), 0) AS "sizeBytes"`;

type TakenEntry = Omit<QueueEntry, 'dueAt'>;

const takenTypes = {
  directoryUserId: 'uuid',
  version: 'uuid',
  reason: 'text',
  sizeBytes: 'integer',
} as const satisfies Record<keyof TakenEntry, string>;

/** The first entries of a statement that together stay within a size, but at least one. */
function entriesWithin(select: Sql, sizeMaxBytes: number): Sql<TakenEntry> {
  return sql`WITH entry AS MATERIALIZED (${select}) ${rowsWithin('entry', '"sizeBytes"', sizeMaxBytes)}`;
}

/**
 * The next people who are due, in the order of their ids, without locks: for the preview, which writes nothing.
 *
 * @param among a statement for the ids of those who are looked at alone; null: everybody
 */
export async function readQueue(
  db: Db,
  workspaceId: string,
  after: string | null,
  now: Date,
  most: { people: number; bytes: number },
  among: Sql<{ id: string }> | null = null,
): Promise<QueueEntry[]> {
  const workspace = parameter(workspaceId);
  const select = sql`SELECT ${entryColumns(workspace)} FROM sync_queue q
       WHERE q.workspace_id = ${workspace} AND q.due_at <= ${now}
         AND q.directory_user_id > coalesce(${after}::uuid, ${firstId})
         ${among === null ? nothing : sql`AND q.directory_user_id IN (${among})`}
       ORDER BY q.directory_user_id LIMIT ${most.people}`;
  const { rows } = await db.run(entriesWithin(select, most.bytes));
  return rows;
}

/**
 * A run, as far as it says who its people are.
 *
 * @property dueBy when it was asked for; people who are due later wait for the next run
 * @property ofChosen it is about chosen people alone
 */
export interface RunPeople {
  workspaceId: string;
  runId: string;
  dueBy: Date;
  ofChosen: boolean;
}

/** Where the people of a run are read from: the queue, or of it those who were chosen. */
function queueOf(workspaceId: Parameter, { runId, ofChosen }: RunPeople): Sql {
  if (!ofChosen) return sql`sync_queue q`;
  return sql`(SELECT directory_user_id AS id FROM sync_run_person
    WHERE workspace_id = ${workspaceId} AND run_id = ${runId} OFFSET 0) chosen
    JOIN sync_queue q ON q.directory_user_id = chosen.id`;
}

/**
 * The people of a run: due when it was asked for, not changed, regrouped or deleted by the identity provider since, and
 * not handled by this run yet. When somebody was deleted, only their history says when.
 */
function isOfRun(workspaceId: Parameter, { runId, dueBy }: RunPeople): Sql {
  const askedAt = parameter(dueBy);
  return sql`q.due_at <= ${askedAt} AND coalesce(q.regrouped_at <= ${askedAt}, true)
       AND (SELECT c.id FROM sync_change c WHERE c.workspace_id = ${workspaceId} AND c.run_id = ${runId}
         AND c.directory_user_id = q.directory_user_id) IS NULL
       AND coalesce(
         (SELECT u.modified_at <= ${askedAt} FROM directory_user u
          WHERE u.workspace_id = ${workspaceId} AND u.id = q.directory_user_id),
         (SELECT e.at <= ${askedAt} FROM directory_event e
          WHERE e.workspace_id = ${workspaceId} AND e.resource_id = q.directory_user_id
          ORDER BY e.id DESC LIMIT 1),
         true)`;
}

/**
 * Takes the next people of a run, locked until its transaction ends. People locked by another lane are skipped. People
 * that this run has handled already are left to the next run, and so are people that the identity provider has changed
 * since the run was asked for: the run does what was shown then.
 *
 * @param claim `except`: people to skip
 */
export async function claimForRun(
  db: Db,
  run: RunPeople,
  claim: {
    after: string | null;
    limit: number;
    except: readonly string[];
    bytesMax: number;
  },
): Promise<QueueEntry[]> {
  const workspace = parameter(run.workspaceId);
  const select = sql`SELECT ${entryColumns(workspace)} FROM ${queueOf(workspace, run)}
       WHERE q.workspace_id = ${workspace} AND q.directory_user_id > coalesce(${claim.after}::uuid, ${firstId})
         AND ${isOfRun(workspace, run)} AND q.directory_user_id <> ALL (${claim.except}::uuid[])
       ORDER BY q.directory_user_id LIMIT ${claim.limit} FOR UPDATE OF q SKIP LOCKED`;
  const { rows } = await db.run(entriesWithin(select, claim.bytesMax).onOneNode(run.workspaceId, takenTypes));
  return rows;
}

/**
 * Whether people of the run are still queued. Asked when nobody could be claimed: another lane then holds those who are
 * left, and may leave them to the run.
 *
 * @param except people to skip
 */
export async function isAnybodyLeft(db: Db, run: RunPeople, except: readonly string[]): Promise<boolean> {
  const workspace = parameter(run.workspaceId);
  const { rows } = await db.run(
    sql<{ left: boolean }>`SELECT EXISTS (SELECT 1 FROM ${queueOf(workspace, run)}
       WHERE q.workspace_id = ${workspace} AND ${isOfRun(workspace, run)}
         AND q.directory_user_id <> ALL (${except}::uuid[])) AS left`.onOneNode(run.workspaceId, {
      left: 'boolean',
    }),
  );
  return rows[0]?.left ?? false;
}

/** Takes those of these people who are queued, of the run, and not locked. */
export async function claimPeople(db: Db, run: RunPeople, ids: readonly string[]): Promise<QueueEntry[]> {
  const workspace = parameter(run.workspaceId);
  const { rows } = await db.run(
    sql<QueueEntry>`SELECT ${entryColumns(workspace)} FROM ${queueOf(workspace, run)}
     WHERE q.workspace_id = ${workspace} AND q.directory_user_id = ANY (${ids}::uuid[])
       AND ${isOfRun(workspace, run)}
     ORDER BY q.directory_user_id FOR UPDATE OF q SKIP LOCKED`,
  );
  return rows;
}

/**
 * Takes the next people who wait for the lane for this reason, locked until the transaction ends. Takes nobody if
 * automatic synchronization is off.
 */
export async function claimForLane(
  db: Db,
  workspaceId: string,
  reason: LaneReason,
  now: Date,
  limit: number,
): Promise<QueueEntry[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<QueueEntry>`SELECT ${entryColumns(workspace)}, q.due_at AS "dueAt" FROM sync_queue q
     WHERE q.workspace_id = ${workspace} AND q.reason = ${raw(`'${reason}'`)} AND q.due_at <= ${now}
       AND EXISTS (SELECT 1 FROM workspace w WHERE w.id = ${workspace} AND ${isAutomatic})
     ORDER BY q.due_at, q.directory_user_id LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
  );
  return rows;
}
