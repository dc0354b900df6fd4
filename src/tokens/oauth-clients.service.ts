import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { actorOf, AuditService } from '../audit/audit.service.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { newId } from '../database/ids.ts';
import { parameter, sql } from '../database/sql.ts';
import { ConflictError, NotFoundError } from '../errors/domain-errors.ts';
import { hours } from '../errors/duration.ts';
import { cursorsOf, decodeCursor, pageOf, type PageQuery } from '../http/paging/page.ts';
import { Precondition } from '../http/request/precondition.ts';
import { clientSecretPrefix } from '../http/request/token-kind.ts';
import { createSecret, hashSecret, randomLengthBytes, shownPartsOf } from '../http/request/token-secret.ts';
import type { Session } from '../workspaces/session.guard.ts';
import { causeOfActor } from '../workspaces/workspace-events.ts';
import { WorkspacesService } from '../workspaces/workspaces.service.ts';
import { stateWithoutUses } from '../http/request/rotated-secret.ts';
import { type OAuthClientRow, selectClients, toClient } from './oauth-client.ts';
import type {
  CreateOAuthClientDto,
  IssuedOAuthClientResponse,
  OAuthClientPageResponse,
  OAuthClientResponse,
} from './oauth-clients.dto.ts';
import { TokenCache } from './token-cache.ts';
import { appendTokenEvents } from './token-events.ts';
import type { RotateTokenDto } from './tokens.dto.ts';

/** OAuth clients of one workspace that are not revoked. */
export const oauthClientsMax = 5;
/** Secrets of a client that work at the same time: the newest, and the one before for its overlap. */
export const clientSecretsMax = 2;

