import type { Queryable } from '../../database/queryable.ts';
import { rowsWithin } from '../../database/rows-within.ts';
import { isAutomatic, type LaneReason } from './lane-work.ts';

/** A queue entry that a batch has taken, with the version it will delete. */
export interface QueueEntry {
  directoryUserId: string;
  version: string;
  reason: string;
  /** About how much JSON the directory has of the person. */
  sizeBytes: number;
}

/** Before every id: unlike `$1 IS NULL OR …`, a comparison with it is the beginning of an index scan in any plan. */
export const firstId = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** A compressed resource has to be read to know its length; of all others the length is stored. */
const sizeBytes = `coalesce((
  SELECT CASE WHEN pg_column_compression(s.resource) IS NULL THEN pg_column_size(s.resource)
    ELSE octet_length(s.resource::text) END
  FROM directory_user s WHERE s.workspace_id = $1 AND s.id = q.directory_user_id), 0)`;

const entryColumns = `q.directory_user_id AS "directoryUserId", q.version, q.reason, ${sizeBytes} AS "sizeBytes"`;

/** The first entries of a statement that together stay within a size, but at least one. */
function entriesWithin(select: string, sizeMaxBytes: number): string {
  return `WITH entry AS MATERIALIZED (${select}) ${rowsWithin('entry', '"sizeBytes"', sizeMaxBytes)}`;
}

/** The next people who are due, in the order of their ids, without locks: for the preview, which writes nothing. */
export async function readQueue(
  db: Queryable,
  workspaceId: string,
  after: string | null,
  now: Date,
  most: { people: number; bytes: number },
): Promise<QueueEntry[]> {
  return db.query<QueueEntry[]>(
    entriesWithin(
      `SELECT ${entryColumns} FROM sync_queue q
       WHERE q.workspace_id = $1 AND q.due_at <= $2 AND q.directory_user_id > coalesce($3::uuid, ${firstId})
       ORDER BY q.directory_user_id LIMIT $4`,
      most.bytes,
    ),
    [workspaceId, now, after, most.people],
  );
}

/**
 * The people of run `$2`, which was asked for at `$3`: due by then, not changed, regrouped or deleted by the identity
 * provider since, and not handled by this run yet. When somebody was deleted, only their history says when.
 */
const isOfRun = `q.due_at <= $3 AND coalesce(q.regrouped_at <= $3, true)
       AND (SELECT c.id FROM sync_change c WHERE c.workspace_id = $1 AND c.run_id = $2
         AND c.directory_user_id = q.directory_user_id) IS NULL
       AND coalesce(
         (SELECT u.modified_at <= $3 FROM directory_user u WHERE u.workspace_id = $1 AND u.id = q.directory_user_id),
         (SELECT e.at <= $3 FROM directory_event e WHERE e.workspace_id = $1 AND e.resource_id = q.directory_user_id
          ORDER BY e.id DESC LIMIT 1),
         true)`;

/**
 * Takes the next people of a run, locked until its transaction ends. People locked by another lane are skipped. People
 * that this run has handled already are left to the next run, and so are people that the identity provider has changed
 * since the run was asked for: the run does what was shown then.
 *
 * @param claim `dueBy`: when the run was asked for; people who are due later wait for the next run. `except`: people to
 *   skip
 */
export async function claimForRun(
  db: Queryable,
  workspaceId: string,
  runId: string,
  claim: {
    after: string | null;
    dueBy: Date;
    limit: number;
    except: readonly string[];
    bytesMax: number;
  },
): Promise<QueueEntry[]> {
  return db.query<QueueEntry[]>(
    entriesWithin(
      `SELECT ${entryColumns} FROM sync_queue q
       WHERE q.workspace_id = $1 AND q.directory_user_id > coalesce($4::uuid, ${firstId}) AND ${isOfRun}
         AND q.directory_user_id <> ALL ($6::uuid[])
       ORDER BY q.directory_user_id LIMIT $5 FOR UPDATE OF q SKIP LOCKED`,
      claim.bytesMax,
    ),
    [workspaceId, runId, claim.dueBy, claim.after, claim.limit, claim.except],
  );
}

/**
 * Whether people of the run are still queued. Asked when nobody could be claimed: another lane then holds those who are
 * left, and may leave them to the run. The parameters are those of `claimForRun`.
 */
export async function isAnybodyLeft(
  db: Queryable,
  workspaceId: string,
  runId: string,
  { dueBy, except }: { dueBy: Date; except: readonly string[] },
): Promise<boolean> {
  const [row] = await db.query<{ left: boolean }[]>(
    `SELECT EXISTS (SELECT 1 FROM sync_queue q
       WHERE q.workspace_id = $1 AND ${isOfRun} AND q.directory_user_id <> ALL ($4::uuid[])) AS left`,
    [workspaceId, runId, dueBy, except],
  );
  return row?.left ?? false;
}

/** Takes those of these people who are queued and not locked. The parameters are those of `claimForRun`. */
export async function claimPeople(
  db: Queryable,
  workspaceId: string,
  runId: string,
  ids: readonly string[],
  dueBy: Date,
): Promise<QueueEntry[]> {
  return db.query<QueueEntry[]>(
    `SELECT ${entryColumns} FROM sync_queue q
     WHERE q.workspace_id = $1 AND q.directory_user_id = ANY ($4::uuid[]) AND ${isOfRun}
     ORDER BY q.directory_user_id FOR UPDATE OF q SKIP LOCKED`,
    [workspaceId, runId, dueBy, ids],
  );
}

/**
 * Takes the next people who wait for the lane for this reason, locked until the transaction ends. Takes nobody if
 * automatic synchronization is off.
 */
export async function claimForLane(
  db: Queryable,
  workspaceId: string,
  reason: LaneReason,
  now: Date,
  limit: number,
): Promise<QueueEntry[]> {
  return db.query<QueueEntry[]>(
    `SELECT ${entryColumns} FROM sync_queue q
     WHERE q.workspace_id = $1 AND q.reason = '${reason}' AND q.due_at <= $2
       AND EXISTS (SELECT 1 FROM workspace w WHERE w.id = $1 AND ${isAutomatic})
     ORDER BY q.due_at, q.directory_user_id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [workspaceId, now, limit],
  );
}
