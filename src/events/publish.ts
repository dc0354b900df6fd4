import type { Db } from '../database/db.ts';
import {
  publishOnNodes,
  type PublishedStream,
  publishPositions,
  workspacesToPublish,
} from '../database/publish-positions.ts';
import { parameter, sql } from '../database/sql.ts';

/** Workspaces that one statement publishes; the rest come with the next. */
export const publishedAtOnceMax = 500;

/** The channel on which processes tell each other that something was published. */
export const publishedChannel = 'events_published';

const events: PublishedStream = {
  head: sql`event_head`,
  publication: sql`publication`,
  published: sql`published_event`,
};

/** A position in the feed over all workspaces, and the workspace whose events stand there. */
export interface Published {
  position: string;
  workspaceId: string;
}

/**
 * Gives committed events their place in the feed over all workspaces, see `publishPositions`, and tells the other processes.
 *
 * @param now the time from the injected clock
 * @param by the process that publishes, which the others are told
 * @returns a position for each workspace that had something new, in no order
 */
export async function publish(db: Db, now: Date, by: string): Promise<Published[]> {
  const published = publishPositions(events, publishedAtOnceMax, { names: sql`, at`, values: sql`, ${now}` });
  const { rows } = await db.run(
    sql<Published>`${published} RETURNING place.before + due.ordinal AS position, due.workspace_id AS "workspaceId",
       pg_notify(${publishedChannel}, ${by})`.prepared(),
  );
  return rows;
}

/** Workspaces that one transaction publishes whose heads lie on several nodes. */
export const publishedOnNodesMax = 20;

/**
 * {@link publish} in a database that is distributed by workspace, for some workspaces.
 *
 * @param db a transaction
 * @returns those of them that others were writing: they may have something new
 */
export async function publishDistributed(
  db: Db,
  now: Date,
  by: string,
  workspaceIds: readonly string[],
): Promise<string[]> {
  const further = { names: sql`, at`, values: sql`, ${now}::timestamptz` };
  const { published, locked } = await publishOnNodes(db, events, workspaceIds, further);
  if (published.length > 0) await db.run(sql`SELECT pg_notify(${publishedChannel}, ${by})`);
  return locked;
}

/** The workspaces with events that have no place in the feed, in a database that is distributed by workspace: some of them. */
export function unpublished(db: Db): Promise<string[]> {
  return workspacesToPublish(db, events, publishedAtOnceMax);
}

/** What was published at one position. */
export interface PublishedRange extends Published {
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

/** What stands after a place in the feed over all workspaces, and what tells whether the place is one of its history. */
export interface FeedPositions {
  newest: bigint;
  /** The newest position that is no longer kept. */
  forgotten: bigint;
  /** When the position of the place was published; null when it is not kept. */
  placeAt: Date | null;
  positions: PublishedRange[];
}

/** Where positions are read, and how many. */
export interface PositionsQuery {
  /** All positions up to this one have been read; null: up to the newest that is no longer kept. */
  after: bigint | null;
  /** Of the next position, everything up to this sequence has been read; 0 for nothing. */
  sequence: bigint;
  /** The workspaces whose events count; null: all. */
  visible: readonly string[] | null;
  /** Positions are read until they hold so many events … */
  eventsMax: number;
  /** … or there are so many of them. */
  positionsMax: number;
}

/** Reads positions in order, by one statement. */
export async function readPositions(
  db: Db,
  { after, sequence, visible, eventsMax, positionsMax }: PositionsQuery,
): Promise<FeedPositions> {
  const place = parameter(after);
  const seen = parameter(visible === null ? null : [...visible]);
  const { rows } = await db.run(
    sql<BoundedRow>`SELECT b.newest, b.forgotten, p.position, p.workspace_id AS "workspaceId",
       p.first_sequence AS "firstSequence", p.last_sequence AS "lastSequence", p.at,
       (SELECT at FROM published_event WHERE position = ${place}::bigint) AS "placeAt"
     FROM (SELECT position AS newest, forgotten, coalesce(${place}::bigint, forgotten) AS after FROM publication) b
     LEFT JOIN LATERAL (
       SELECT * FROM (
         SELECT *, sum(CASE WHEN ${seen}::uuid[] IS NULL OR workspace_id = ANY (${seen}::uuid[])
           THEN last_sequence - greatest(first_sequence - 1, CASE position WHEN b.after + 1 THEN ${sequence} ELSE 0 END)
           ELSE 0 END) OVER (ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
         FROM (SELECT * FROM published_event WHERE position > b.after ORDER BY position LIMIT ${positionsMax}) next) summed
       WHERE coalesce(before, 0) < ${eventsMax}) p ON true
     ORDER BY p.position`.prepared(),
  );
  const [first] = rows;
  if (first === undefined) throw new Error('The feed has no position: the database is not migrated');
  return {
    newest: BigInt(first.newest),
    forgotten: BigInt(first.forgotten),
    placeAt: first.placeAt,
    positions: rows.filter(hasPosition),
  };
}

interface BoundedRow extends Nullable<PublishedRange> {
  newest: string;
  forgotten: string;
  placeAt: Date | null;
}

type Nullable<T> = { [Name in keyof T]: T[Name] | null };

function hasPosition(row: BoundedRow): row is BoundedRow & PublishedRange {
  return row.position !== null;
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

/** The newest position, and when it was published; null when it is not kept. */
export async function readNewestPosition(db: Db): Promise<{ position: bigint; at: Date | null }> {
  const { rows } = await db.run(
    sql<{ position: string; at: Date | null }>`SELECT p.position, e.at FROM publication p
     LEFT JOIN published_event e ON e.position = p.position`.prepared(),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The feed has no position: the database is not migrated');
  return { position: BigInt(row.position), at: row.at };
}
