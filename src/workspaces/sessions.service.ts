import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { newId } from '../database/ids.ts';
import type { Session } from '../http/request/request-state.ts';
import { LastUses } from '../http/request/last-uses.ts';
import { sessionTokenPrefix, wrongFormMessage } from '../http/request/token-kind.ts';
import { ConflictError, NotFoundError, UnauthenticatedError } from '../errors/domain-errors.ts';
import { MovedError } from '../errors/moved-error.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { AdminLinksService, type InvitedAdmin } from './admin-links.service.ts';
import { csrfTokenOf } from './csrf-token.ts';
import type { AdminRole } from '../http/request/admin-roles.ts';
import { EmbeddingService } from './embedding/embedding.service.ts';
import { IdentityService } from './identity/identity.service.ts';
import { hashOf, newSecret } from './secret-hash.ts';
import type { OpenedSessionResponse, SessionResponse } from './session.dto.ts';
import { screenLanguageOf } from './screen-wishes.ts';
import { endSessions, SessionEnds } from './session-rows.ts';
import { suspensionAt } from './suspension.ts';
import { WorkspaceIds } from './workspace-ids.service.ts';
import { WorkspacesService } from './workspaces.service.ts';
import { InLane } from '../database/lanes/task.ts';
import { sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { hours } from '../errors/duration.ts';

export const sessionChallenge = 'Bearer realm="workspace admin"';

/** Longest user agent that is kept of a session, in characters. */
const userAgentLengthMaxChars = 200;

export type { Session } from '../http/request/request-state.ts';

/** Who opens a session. */
export interface SessionOpener {
  userAgent: string | null;
  address: string;
  /** The live session that the browser has, which the new one replaces. */
  current: Session | null;
  /** Whether it may be that of somebody else. */
  mayReplace: boolean;
}

/** Sessions of workspace admins; only the hash of a session token is stored. */
@Injectable()
export class SessionsService implements BeforeApplicationShutdown {
  private readonly uses: LastUses;
  private readonly ends: SessionEnds;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly links: AdminLinksService,
    private readonly identity: IdentityService,
    private readonly ids: WorkspaceIds,
    private readonly workspaces: WorkspacesService,
    private readonly embedding: EmbeddingService,
    faults: PassingFaultLog,
  ) {
    this.ends = new SessionEnds(config.sessions.idleMinutes);
    this.uses = new LastUses('a session', faults, new Logger(SessionsService.name));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.uses.settled();
  }

  /**
   * Exchanges the code of an admin link for a session, which replaces the one that the browser has.
   *
   * @throws UnauthenticatedError when the code is unknown, used or expired
   * @throws ConflictError `other-session` when the browser has a session of somebody else, or of another workspace, and
   * that was not to be replaced; the code still works
   */
  @InLane('access')
  open(code: string, opener: SessionOpener): Promise<OpenedSessionResponse> {
    return this.openFor(opener, async (manager) => {
      const link = await this.links.redeem(manager, code);
      if (link !== null) return link;
      const wrongKind = wrongFormMessage(code, 'link-code', this.config.operatorTokens);
      throw new UnauthenticatedError(wrongKind ?? linkNotValid, sessionChallenge);
    });
  }

  /**
   * Exchanges an assertion of the vendor's own sign-in for a session, which replaces the one that the browser has.
   *
   * @throws UnauthenticatedError when it is not believed, was used before, or names no workspace
   * @throws UnavailableError while the keys to check it with cannot be had
   * @throws ConflictError `other-session` as {@link open}; the assertion still works
   */
  @InLane('access')
  async openByAssertion(assertion: string, opener: SessionOpener): Promise<OpenedSessionResponse> {
    const checked = await this.identity.check(assertion, sessionChallenge);
    const { email, name, role, locale } = checked;
    const wishes = {
      name,
      locale: locale === null ? null : screenLanguageOf(locale),
      colorScheme: null,
      returnUrl: null,
    };
    const [workspaceId = null] = await this.ids.idsOf([checked.workspace]);
    if (workspaceId === null)
      throw new UnauthenticatedError('This sign-in assertion names no workspace.', sessionChallenge);
    return this.openFor(opener, async (manager) => {
      await this.identity.spend(manager, checked, sessionChallenge);
      return { workspaceId, email, role, ...wishes };
    });
  }

  /** @param admit says in the transaction who is let in; what it uses up stays unused when the session is not opened */
  private async openFor(
    opener: SessionOpener,
    admit: (manager: EntityManager) => Promise<InvitedAdmin>,
  ): Promise<OpenedSessionResponse> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + hours(this.config.sessions.hours));
    const token = sessionTokenPrefix + newSecret();
    const { current, userAgent, address } = opener;
    const { workspace, wishes } = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const admin = await admit(manager);
      const { id, name } = await namedWorkspace(db, admin.workspaceId);
      if (current !== null && !opener.mayReplace && !isSameAdmin(current, admin)) {
        throw await otherSession(db, current, { workspace: name, email: admin.email });
      }
      if (current !== null) {
        await endSessions(db, { workspaceId: current.workspaceId, id: current.id });
        await this.audit.byAdmin(manager, current, 'session.closed');
      }
      await db.run(sql`
        DELETE FROM admin_session s WHERE s.workspace_id = ${admin.workspaceId} AND NOT ${this.ends.isLive(now)}`);
      await db.run(sql`
        INSERT INTO admin_session
          (token_hash, workspace_id, email, created_at, expires_at, id, last_used_at, user_agent, address, role,
            name, return_url)
        VALUES (${hashOf(token)}, ${admin.workspaceId}, ${admin.email}, ${now}, ${expiresAt}, ${newId()}, ${now},
          ${userAgent?.slice(0, userAgentLengthMaxChars) ?? null}, ${address}, ${admin.role}, ${admin.name},
          ${admin.returnUrl})`);
      await this.audit.byAdmin(manager, admin, 'session.opened', undefined, { role: admin.role });
      const { locale, colorScheme } = admin;
      return { workspace: { id, name }, wishes: { locale, colorScheme } };
    });
    const csrfToken = csrfTokenOf(token);
    return { token, expiresAt: expiresAt.toISOString(), csrfToken, workspace, ...wishes };
  }

  /**
   * The session of a token, or null when there is none or it is over.
   *
   * @param isUse whether somebody uses it by that, so that it does not end
   * @throws MovedError when its workspace was moved away
   */
  @InLane('access')
  async find(token: string, isUse = true): Promise<Session | null> {
    const now = this.clock.now();
    const { rows } = await dbOf(this.dataSource).run(sql<SessionRow>`
      SELECT s.id, s.workspace_id, s.email, s.name, s.role, s.expires_at, s.last_used_at, s.return_url, w.suspended_until,
        w.moved_at, w.moved_to
      FROM admin_session s JOIN workspace w ON w.id = s.workspace_id
      WHERE s.token_hash = ${hashOf(token)} AND ${this.ends.isLive(now)}`);
    const [row] = rows;
    if (row === undefined) return null;
    if (row.moved_at !== null) throw new MovedError(row.moved_to);
    const { id, workspace_id: workspaceId, email, name, role, expires_at: expiresAt } = row;
    if (isUse) this.noteUse(row, now);
    return {
      id,
      workspaceId,
      email,
      name,
      role,
      expiresAt,
      returnUrl: row.return_url,
      suspendedUntil: suspensionAt(row.suspended_until, now),
    };
  }

  /** The ids of those of these sessions that are not over. */
  @InLane('access')
  async liveOnes(sessions: readonly Pick<Session, 'workspaceId' | 'id'>[]): Promise<Set<string>> {
    const { rows } = await dbOf(this.dataSource).run(sql<{ id: string }>`
      SELECT s.id FROM admin_session s
      JOIN unnest(${sessions.map(({ workspaceId }) => workspaceId)}::uuid[], ${sessions.map(({ id }) => id)}::uuid[])
        AS x (workspace_id, id) ON s.workspace_id = x.workspace_id AND s.id = x.id
      WHERE ${this.ends.isLive(this.clock.now())}`);
    return new Set(rows.map(({ id }) => id));
  }

  /** Who is signed in, as the API shows it. */
  @InLane('access')
  async describe(session: Session, token: string): Promise<SessionResponse> {
    const { id, name } = await this.workspaces.get(session.workspaceId);
    return {
      workspace: { id, name },
      email: session.email,
      name: session.name,
      role: session.role,
      returnUrl: await this.embedding.stillReturnUrl(session.returnUrl),
      expiresAt: session.expiresAt.toISOString(),
      csrfToken: csrfTokenOf(token),
    };
  }

  /** Signs out: the token is worth nothing from now on. */
  @InLane('access')
  async close(session: Session): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await endSessions(dbOf(manager), { workspaceId: session.workspaceId, id: session.id });
      await this.audit.byAdmin(manager, session, 'session.closed');
    });
  }

  private noteUse({ id, workspace_id: workspaceId, last_used_at: lastUsedAt }: SessionRow, now: Date): void {
    this.uses.note({ lastUsedAt }, now, { sessionId: id }, () =>
      dbOf(this.dataSource).run(sql`
        UPDATE admin_session SET last_used_at = ${now} WHERE workspace_id = ${workspaceId} AND id = ${id}
          AND (last_used_at IS NULL OR last_used_at < ${now})`),
    );
  }
}

