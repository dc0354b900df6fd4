import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { causeOfActor } from '../workspaces/workspace-events.ts';
import { appendTokenEvents } from './token-events.ts';
import { parameter, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { actorOf, AuditService } from '../audit/audit.service.ts';
import { cursorsOf, decodeCursor, pageOf, type PageQuery } from '../http/paging/page.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { newId } from '../database/ids.ts';
import { ConflictError, NotFoundError } from '../errors/domain-errors.ts';
import { futureMoment } from '../http/validation/future-moment.ts';
import { Precondition } from '../http/request/precondition.ts';
import { apiTokenPrefix } from '../http/request/token-kind.ts';
import { createSecret, hashSecret, randomLengthBytes, shownPartsOf } from '../http/request/token-secret.ts';
import { ProvisioningStops } from '../workspaces/provisioning-stops.ts';
import type { Session } from '../workspaces/session.guard.ts';
import { WorkspacesService } from '../workspaces/workspaces.service.ts';
import { toIssuedToken, tokenState, toToken, tokenColumns, type TokenRow } from './api-token.ts';
import { TokenCache } from './token-cache.ts';
import type {
  IssuedTokenResponse,
  IssueTokenDto,
  RotateTokenDto,
  TokenPageResponse,
  TokenResponse,
} from './tokens.dto.ts';
import { hours } from '../errors/duration.ts';

/** Live tokens of one workspace; a rotation may add the one that is running out. */
export const tokensActiveMax = 5;

/** Who does it, and where. */
type Admin = Pick<Session, 'workspaceId' | 'email'>;

/** A token to be made; no `expiresAt`: it does not expire. */
export interface TokenRequest {
  name: string;
  expiresAt?: Date | null;
}

/** What workspace admins do with API tokens. Only the SHA-256 of a secret is stored. */
@Injectable()
export class TokensService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
    private readonly stops: ProvisioningStops,
    private readonly cache: TokenCache,
  ) {}

  onModuleInit(): void {
    this.stops.register(async (manager, workspaceId, stop) => {
      if (stop === 'ended') await this.revokeAll(manager, workspaceId);
      else this.cache.distrust(workspaceId);
    });
  }

  /** The workspace's tokens, newest first, without their secrets. @throws BadInputError */
  async list(workspaceId: string, { cursor, limit }: PageQuery): Promise<TokenPageResponse> {
    const cursors = cursorsOf(this.seal, 'tokens', workspaceId);
    const before = parameter(decodeCursor(cursors, cursor));
    const { rows } = await dbOf(this.dataSource).run(sql<TokenRow>`SELECT ${tokenColumns} FROM api_token
       WHERE workspace_id = ${workspaceId} AND access_token_minutes IS NULL
         AND (${before}::uuid IS NULL OR id < ${before}) ORDER BY id DESC
         LIMIT ${limit + 1}`);
    const now = this.clock.now();
    const page = pageOf(
      cursors,
      rows.map((row) => toToken(row, now)),
      limit,
      ({ id }) => id,
    );
    return { ...page, tokensMax: tokensActiveMax };
  }

  /** One of them. @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<TokenResponse> {
    const row = await this.find(this.dataSource, workspaceId, id);
    return toToken(row, this.clock.now());
  }

  /** Makes a token as an admin asked for it. @throws BadInputError, ConflictError */
  async create(admin: Admin, { name, expiresAt }: IssueTokenDto): Promise<IssuedTokenResponse> {
    const expiry = futureMoment('expiresAt', expiresAt, this.clock.now());
    return this.dataSource.transaction((manager) => this.issue(manager, admin, { name, expiresAt: expiry }));
  }

  /**
   * Makes a token. Its secret is in the result and nowhere else.
   *
   * @param admin who asked for it
   * @throws ConflictError `not-active` without active provisioning, `too-many-tokens` when enough are live
   */
  async issue(manager: EntityManager, admin: Admin, request: TokenRequest): Promise<IssuedTokenResponse> {
    await this.workspaces.lockActive(manager, admin.workspaceId);
    await this.requireRoom(manager, admin.workspaceId, null);
    const token = await this.insert(manager, admin, request);
    await this.audit.byAdmin(manager, admin, 'token.issued', token.id, {
      name: token.name,
      expiresAt: token.expiresAt,
    });
    return token;
  }

  /**
   * Replaces a token: a new one with the same name and lifetime; the old one goes on for the overlap, so that the
   * identity provider can be changed over without a gap.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `not-active`, `token-not-live` for a revoked or expired one, `too-many-tokens`
   */
  async rotate(
    admin: Admin,
    tokenId: string,
    { overlapHours }: RotateTokenDto,
    precondition: Precondition,
  ): Promise<IssuedTokenResponse> {
    const { workspaceId } = admin;
    return this.dataSource.transaction(async (manager) => {
      await this.workspaces.lockActive(manager, workspaceId);
      const old = await this.find(manager, workspaceId, tokenId);
      const now = this.clock.now();
      precondition.check(tokenState(toToken(old, now)));
      if (toToken(old, now).state !== 'active') {
        throw new ConflictError(
          'token-not-live',
          'This token is revoked or expired. Make a new one instead.',
        );
      }
      await this.requireRoom(manager, workspaceId, tokenId);
      const lifetime = old.expires_at === null ? null : old.expires_at.getTime() - old.created_at.getTime();
      const expiresAt = lifetime === null ? null : new Date(now.getTime() + lifetime);
      const token = await this.insert(manager, admin, { name: old.name, expiresAt });
      await dbOf(manager).run(
        sql`
             UPDATE api_token
               SET expires_at = least(expires_at, ${new Date(now.getTime() + hours(overlapHours))})
               WHERE workspace_id = ${workspaceId} AND id = ${tokenId}`,
      );
      this.cache.distrust(workspaceId);
      const details = { name: old.name, replacedBy: token.id, overlapHours };
      await this.audit.byAdmin(manager, admin, 'token.rotated', tokenId, details);
      return token;
    });
  }

  /** Revokes a token for ever; one that already is stays as it was. @throws NotFoundError, PreconditionFailedError */
  async revoke(admin: Admin, tokenId: string, precondition = Precondition.none): Promise<void> {
    const { workspaceId } = admin;
    await this.dataSource.transaction(async (manager) => {
      if (precondition.isGiven) {
        await dbOf(manager).run(
          sql`SELECT 1 FROM api_token WHERE workspace_id = ${workspaceId} AND id = ${tokenId} FOR UPDATE`,
        );
        const found = await this.find(manager, workspaceId, tokenId);
        precondition.check(tokenState(toToken(found, this.clock.now())));
      }
      const { count: revoked } = await dbOf(manager).run(
        sql`
             UPDATE api_token SET revoked_at = ${this.clock.now()} WHERE workspace_id = ${workspaceId}
               AND id = ${tokenId} AND revoked_at IS NULL AND access_token_minutes IS NULL`,
      );
      this.cache.distrust(workspaceId);
      const { name } = await this.find(manager, workspaceId, tokenId);
      if (revoked === 0) return;
      await this.audit.byAdmin(manager, admin, 'token.revoked', tokenId, { name });
      const cause = causeOfActor(actorOf(admin.email));
      appendTokenEvents(dbOf(manager), workspaceId, 'token.revoked', [tokenId], cause, this.clock.now());
    });
  }

  /** Revokes every token of the workspace for ever: none revives when provisioning is activated again. */
  async revokeAll(manager: EntityManager, workspaceId: string): Promise<void> {
    this.cache.distrust(workspaceId);
    const now = this.clock.now();
    const db = dbOf(manager);
    const { rows } = await db.run(
      sql<{ id: string }>`UPDATE api_token SET revoked_at = ${now}
        WHERE workspace_id = ${workspaceId} AND revoked_at IS NULL RETURNING id`,
    );
    const ids = rows.map(({ id }) => id);
    const cause = {
      by: 'operator',
      runId: null,
      reason: { code: 'provisioning-ended', params: {} },
    } as const;
    appendTokenEvents(db, workspaceId, 'token.revoked', ids, cause, now);
  }

  private async insert(
    manager: EntityManager,
    { workspaceId, email }: Admin,
    { name, expiresAt = null }: TokenRequest,
  ): Promise<IssuedTokenResponse> {
    const secret = createSecret(apiTokenPrefix, randomBytes(randomLengthBytes));
    const { prefix, lastFour } = shownPartsOf(secret);
    const now = this.clock.now();
    const workspace = parameter(workspaceId);
    const id = parameter(newId());
    const { rows } = await dbOf(manager).run(
      sql<TokenRow>`WITH secret AS (
         INSERT INTO api_token_secret (secret_hash, workspace_id, token_id)
         VALUES (${hashSecret(secret)}, ${workspace}, ${id})
       )
       INSERT INTO api_token (workspace_id, id, name, prefix, last_four, created_by, created_at, expires_at)
       VALUES (${workspace}, ${id}, ${name}, ${prefix}, ${lastFour}, ${email}, ${now}, ${expiresAt})
       RETURNING ${tokenColumns}`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('An inserted token gives one row');
    return toIssuedToken(row, secret, now);
  }

  private async find(
    manager: DataSource | EntityManager,
    workspaceId: string,
    tokenId: string,
  ): Promise<TokenRow> {
    const { rows } = await dbOf(manager).run(
      sql<TokenRow>`
           SELECT ${tokenColumns} FROM api_token
           WHERE workspace_id = ${workspaceId} AND id = ${tokenId} AND access_token_minutes IS NULL`,
    );
    const [row] = rows;
    if (row === undefined) throw new NotFoundError('API token');
    return row;
  }

  /** The caller holds the workspace's lock, so that two at once cannot both take the last place. */
  private async requireRoom(
    manager: EntityManager,
    workspaceId: string,
    besides: string | null,
  ): Promise<void> {
    const { rows } = await dbOf(manager).run(
      sql<{ live: number }>`SELECT count(*)::int AS live FROM api_token
       WHERE workspace_id = ${workspaceId} AND revoked_at IS NULL AND access_token_minutes IS NULL
         AND (expires_at IS NULL OR expires_at > ${this.clock.now()}) AND id IS DISTINCT FROM ${besides}::uuid`,
    );
    const live = rows[0]?.live ?? 0;
    if (live < tokensActiveMax) return;
    const message = `A workspace has at most ${tokensActiveMax} live API tokens. Revoke one that is no longer needed.`;
    throw new ConflictError('too-many-tokens', message, { tokensMax: tokensActiveMax });
  }
}
