import { type Sql, sql } from './sql.ts';

/** The tables of a stream of records that is numbered per workspace, and that has an order over all workspaces, too. */
export interface PublishedStream {
  /** Of each workspace: the `sequence` of its newest record, and up to where its records are `published`. */
  head: Sql;
  /** One row: the newest `position`. */
  publication: Sql;
  /** What stands at each position: records of one workspace, from a sequence to another. */
  published: Sql;
}

/** Further columns of a row of `published`, each with its value. */
export interface FurtherColumns {
  names: Sql;
  values: Sql;
}

const none: FurtherColumns = { names: sql``, values: sql`` };

/**
 * Gives committed records their place in the order over all workspaces. Publishers take turns: the one that moves the
 * position holds its row until the commit, so that a reader who has passed a position never finds anything new before it.
 *
 * A workspace whose records are being appended or published at this moment is left out; it comes next time. So nothing
 * waits for a long transaction, neither of the same workspace nor of another.
 *
 * @param workspacesMax how many workspaces it publishes; the rest come with the next statement
 * @param further of `published`, beginning with a comma each
 * @returns a statement that touches one row for each workspace that had something new; RETURNING may follow
 */
export function publishPositions(
  { head, publication, published }: PublishedStream,
  workspacesMax: number,
  { names, values }: FurtherColumns = none,
): Sql {
  return sql`WITH due AS MATERIALIZED (
      SELECT workspace_id, sequence, published, row_number() OVER () AS ordinal FROM (
        SELECT workspace_id, sequence, published FROM ${head} WHERE sequence > published
        LIMIT ${workspacesMax} FOR NO KEY UPDATE SKIP LOCKED) taken
    ), place AS (
      UPDATE ${publication} SET position = position + (SELECT count(*) FROM due) WHERE EXISTS (SELECT FROM due)
      RETURNING position - (SELECT count(*) FROM due) AS before
    ), placed AS (
      INSERT INTO ${published} (position, workspace_id, first_sequence, last_sequence${names})
      SELECT place.before + due.ordinal, due.workspace_id, due.published + 1, due.sequence${values} FROM place, due
    )
    UPDATE ${head} h SET published = due.sequence FROM due, place WHERE h.workspace_id = due.workspace_id`;
}
