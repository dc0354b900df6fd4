import type { Db } from '../database/db.ts';
import { parameter, sql } from '../database/sql.ts';
import type { SimulatedProvider, SimulationPhase } from './simulator-process.ts';

/** How long the process that runs a simulation may be silent before the simulation counts as cut off. */
const silenceMaxMs = 15_000;

export type SimulationState = 'running' | 'succeeded' | 'failed' | 'stopped';

/** The simulation that runs or ran last in a workspace. */
export interface Simulation {
  id: string;
  provider: SimulatedProvider;
  people: number;
  /** Days after the first that it plays. */
  day: number;
  state: SimulationState;
  phase: SimulationPhase | null;
  done: number;
  total: number;
  /** People and groups that were refused. */
  failures: number;
  error: string | null;
  tokenId: string;
  startedAt: Date;
  finishedAt: Date | null;
}

/** How a simulation ended. */
export interface SimulationEnd {
  state: Exclude<SimulationState, 'running'>;
  failures: number;
  error: string | null;
}

/** Reads it; one whose process has fallen silent is read as failed. */
export async function findSimulation(db: Db, workspaceId: string, now: Date): Promise<Simulation | null> {
  const {
    rows: [row],
  } = await db.run(sql<Simulation>`
       SELECT id, provider, people, day, phase, done, total, failures, error, token_id AS "tokenId",
       started_at AS "startedAt", finished_at AS "finishedAt",
       CASE WHEN state = 'running' AND heartbeat_at < ${new Date(now.getTime() - silenceMaxMs)} THEN 'failed'
         ELSE state END AS state
     FROM simulation WHERE workspace_id = ${workspaceId}`);
  return row ?? null;
}

/** Writes a simulation that begins, in the place of the one before. */
export async function beginSimulation(
  db: Db,
  workspaceId: string,
  begun: Pick<Simulation, 'id' | 'provider' | 'people' | 'day' | 'tokenId' | 'startedAt'>,
): Promise<void> {
  await db.run(sql`DELETE FROM simulation WHERE workspace_id = ${workspaceId}`);
  const startedAt = parameter(begun.startedAt);
  await db.run(sql`
     INSERT INTO simulation (workspace_id, id, provider, people, day, state, token_id, started_at, heartbeat_at)
     VALUES (${workspaceId}, ${begun.id}, ${begun.provider}, ${begun.people}, ${begun.day}, 'running',
       ${begun.tokenId}, ${startedAt}, ${startedAt})`);
}

/**
 * Says that it goes on and how far it is.
 *
 * @returns whether it shall go on: nobody asked for its end, and the workspace still is a sandbox
 */
export async function reportProgress(
  db: Db,
  workspaceId: string,
  id: string,
  progress: { phase: SimulationPhase | null; done: number; total: number },
  now: Date,
): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ goesOn: boolean }>`UPDATE simulation s SET phase = ${progress.phase}, done = ${progress.done},
       total = ${progress.total}, heartbeat_at = ${now}
     FROM workspace w
     WHERE s.workspace_id = ${workspaceId} AND s.id = ${id} AND w.id = s.workspace_id
     RETURNING w.sandbox AND NOT s.stop_requested AS "goesOn"`,
  );
  return rows[0]?.goesOn ?? false;
}

/** Asks whichever process runs it to end it. */
export async function requestStop(db: Db, workspaceId: string): Promise<void> {
  await db.run(
    sql`UPDATE simulation SET stop_requested = true WHERE workspace_id = ${workspaceId} AND state = 'running'`,
  );
}

/** Writes how it ended. */
export async function endSimulation(
  db: Db,
  workspaceId: string,
  id: string,
  { state, failures, error }: SimulationEnd,
  now: Date,
): Promise<void> {
  await db.run(sql`
     UPDATE simulation SET state = ${state}, failures = ${failures}, error = ${error}, finished_at = ${now}
     WHERE workspace_id = ${workspaceId} AND id = ${id}`);
}
