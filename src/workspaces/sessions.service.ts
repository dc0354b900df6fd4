import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import type { Session } from '../http/request/request-state.ts';
import { isSameSecret } from '../http/request/same-secret.ts';
import { sessionTokenPrefix, wrongFormMessage } from '../http/request/token-kind.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { AdminLinksService } from './admin-links.service.ts';
import { hashOf, newSecret } from './secret-hash.ts';
import type { OpenedSessionResponse, SessionResponse } from './session.dto.ts';
import { suspensionAt } from './suspension.ts';
import { WorkspacesService } from './workspaces.service.ts';
import { InLane } from '../database/lanes/task.ts';
import { sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { hours } from '../errors/duration.ts';

const sessionLifetimeMs = hours(12);

export const sessionChallenge = 'Bearer realm="workspace admin"';

export type { Session } from '../http/request/request-state.ts';

/** Sessions of workspace admins; only the hash of a session token is stored. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly links: AdminLinksService,
    private readonly workspaces: WorkspacesService,
  ) {}

  /**
   * Exchanges the code of an admin link for a session of 12 hours.
   *
   * @throws UnauthenticatedError when the code is unknown, used or expired
   */
  @InLane('access')
  async open(code: string): Promise<OpenedSessionResponse> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + sessionLifetimeMs);
    const token = sessionTokenPrefix + newSecret();
    const { workspaceId } = await this.dataSource.transaction(async (manager) => {
      const link = await this.links.redeem(manager, code);
      if (link === null) {
        const wrongKind = wrongFormMessage(code, 'link-code', this.config.operatorToken);
        throw new UnauthenticatedError(wrongKind ?? linkNotValid, sessionChallenge);
      }
      await dbOf(manager).run(
        sql`DELETE FROM admin_session WHERE workspace_id = ${link.workspaceId} AND expires_at <= ${now}`,
      );
      await dbOf(manager)
        .run(sql`INSERT INTO admin_session (token_hash, workspace_id, email, created_at, expires_at)
         VALUES (${hashOf(token)}, ${link.workspaceId}, ${link.email}, ${now}, ${expiresAt})`);
      await this.audit.byAdmin(manager, link, 'session.opened');
      return link;
    });
    const { id, name } = await this.workspaces.get(workspaceId);
    return {
      token,
      expiresAt: expiresAt.toISOString(),
      csrfToken: csrfTokenOf(token),
      workspace: { id, name },
    };
  }

  /** The session of a token, or null when there is none or it is over. */
  @InLane('access')
  async find(token: string): Promise<Session | null> {
    const now = this.clock.now();
    const { rows } = await dbOf(this.dataSource)
      .run(sql<SessionRow>`SELECT s.workspace_id, s.email, s.expires_at, w.suspended_until
       FROM admin_session s JOIN workspace w ON w.id = s.workspace_id
       WHERE s.token_hash = ${hashOf(token)} AND s.expires_at > ${now}`);
    const [row] = rows;
    if (row === undefined) return null;
    const { workspace_id: workspaceId, email, expires_at: expiresAt } = row;
    return { workspaceId, email, expiresAt, suspendedUntil: suspensionAt(row.suspended_until, now) };
  }

  /** Who is signed in, as the API shows it. */
  @InLane('access')
  async describe(session: Session, token: string): Promise<SessionResponse> {
    const { id, name } = await this.workspaces.get(session.workspaceId);
    return {
      workspace: { id, name },
      email: session.email,
      expiresAt: session.expiresAt.toISOString(),
      csrfToken: csrfTokenOf(token),
    };
  }

  /** Signs out: the token is worth nothing from now on. */
  @InLane('access')
  async close(session: Session, token: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await dbOf(manager).run(
        sql`
             DELETE FROM admin_session WHERE workspace_id = ${session.workspaceId}
               AND token_hash = ${hashOf(token)}`,
      );
      await this.audit.byAdmin(manager, session, 'session.closed');
    });
  }
}

interface SessionRow {
  workspace_id: string;
  email: string;
  expires_at: Date;
  suspended_until: Date | null;
}

/**
 * The token that a write by cookie must bring along. It is derived from the session token, which another site cannot
 * read, so that nothing more is stored.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url');
}

/** Is this the CSRF token of that session token? */
export function isCsrfTokenOf(sessionToken: string, csrfToken: string): boolean {
  return isSameSecret(csrfTokenOf(sessionToken), csrfToken);
}

const linkNotValid =
  'This sign-in link is not valid any more: a link works once, within 10 minutes. Ask for a new one.';
