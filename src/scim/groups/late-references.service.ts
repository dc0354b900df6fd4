import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { parameter, raw, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import { isDistributed } from '../../database/distributed.ts';
import { queueArrived } from '../../sync-queue/queue-regrouped.ts';
import { userMeantBy } from '../directory/directory-sql.ts';
import { receiveAwaited } from '../users/write-users.ts';

/** How often a process looks for references that were left unresolved. */
const lookIntervalMs = 60_000;

/**
 * Resolves members where group and user were written in the same instant, so that neither statement saw the other.
 * Users who arrive later are resolved at once by the request that creates them, unless the process ends in the middle
 * of it.
 */
@Injectable()
export class LateReferencesService {
  private readonly logger = new Logger(LateReferencesService.name);
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(
      this.logger,
      clock,
      'The late references of a workspace were not resolved',
    );
    tasks.every({
      name: 'Resolving late references',
      everyMs: lookIntervalMs,
      once: (signal) => this.resolve(signal),
    });
  }

  /**
   * Turns pending references into memberships if their user has arrived, one workspace after another.
   * @returns the number of groups that changed
   */
  async resolve(signal?: AbortSignal): Promise<number> {
    const { rows: waiting } = await dbOf(this.dataSource).run(sql<{ workspace_id: string }>`WITH late AS (
         SELECT m.workspace_id
         FROM directory_group_member m,
           LATERAL (${userMeantBy('n.id', raw('m.value'), raw('m.workspace_id'))}) u
         WHERE m.user_id IS NULL AND m.type IS DISTINCT FROM 'Group'
           AND m.workspace_id <> ALL (${this.turns.pausing()}::uuid[])
       )
       SELECT DISTINCT workspace_id FROM late`);
    let groups = 0;
    for (const { workspace_id: workspaceId } of waiting) {
      if (signal?.aborted) break;
      await this.turns.take(workspaceId, async () => {
        groups += await this.resolveIn(workspaceId);
      });
    }
    return groups;
  }

  private async resolveIn(workspaceId: string): Promise<number> {
    if (await isDistributed(this.dataSource)) return this.resolveOneByOne(workspaceId);
    const workspace = parameter(workspaceId);
    const now = parameter(this.clock.now());
    const { rows } = await dbOf(this.dataSource).run(sql<{ groups: number }>`WITH late AS (
         SELECT m.group_id, m.value, m.type, m.display, u.id
         FROM directory_group_member m, LATERAL (${userMeantBy('n.id', raw('m.value'), workspace)}) u
         WHERE m.workspace_id = ${workspace} AND m.user_id IS NULL AND m.type IS DISTINCT FROM 'Group'
       ), target AS (
         SELECT g.id FROM directory_group g
         WHERE g.workspace_id = ${workspace} AND g.id IN (SELECT group_id FROM late)
         ORDER BY g.id FOR NO KEY UPDATE
       ), waiting AS (
         DELETE FROM directory_group_member m USING late l, target t
         WHERE m.workspace_id = ${workspace} AND m.group_id = t.id
           AND (m.group_id, m.value) = (l.group_id, l.value) AND m.user_id IS NULL
         RETURNING l.group_id, l.id, l.type, l.display
       ), arrived AS (
         INSERT INTO directory_group_member (workspace_id, group_id, value, user_id, type, display)
         SELECT DISTINCT ON (w.group_id, w.id) ${workspace}, w.group_id, w.id::text, w.id, w.type, w.display
         FROM waiting w
         ON CONFLICT DO NOTHING RETURNING group_id, user_id
       ), resolved AS (
         UPDATE directory_group g SET version = g.version + 1, modified_at = ${now}
         WHERE g.workspace_id = ${workspace} AND g.id IN (SELECT group_id FROM waiting)
         RETURNING g.id
       ), queued AS (
         ${queueArrived(workspace, 'arrived', now)}
       )
       SELECT count(*)::int AS groups FROM resolved`);
    const [row] = rows;
    return row?.groups ?? 0;
  }

  /**
   * The same where rows lie on several nodes: Citus cannot pass on what the parts of the one statement read of each other. What
   * the request of a user does that did not see the reference is done now.
   */
  private async resolveOneByOne(workspaceId: string): Promise<number> {
    const db = dbOf(this.dataSource);
    const workspace = parameter(workspaceId);
    const { rows: users } = await db.run(sql<{ id: string }>`SELECT DISTINCT u.id
       FROM directory_group_member m, LATERAL (${userMeantBy('n.id', raw('m.value'), workspace)}) u
       WHERE m.workspace_id = ${workspace} AND m.user_id IS NULL AND m.type IS DISTINCT FROM 'Group'`);
    const groups = new Set<string>();
    for (const { id } of users)
      for (const { value } of await receiveAwaited(db, workspaceId, id, this.clock.now())) groups.add(value);
    return groups.size;
  }
}
