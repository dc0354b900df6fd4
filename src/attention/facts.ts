import type { StatementPool } from '../database/statement-pool.ts';
import { type Parameter, parameter, raw, type Sql, sql } from '../database/sql.ts';
import type { WorkspaceFacts } from './needs.ts';

/** What is known of a workspace, as the database answers it. */
export interface FactsRow
  extends Omit<WorkspaceFacts, 'held' | 'conflicts' | 'lastRun' | 'tokensUntil'>, LinkFacts, RunFacts {
  id: string;
  name: string;
  externalId: string | null;
  tokens: number;
  endlessTokens: number;
  tokensUntil: Date | null;
}

interface LinkFacts {
  held: number;
  heldSince: Date | null;
  conflicts: number;
  conflictsSince: Date | null;
}

interface RunFacts {
  runState: string | null;
  runCreatedAt: Date | null;
  runFinishedAt: Date | null;
}

const linkColumns = sql`count(*) FILTER (WHERE state = 'held')::integer AS held,
          min(updated_at) FILTER (WHERE state = 'held') AS "heldSince",
          count(*) FILTER (WHERE state = 'conflict')::integer AS conflicts,
          min(updated_at) FILTER (WHERE state = 'conflict') AS "conflictsSince"`;

const isOpenLink = sql`state <> 'linked' AND state IN ('held', 'conflict')`;

const runColumns = sql`state AS "runState", created_at AS "runCreatedAt", finished_at AS "runFinishedAt"`;

const isShownRun = sql`trigger IN ('manual', 'nightly')`;

/**
 * Reads what is known of workspaces, in the order of their making.
 *
 * @param which a condition for the workspace `w`
 */
export async function readFacts(
  db: StatementPool,
  which: Sql,
  now: Date,
  max: number,
): Promise<readonly FactsRow[]> {
  if (db.isDistributed) return readOfNodes(db, which, now, max);
  const { rows } = await db.run(
    factsOf(
      which,
      now,
      max,
      sql`, l.held, l."heldSince", l.conflicts, l."conflictsSince", r."runState", r."runCreatedAt", r."runFinishedAt"`,
      sql`LEFT JOIN LATERAL (
        SELECT ${linkColumns} FROM sync_link WHERE workspace_id = w.id AND ${isOpenLink}) l ON true
      LEFT JOIN LATERAL (
        SELECT ${runColumns} FROM sync_run
        WHERE workspace_id = w.id AND ${isShownRun} ORDER BY id DESC LIMIT 1) r ON true`,
    ),
  );
  return rows;
}

function factsOf(which: Sql, now: Date, max: number, columns: Sql, joined: Sql): Sql<FactsRow> {
  return sql<FactsRow>`
      SELECT w.id, w.name, w.external_id AS "externalId", w.entitled AND w.activated_at IS NOT NULL AS "isActive",
        w.activated_at AS "activatedAt", w.last_contact_at AS "lastContactAt",
        w.suspended_until AS "suspendedUntil",
        CASE WHEN w.automatic_sync = 'on' THEN w.next_sync_at END AS "nextSyncAt",
        t.tokens, t.endless AS "endlessTokens", t.until AS "tokensUntil"${columns}
      FROM workspace w
      ${joined}
      LEFT JOIN LATERAL (
        SELECT count(*)::integer AS tokens, count(*) FILTER (WHERE expires_at IS NULL)::integer AS endless,
          max(expires_at) AS until
        FROM api_token WHERE workspace_id = w.id AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > ${now})) t ON true
      WHERE ${which} ORDER BY w.id LIMIT ${max}`;
}

/** The same where links and runs lie on other nodes than tokens: three statements, each of one kind of tables. */
async function readOfNodes(
  db: StatementPool,
  which: Sql,
  now: Date,
  max: number,
): Promise<readonly FactsRow[]> {
  const { rows } = await db.run(factsOf(which, now, max, raw(''), raw('')));
  const ids = parameter(rows.map(({ id }) => id));
  const { rows: links } = await db.run(linksOf(ids));
  const { rows: runs } = await db.run(runsOf(ids));
  const linksById = new Map(links.map((row) => [row.id, row]));
  const runsById = new Map(runs.map((row) => [row.id, row]));
  return rows.map((row) => ({
    ...row,
    ...(linksById.get(row.id) ?? { held: 0, heldSince: null, conflicts: 0, conflictsSince: null }),
    ...(runsById.get(row.id) ?? { runState: null, runCreatedAt: null, runFinishedAt: null }),
  }));
}

function linksOf(ids: Parameter): Sql<LinkFacts & { id: string }> {
  return sql<LinkFacts & { id: string }>`SELECT workspace_id AS id, ${linkColumns} FROM sync_link
    WHERE workspace_id = ANY (${ids}::uuid[]) AND ${isOpenLink} GROUP BY workspace_id`;
}

function runsOf(ids: Parameter): Sql<RunFacts & { id: string }> {
  return sql<
    RunFacts & { id: string }
  >`SELECT DISTINCT ON (workspace_id) workspace_id AS id, ${runColumns} FROM sync_run
    WHERE workspace_id = ANY (${ids}::uuid[]) AND ${isShownRun} ORDER BY workspace_id, sync_run.id DESC`;
}
