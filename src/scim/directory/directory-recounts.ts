import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { type Parameter, parameter, raw, sql } from '../../database/sql.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { hours, minutes, seconds } from '../../errors/duration.ts';
import { allOf, countDifference, type Counted, countedTables } from './directory-counts.ts';

/** How often a process looks whether directories that were asked for are to be counted. */
const lookEveryMs = seconds(1);
/** How long a count is relied on. */
export const recountAfterMs = hours(24);
/** The first one may have been made while the release before this one still deleted without counting. */
export const firstRecountAfterMs = hours(1);
/** Nobody else counts a directory for so long, unless the count is written. */
export const claimMs = minutes(10);
/** Workspaces that wait to be counted; beyond that, they wait until somebody asks again. */
const waitingMax = 10_000;
/** How many rows of an earlier release are taken over in one statement. */
const takenAtOnce = 1_000;

/** How many users and groups more than before. */
interface Correction {
  users: number;
  groups: number;
}

/**
 * Counts directories that somebody asks for: the first time, so that their totals are known from then on, and once a day,
 * so that what an earlier release deleted without a word does not stay in them. Nobody waits for it: until a directory has
 * been counted, a list counts for itself. What nobody asks for is not counted.
 */
@Injectable()
export class DirectoryRecounts {
  private readonly logger = new Logger(DirectoryRecounts.name);
  private readonly turns: WorkspaceTurns;
  private readonly waiting = new Set<string>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(this.logger, clock, 'The directory of a workspace was not counted');
    tasks.every({
      name: 'Counting directories',
      everyMs: lookEveryMs,
      once: (signal) => this.countDue(signal),
    });
  }

  /**
   * Somebody asked how many there are.
   *
   * @param recountAt when they are to be counted again; null when they never were
   */
  asked(workspaceId: string, recountAt: Date | null): void {
    if (recountAt !== null && recountAt > this.clock.now()) return;
    if (this.waiting.size < waitingMax) this.waiting.add(workspaceId);
  }

  /** Counts what was asked for and is due, one workspace after another. */
  async countDue(signal?: AbortSignal): Promise<void> {
    if (this.waiting.size === 0) return;
    const pausing = new Set(this.turns.pausing());
    for (const workspaceId of [...this.waiting]) {
      if (signal?.aborted) return;
      this.waiting.delete(workspaceId);
      if (pausing.has(workspaceId)) continue;
      await this.turns.take(workspaceId, () => this.count(workspaceId));
    }
  }

  private async count(workspaceId: string): Promise<void> {
    const workspace = parameter(workspaceId);
    const now = this.clock.now();
    if (!(await this.claim(workspace, now))) return;
    const db = dbOf(this.dataSource);
    for (const counted of ['users', 'groups'] as const)
      while ((await takeOver(db, counted, workspace)) === takenAtOnce) continue;
    const correction = await writeCount(db, workspace, now);
    if (correction !== null && (correction.users !== 0 || correction.groups !== 0))
      this.logger.log({ workspace: workspaceId, ...correction }, 'The count of a directory was put right');
  }

  /**
   * Makes sure that one counts at a time. The lock keeps a workspace that is being erased from leaving a count behind.
   *
   * @returns whether this process is to count
   */
  private claim(workspace: Parameter, now: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const { count: present } = await db.run(
        sql`SELECT FROM workspace WHERE id = ${workspace} AND moved_at IS NULL FOR KEY SHARE`,
      );
      if (present === 0) return false;
      const { count } = await db.run(sql`
        INSERT INTO directory_count (workspace_id, slot, recount_at)
        VALUES (${workspace}, 0, ${new Date(now.getTime() + claimMs)})
        ON CONFLICT (workspace_id, slot) DO UPDATE SET recount_at = excluded.recount_at
        WHERE directory_count.recount_at <= ${now}`);
      return count > 0;
    });
  }
}

/**
 * Takes over some of what an earlier release has created: counts it as this one does. Who is just being written stays for
 * the next time, and counts meanwhile: to wait for one row would keep those waiting who want the others.
 *
 * @returns how many
 */
async function takeOver(db: Db, counted: Counted, workspace: Parameter): Promise<number> {
  const table = raw(countedTables[counted]);
  const { rows } = await db.run(sql<{ taken: number }>`WITH taken AS (
      UPDATE ${table} SET counted = true WHERE workspace_id = ${workspace} AND NOT counted AND id IN (
        SELECT id FROM ${table} WHERE workspace_id = ${workspace} AND NOT counted ORDER BY id LIMIT ${takenAtOnce}
        FOR UPDATE SKIP LOCKED)
      RETURNING true
    ), counts AS (
      ${countDifference(counted, workspace, allOf('taken'))}
    )
    SELECT count(*)::integer AS taken FROM taken`);
  return rows[0]?.taken ?? 0;
}

/**
 * Writes how many more there are than the statements have counted. All of it is read in one snapshot.
 *
 * @returns by how much that changed; null when it was not known before
 */
async function writeCount(db: Db, workspace: Parameter, now: Date): Promise<Correction | null> {
  const missing = (counted: Counted) => {
    const table = raw(countedTables[counted]);
    return sql`(SELECT count(*) FROM ${table} WHERE workspace_id = ${workspace})
      - (SELECT count(*) FROM ${table} WHERE workspace_id = ${workspace} AND NOT counted)
      - (SELECT coalesce(sum(${raw(counted)}), 0) FROM directory_count WHERE workspace_id = ${workspace} AND slot > 0)`;
  };
  const { rows } = await db.run(sql<Correction | { users: null; groups: null }>`WITH before AS MATERIALIZED (
      SELECT users, groups FROM directory_count WHERE workspace_id = ${workspace} AND slot = 0
    ), found AS MATERIALIZED (
      SELECT ${missing('users')} AS users, ${missing('groups')} AS groups
    ), written AS (
      UPDATE directory_count c SET users = found.users, groups = found.groups,
        recount_at = CASE WHEN before.users IS NULL THEN ${new Date(now.getTime() + firstRecountAfterMs)}::timestamptz
          ELSE ${new Date(now.getTime() + recountAfterMs)}::timestamptz END
      FROM found, before WHERE c.workspace_id = ${workspace} AND c.slot = 0
    )
    SELECT (found.users - before.users)::integer AS users, (found.groups - before.groups)::integer AS groups
    FROM found, before`);
  const [row] = rows;
  return row === undefined || row.users === null ? null : row;
}
