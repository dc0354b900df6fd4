import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { minutes } from '../../errors/duration.ts';
import { EventPublisher } from '../../events/event-publisher.ts';
import { NotificationSender } from '../deliveries/notification-sender.service.ts';
import { lookAt, type LookState } from './look-at.ts';

/** How often a process looks for workspaces whose time has come, beside those in which something happens. */
const lookIntervalMs = 1_000;

/** How soon after one look news has the next one follow. */
const pokedEveryMs = 250;

/**
 * How often it compares what leaves no event with the last look: contacts, new tokens, and events that it did not hear of.
 */
const sweepIntervalMs = minutes(1);

/** Workspaces that one sweep takes; the rest come with the next. */
export const lookedAtOnceMax = 500;

/**
 * Finds what admins want to be told of, beside the runs and requests that cause it and never in their way. A workspace in
 * which nothing happens is not looked at before its next time comes, and one that nobody wants to hear of never. May run in
 * several processes: a look holds the state of its workspace, and the others leave that one out.
 */
@Injectable()
export class NotificationLooks {
  private readonly task: BackgroundTask;
  private readonly turns: WorkspaceTurns;
  private news = new Set<string>();
  private sweptAtMs = -Infinity;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly sender: NotificationSender,
    publisher: EventPublisher,
    tasks: BackgroundTasks,
  ) {
    const logger = new Logger(NotificationLooks.name);
    this.turns = new WorkspaceTurns(
      logger,
      clock,
      'What to tell the admins of a workspace was not looked for',
    );
    this.task = tasks.every({
      name: 'Looking for what admins want to be told of',
      everyMs: lookIntervalMs,
      pokedEveryMs,
      atStart: true,
      once: (signal) => this.look(signal),
    });
    publisher.listen((workspaceIds) => {
      for (const id of workspaceIds) this.news.add(id);
      this.task.poke();
    });
  }

  /** Looks at once at every workspace in which anything happened, whether or not it was heard of. */
  sweep(): void {
    this.sweptAtMs = -Infinity;
    this.task.poke();
  }

  private async look(signal: AbortSignal): Promise<void> {
    const news = [...this.news];
    this.news = new Set();
    const ids = new Set([...(await this.wanted(news)), ...(await this.due())]);
    const pausing = new Set(this.turns.pausing());
    for (const id of ids) {
      if (signal.aborted) return;
      if (!pausing.has(id)) await this.turns.take(id, () => this.lookAt(id));
    }
  }

  /** Of those in which something happened, the workspaces that somebody wants to hear of. */
  private async wanted(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.db.run(
      sql<{ id: string }>`SELECT workspace_id AS id FROM notification_state
       WHERE workspace_id = ANY (${ids}::uuid[]) AND next_look_at IS NOT NULL`.prepared(),
    );
    return rows.map(({ id }) => id);
  }

  private async due(): Promise<string[]> {
    const isSweep = performance.now() - this.sweptAtMs >= sweepIntervalMs;
    if (isSweep) this.sweptAtMs = performance.now();
    const now = this.clock.now();
    const { rows } = await this.db.run(
      isSweep
        ? sql<{ id: string }>`SELECT s.workspace_id AS id FROM notification_state s
           JOIN workspace w ON w.id = s.workspace_id LEFT JOIN event_head h ON h.workspace_id = s.workspace_id
           WHERE s.next_look_at IS NOT NULL AND (s.next_look_at <= ${now} OR h.sequence > s.seen_sequence
             OR w.last_contact_at IS DISTINCT FROM s.seen_contact_at
             OR EXISTS (SELECT FROM api_token t WHERE t.workspace_id = s.workspace_id AND t.created_at >= s.looked_at))
           ORDER BY s.next_look_at LIMIT ${lookedAtOnceMax}`
        : sql<{ id: string }>`SELECT workspace_id AS id FROM notification_state WHERE next_look_at <= ${now}
           ORDER BY next_look_at LIMIT ${lookedAtOnceMax}`.prepared(),
    );
    return rows.map(({ id }) => id);
  }

  private async lookAt(workspaceId: string): Promise<void> {
    const now = this.clock.now();
    const made = await this.dataSource.transaction(async (manager) => {
      const { rows } = await dbOf(manager).run(
        sql<LookState>`SELECT next_digest_at AS "nextDigestAt", seen_contact_at AS "seenContactAt",
           silent_at AS "silentAt", silence_is_known AS "silenceIsKnown"
         FROM notification_state WHERE workspace_id = ${workspaceId} AND next_look_at IS NOT NULL
         FOR NO KEY UPDATE SKIP LOCKED`.prepared(),
      );
      const [state] = rows;
      if (state === undefined) return 0;
      return lookAt(manager, this.audit, workspaceId, state, { now, isAnnouncing: true });
    });
    if (made > 0) this.sender.poke();
  }
}
