import type { Db } from './db.ts';
import { parameter, type Sql, sql } from './sql.ts';

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

interface DueHead {
  workspace_id: string;
  sequence: string;
  published: string;
}

/**
 * The workspaces that have something new, where each has its head on a node of its own. What it says may have changed by the
 * time they are published.
 */
export async function workspacesToPublish(
  db: Db,
  { head }: PublishedStream,
  workspacesMax: number,
): Promise<string[]> {
  const { rows } = await db.run(
    sql<
      Pick<DueHead, 'workspace_id'>
    >`SELECT workspace_id FROM ${head} WHERE sequence > published LIMIT ${workspacesMax}`,
  );
  return rows.map(({ workspace_id: id }) => id);
}

/** Locks the head of a workspace that has something new, and notes that all of it is published. Nobody, if others have locked it. */
async function take(db: Db, head: Sql, id: string): Promise<DueHead | undefined> {
  const workspace = parameter(id);
  const { rows } = await db.run(
    sql<DueHead>`UPDATE ${head} h SET published = due.sequence
      FROM (SELECT workspace_id, sequence, published FROM ${head}
        WHERE workspace_id = ${workspace} AND sequence > published FOR NO KEY UPDATE SKIP LOCKED) due
      WHERE h.workspace_id = ${workspace} AND due.workspace_id = h.workspace_id
      RETURNING due.workspace_id, due.sequence, due.published`.onOneNode(id, {
      workspace_id: 'uuid',
      sequence: 'bigint',
      published: 'bigint',
    }),
  );
  return rows[0];
}

async function isBehind(db: Db, head: Sql, id: string): Promise<boolean> {
  const { rows } = await db.run(
    sql<{
      is: boolean;
    }>`SELECT true AS is FROM ${head} WHERE workspace_id = ${id} AND sequence > published`.onOneNode(id, {
      is: 'boolean',
    }),
  );
  return rows.length > 0;
}

/**
 * {@link publishPositions} for workspaces whose heads lie on several nodes, which no one statement can lock: one statement
 * each. It locks the same rows in the same order.
 *
 * @param db a transaction
 * @param workspaceIds of these; others have to wait as long as they are locked, so not too many
 * @returns those that are locked by others: they may have something new that was not published
 */
export async function publishOnNodes(
  db: Db,
  { head, publication, published }: PublishedStream,
  workspaceIds: readonly string[],
  { names, values }: FurtherColumns = none,
): Promise<{ published: string[]; locked: string[] }> {
  const due: DueHead[] = [];
  const locked: string[] = [];
  for (const id of workspaceIds) {
    const taken = await take(db, head, id);
    if (taken !== undefined) due.push(taken);
    else if (await isBehind(db, head, id)) locked.push(id);
  }
  if (due.length === 0) return { published: [], locked };
  const given = sql`unnest(${due.map((row) => row.workspace_id)}::uuid[], ${due.map((row) => row.published)}::bigint[],
    ${due.map(({ sequence }) => sequence)}::bigint[]) WITH ORDINALITY AS due (workspace_id, published, sequence, ordinal)`;
  const count = parameter(due.length);
  await db.run(sql`WITH place AS (
      UPDATE ${publication} SET position = position + ${count}::integer RETURNING position - ${count}::integer AS before
    )
    INSERT INTO ${published} (position, workspace_id, first_sequence, last_sequence${names})
    SELECT place.before + due.ordinal, due.workspace_id, due.published + 1, due.sequence${values} FROM place, ${given}`);
  return { published: due.map(({ workspace_id: id }) => id), locked };
}
