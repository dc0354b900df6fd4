import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';

/** Workspaces that one statement publishes; the rest come with the next. */
export const publishedAtOnceMax = 500;

/** The channel on which processes tell each other that something was published. */
export const publishedChannel = 'events_published';

/**
 * Gives committed events their place in the feed over all workspaces. Publishers take turns: the one that moves the position
 * holds its row until the commit, so that a reader who has passed a position never finds anything new before it.
 *
 * A workspace whose events are being appended or published at this moment is left out; it comes next time. So nothing
 * waits for a long transaction, neither of the same workspace nor of another.
 *
 * @param now the time from the injected clock
 * @param by the process that publishes, which the others are told
 * @returns how many workspaces had something new
 */
export async function publish(db: Db, now: Date, by: string): Promise<number> {
  const { count } = await db.run(
    sql`WITH due AS MATERIALIZED (
       SELECT workspace_id, sequence, published, row_number() OVER () AS ordinal FROM (
         SELECT workspace_id, sequence, published FROM event_head WHERE sequence > published
         LIMIT ${publishedAtOnceMax} FOR NO KEY UPDATE SKIP LOCKED) taken
     ), place AS (
       UPDATE publication SET position = position + (SELECT count(*) FROM due) WHERE EXISTS (SELECT FROM due)
       RETURNING position - (SELECT count(*) FROM due) AS before
     ), placed AS (
       INSERT INTO published_event (position, workspace_id, first_sequence, last_sequence, at)
       SELECT place.before + due.ordinal, due.workspace_id, due.published + 1, due.sequence, ${now} FROM place, due
     )
     UPDATE event_head h SET published = due.sequence FROM due, place WHERE h.workspace_id = due.workspace_id
     RETURNING pg_notify(${publishedChannel}, ${by})`.prepared(),
  );
  return count;
}

/** What was published at one position. */
export interface PublishedRange {
  position: string;
  workspaceId: string;
  firstSequence: string;
  lastSequence: string;
  at: Date;
}

/** What was published after a position, in order. */
export async function readPublished(db: Db, after: bigint, limit: number): Promise<PublishedRange[]> {
  const { rows } = await db.run(
    sql<PublishedRange>`SELECT position, workspace_id AS "workspaceId", first_sequence AS "firstSequence",
       last_sequence AS "lastSequence", at
     FROM published_event WHERE position > ${after} ORDER BY position LIMIT ${limit}`.prepared(),
  );
  return rows;
}

/** The newest position, and the newest that is no longer kept. */
export async function readPublication(db: Db): Promise<{ position: bigint; forgotten: bigint }> {
  const { rows } = await db.run(
    sql<{ position: string; forgotten: string }>`SELECT position, forgotten FROM publication`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The feed has no position: the database is not migrated');
  return { position: BigInt(row.position), forgotten: BigInt(row.forgotten) };
}