/**
 * Read in the transaction: sign-ins that each waited for a second connection would wait for each other. The lock keeps the
 * workspace from being erased while a session of its own is opened.
 */
async function namedWorkspace(db: Db, workspaceId: string): Promise<{ id: string; name: string }> {
  const { rows } = await db.run(
    sql<{ id: string; name: string }>`SELECT id, name FROM workspace WHERE id = ${workspaceId} FOR KEY SHARE`,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('workspace');
  return row;
}

async function otherSession(
  db: Db,
  { workspaceId, email }: Session,
  next: { workspace: string; email: string },
): Promise<ConflictError> {
  const { name } = await namedWorkspace(db, workspaceId);
  const message =
    `This browser is signed in as ${email} in ${name}. ` +
    'Send "replace": true to end that session and sign in by this link.';
  return new ConflictError('other-session', message, { current: { workspace: name, email }, next });
}

function isSameAdmin(session: Session, link: { workspaceId: string; email: string }): boolean {
  const isSamePerson = session.email.toLowerCase() === link.email.toLowerCase();
  return isSamePerson && session.workspaceId === link.workspaceId;
}

interface SessionRow {
  id: string;
  workspace_id: string;
  email: string;
  name: string | null;
  role: AdminRole;
  expires_at: Date;
  return_url: string | null;
  last_used_at: Date | null;
  suspended_until: Date | null;
  moved_at: Date | null;
  moved_to: string | null;
}

const linkNotValid =
  'This sign-in link is not valid any more: a link works once, within 10 minutes. Ask for a new one.';
