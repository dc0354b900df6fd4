import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, actorOf, AuditService } from '../audit/audit.service.ts';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { dbOf } from '../database/db-of.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import { hours } from '../errors/duration.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../http/paging/page.ts';
import type { Session } from '../http/request/request-state.ts';
import { ProvisioningStops } from './provisioning-stops.ts';
import type { ListedSessionResponse } from './session-list.dto.ts';
import { endSessions, SessionEnds, takeLinksBack } from './session-rows.ts';

const forgetEveryMs = hours(1);

/** Who is signed in to a workspace, and the end of their sessions. */
@Injectable()
export class SessionListService implements OnModuleInit {
  private readonly ends: SessionEnds;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly stops: ProvisioningStops,
    { sessions }: Config,
    tasks: BackgroundTasks,
  ) {
    this.ends = new SessionEnds(sessions.idleMinutes);
    tasks.every({ name: 'Forgetting sessions and links', everyMs: forgetEveryMs, once: () => this.forget() });
  }

  onModuleInit(): void {
    this.stops.register(async (manager, workspaceId, stop) => {
      if (stop === 'suspended') await this.endWithin(manager, { workspaceId });
    });
  }

  /** The sessions of a workspace that are not over, the newest first. @throws BadInputError for a bad cursor */
  async list(
    workspaceId: string,
    { cursor, limit }: PageQuery,
    current: string | null,
  ): Promise<Page<ListedSessionResponse>> {
    const cursors = cursorsOf(this.seal, 'sessions', workspaceId);
    const before = parameter(decodeCursor(cursors, cursor));
    const { rows } = await dbOf(this.dataSource).run(sql<ListedRow>`
      SELECT s.id, s.email, s.created_at, s.last_used_at, s.expires_at, s.user_agent, s.address
      FROM admin_session s WHERE s.workspace_id = ${workspaceId} AND ${this.ends.isLive(this.clock.now())}
        AND (${before}::uuid IS NULL OR s.id < ${before})
      ORDER BY s.id DESC LIMIT ${limit + 1}`);
    return pageOf(
      cursors,
      rows.map((row) => toListed(row, current)),
      limit,
      ({ id }) => id,
    );
  }

  /** Ends one session. @throws NotFoundError */
  @InLane('access')
  async end(workspaceId: string, id: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [email] = await endSessions(dbOf(manager), { workspaceId, id });
      if (email === undefined) throw new NotFoundError('session');
      await this.audit.record(manager, { workspaceId, actor, action: 'session.revoked', target: email });
    });
  }

  /** Ends every session of the admin, this one too: they sign out everywhere. */
  @InLane('access')
  async endOwn({ workspaceId, email }: Session): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const ended = await this.endWithin(manager, { workspaceId, email });
      const entry = { workspaceId, actor: actorOf(email), target: email, details: { sessions: ended } };
      await this.audit.record(manager, { ...entry, action: 'sessions.revoked' });
    });
  }

  /**
   * Ends the sessions of one admin, or of all of a workspace, and takes their unused links back: somebody is no admin any
   * more.
   *
   * @param email whose; undefined: everybody's
   * @returns how many there were
   */
  @InLane('access')
  async endAll(workspaceId: string, email: string | undefined, actor: Actor): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const ended = await this.endWithin(manager, { workspaceId, email });
      await this.audit.record(manager, {
        workspaceId,
        actor,
        action: 'sessions.revoked',
        target: email ?? 'everybody',
        details: { sessions: ended },
      });
      return ended;
    });
  }

  /** The same in the transaction of what makes somebody no admin any more, which records why. */
  async endWithin(
    manager: EntityManager,
    choice: { workspaceId: string; email?: string | undefined },
  ): Promise<number> {
    const db = dbOf(manager);
    await takeLinksBack(db, choice);
    return (await endSessions(db, choice)).length;
  }

  /** Deletes sessions and links that are over: they are of no use, and name somebody. */
  async forget(): Promise<void> {
    const now = this.clock.now();
    const db = dbOf(this.dataSource);
    await db.run(sql`DELETE FROM admin_session s WHERE NOT ${this.ends.isLive(now)}`);
    await db.run(sql`DELETE FROM admin_link WHERE expires_at <= ${now}`);
  }
}

interface ListedRow {
  id: string;
  email: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date;
  user_agent: string | null;
  address: string | null;
}

function toListed(row: ListedRow, current: string | null): ListedSessionResponse {
  return {
    id: row.id,
    email: row.email,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: (row.last_used_at ?? row.created_at).toISOString(),
    expiresAt: row.expires_at.toISOString(),
    userAgent: row.user_agent,
    address: row.address,
    isCurrent: row.id === current,
  };
}