/** What workspace admins do with OAuth clients. Only the SHA-256 of a secret is stored. */
@Injectable()
export class OAuthClientsService {
  private readonly tokenUrl: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
    private readonly cache: TokenCache,
    { publicUrl }: Config,
  ) {
    this.tokenUrl = `${publicUrl}/oauth/token`;
  }

  /** The workspace's clients, newest first, revoked ones too, without their secrets. @throws BadInputError */
  async list(workspaceId: string, { cursor, limit }: PageQuery): Promise<OAuthClientPageResponse> {
    const cursors = cursorsOf(this.seal, 'oauth-clients', workspaceId);
    const before = parameter(decodeCursor(cursors, cursor));
    const { rows } = await dbOf(this.dataSource)
      .run(sql<OAuthClientRow>`${selectClients(parameter(workspaceId))}
      AND t.access_token_minutes IS NOT NULL
        AND (${before}::uuid IS NULL OR t.id < ${before}) ORDER BY t.id DESC LIMIT ${limit + 1}`);
    const page = pageOf(
      cursors,
      rows.map((row) => this.shown(row)),
      limit,
      ({ id }) => id,
    );
    return { ...page, clientsMax: oauthClientsMax };
  }

  /** One of them. @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<OAuthClientResponse> {
    return this.shown(await find(dbOf(this.dataSource), workspaceId, id));
  }

  /**
   * Makes a client. Its secret is in the answer and nowhere else.
   *
   * @throws ConflictError `not-active` without active provisioning, `too-many-clients` when there are enough
   */
  create(
    admin: Session,
    { name, accessTokenMinutes }: CreateOAuthClientDto,
  ): Promise<IssuedOAuthClientResponse> {
    const { workspaceId, email } = admin;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      await this.workspaces.lockActive(manager, workspaceId);
      await requireRoom(db, workspaceId);
      const id = newId();
      const secret = await this.addSecret(db, workspaceId, id);
      const { prefix, lastFour } = shownPartsOf(secret);
      await db.run(sql`
        INSERT INTO api_token
          (workspace_id, id, name, prefix, last_four, created_by, created_at, access_token_minutes)
        VALUES (${workspaceId}, ${id}, ${name}, ${prefix}, ${lastFour}, ${email}, ${this.clock.now()},
          ${accessTokenMinutes})`);
      await this.audit.byAdmin(manager, admin, 'oauth-client.created', id, { name, accessTokenMinutes });
      return { ...this.shown(await find(db, workspaceId, id)), secret };
    });
  }

  /**
   * Gives a client a new secret. The one before keeps working for the overlap, so that the identity provider can be changed
   * over without a gap; older ones end now. Access tokens go on until they expire.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `not-active`, `client-not-live` for a revoked one
   */
  rotate(
    admin: Session,
    id: string,
    { overlapHours }: RotateTokenDto,
    precondition: Precondition,
  ): Promise<IssuedOAuthClientResponse> {
    const { workspaceId } = admin;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      await this.workspaces.lockActive(manager, workspaceId);
      const before = this.shown(await find(db, workspaceId, id));
      precondition.check(stateWithoutUses(before));
      if (before.state !== 'active')
        throw new ConflictError('client-not-live', 'This OAuth client is revoked. Make a new one instead.');
      const now = parameter(this.clock.now());
      const overlapEnd = new Date(this.clock.now().getTime() + hours(overlapHours));
      await db.run(sql`
        UPDATE oauth_client_secret SET replaced_at = coalesce(replaced_at, ${now}),
          expires_at = CASE WHEN replaced_at IS NULL THEN ${overlapEnd} ELSE least(expires_at, ${now}) END
        WHERE workspace_id = ${workspaceId} AND client_id = ${id}`);
      const secret = await this.addSecret(db, workspaceId, id);
      const { prefix, lastFour } = shownPartsOf(secret);
      await db.run(sql`
        UPDATE api_token SET prefix = ${prefix}, last_four = ${lastFour}
        WHERE workspace_id = ${workspaceId} AND id = ${id}`);
      const details = { name: before.name, overlapHours };
      await this.audit.byAdmin(manager, admin, 'oauth-client.rotated', id, details);
      return { ...this.shown(await find(db, workspaceId, id)), secret };
    });
  }

  /**
   * Revokes a client for ever, with its secrets and access tokens; one that already is stays as it was.
   *
   * @throws NotFoundError, PreconditionFailedError
   */
  async revoke(admin: Session, id: string, precondition: Precondition): Promise<void> {
    const { workspaceId } = admin;
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      await db.run(
        sql`SELECT 1 FROM api_token WHERE workspace_id = ${workspaceId} AND id = ${id} FOR UPDATE`,
      );
      const before = this.shown(await find(db, workspaceId, id));
      precondition.check(stateWithoutUses(before));
      this.cache.distrust(workspaceId);
      if (before.state === 'revoked') return;
      const now = this.clock.now();
      await db.run(sql`
        UPDATE api_token SET revoked_at = ${now} WHERE workspace_id = ${workspaceId} AND id = ${id}`);
      await this.recordRevoked(manager, admin, before, now);
    });
  }

  private async recordRevoked(
    manager: EntityManager,
    admin: Session,
    { id, name }: OAuthClientResponse,
    now: Date,
  ): Promise<void> {
    await this.audit.byAdmin(manager, admin, 'oauth-client.revoked', id, { name });
    const cause = causeOfActor(actorOf(admin.email));
    appendTokenEvents(dbOf(manager), admin.workspaceId, 'token.revoked', [id], cause, now);
  }

  private async addSecret(db: Db, workspaceId: string, clientId: string): Promise<string> {
    const secret = createSecret(clientSecretPrefix, randomBytes(randomLengthBytes));
    const { prefix, lastFour } = shownPartsOf(secret);
    await db.run(sql`
      INSERT INTO oauth_client_secret (secret_hash, workspace_id, client_id, prefix, last_four, created_at)
      VALUES (${hashSecret(secret)}, ${workspaceId}, ${clientId}, ${prefix}, ${lastFour}, ${this.clock.now()})`);
    return secret;
  }

  private shown(row: OAuthClientRow): OAuthClientResponse {
    return toClient(row, this.tokenUrl, this.clock.now());
  }
}

async function find(db: Db, workspaceId: string, id: string): Promise<OAuthClientRow> {
  const { rows } = await db.run(sql<OAuthClientRow>`${selectClients(parameter(workspaceId))}
    AND t.id = ${id} AND t.access_token_minutes IS NOT NULL`);
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('OAuth client');
  return row;
}

/** The caller holds the workspace's lock, so that two at once cannot both take the last place. */
async function requireRoom(db: Db, workspaceId: string): Promise<void> {
  const { rows } = await db.run(sql<{ live: number }>`
    SELECT count(*)::int AS live FROM api_token
    WHERE workspace_id = ${workspaceId} AND revoked_at IS NULL AND access_token_minutes IS NOT NULL`);
  if ((rows[0]?.live ?? 0) < oauthClientsMax) return;
  const message = `A workspace has at most ${oauthClientsMax} OAuth clients. Revoke one that is no longer needed.`;
  throw new ConflictError('too-many-clients', message, { clientsMax: oauthClientsMax });
}
