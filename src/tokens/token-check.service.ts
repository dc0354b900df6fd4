import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { aboutCredential } from '../http/request/bearer-refusal.ts';
import { LastUses } from '../http/request/last-uses.ts';
import type { ApiToken } from '../http/request/request-state.ts';
import { hashSecret } from '../http/request/token-secret.ts';
import type { UnauthenticatedError } from '../errors/domain-errors.ts';
import { MovedError } from '../errors/moved-error.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { type AttemptedBy, TokenAttempts } from './token-attempts.ts';
import { type CheckedToken, TokenCache } from './token-cache.ts';
import { malformedRefusalOf, tokenRefusal } from './token-challenge.ts';
import { inLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { suspended, suspensionAt } from '../workspaces/suspension.ts';

const bearerPrefix = 'Bearer ';

/** Checks the secrets that identity providers send. */
@Injectable()
export class TokenCheckService implements BeforeApplicationShutdown {
  private readonly uses: LastUses;
  /** What a connection sent last, and its key in the cache: identity providers repeat themselves on it. */
  private readonly lastSentOn = new WeakMap<object, { authorization: string; key: string }>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly cache: TokenCache,
    faults: PassingFaultLog,
    private readonly config: Config,
    private readonly attempts: TokenAttempts,
  ) {
    this.uses = new LastUses('a token', faults, new Logger(TokenCheckService.name));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.uses.settled();
  }

  /**
   * The token of credentials that were checked a moment ago, or null: then they must be read and checked.
   *
   * @param authorization the request's `Authorization` header
   * @param connection the socket that it came on
   * @param now the present, for expiry and `last_used_at`
   */
  known(authorization: string, connection: object, now: Date): ApiToken | null {
    if (!authorization.startsWith(bearerPrefix)) return null;
    const token = this.cache.find(this.keyOf(authorization, connection));
    if (token === null || hasExpired(token, now)) return null;
    return this.use(token, now);
  }

  /**
   * The token that a secret stands for. A warm check costs no statement; a cold one costs one, by the hash's index.
   * A mistyped secret does not reach the database at once; `TokenAttempts` notes it for the admin whose token it may be.
   *
   * @param by when, for expiry and `last_used_at`, and by which program
   * @throws UnauthenticatedError saying why: mistyped, unknown, revoked, expired, provisioning not active
   * @throws MovedError when the workspace was moved away
   * @throws SuspendedError for a good token of a workspace that lost its entitlement; it says which token
   */
  async verify(secret: string, by: AttemptedBy): Promise<ApiToken> {
    const malformed = malformedRefusalOf(secret, this.config.operatorTokens);
    if (malformed !== null) {
      this.attempts.noteSpoilt(secret, by);
      throw malformed;
    }
    const hash = hashSecret(secret);
    const key = cacheKeyOf(hash);
    const token = this.cache.find(key) ?? (await this.check(hash, key, by));
    if (hasExpired(token, by.at)) {
      // That an access token ends is as it should be: its client asks for the next one.
      if (!token.isAccessToken) this.attempts.noteKnown(token, 'expired', by);
      throw aboutCredential(expiredRefusal(token.isAccessToken), token.workspaceId, token.tokenId);
    }
    return this.use(token, by.at);
  }

  private keyOf(authorization: string, connection: object): string {
    const last = this.lastSentOn.get(connection);
    if (last?.authorization === authorization) return last.key;
    const key = cacheKeyOf(hashSecret(authorization.slice(bearerPrefix.length)));
    this.lastSentOn.set(connection, { authorization, key });
    return key;
  }

  private use(token: CheckedToken, now: Date): ApiToken {
    this.noteUse(token, now);
    return { workspaceId: token.workspaceId, tokenId: token.tokenId };
  }

  private async check(hash: Buffer, key: string, by: AttemptedBy): Promise<CheckedToken> {
    const startedAt = this.cache.now();
    const [row] = await inLane(
      'access',
      async () =>
        (
          await dbOf(this.dataSource)
            .run(sql<SecretRow>`SELECT t.workspace_id, t.id, t.revoked_at, t.last_used_at,
              least(s.expires_at, t.expires_at) AS expires_at, s.expires_at IS NOT NULL AS is_access_token, w.entitled, w.activated_at, w.suspended_until,
              w.moved_at, w.moved_to
       FROM api_token_secret s
       JOIN api_token t ON t.workspace_id = s.workspace_id AND t.id = s.token_id
       JOIN workspace w ON w.id = s.workspace_id
       WHERE s.secret_hash = ${hash}`)
        ).rows,
    );
    if (row === undefined) throw tokenRefusal.unknown();
    if (row.moved_at !== null) throw new MovedError(row.moved_to);
    const now = by.at;
    const suspendedUntil = row.entitled ? null : suspensionAt(row.suspended_until, now);
    const isOn = row.activated_at !== null && (row.entitled || suspendedUntil !== null);
    if (!isOn) throw aboutCredential(tokenRefusal.inactive(), row.workspace_id, row.id);
    if (row.revoked_at !== null) {
      this.attempts.noteKnown({ workspaceId: row.workspace_id, tokenId: row.id }, 'revoked', by);
      const refusal = row.is_access_token ? tokenRefusal.clientRevoked() : tokenRefusal.revoked();
      throw aboutCredential(refusal, row.workspace_id, row.id);
    }
    if (suspendedUntil !== null) {
      if (row.expires_at !== null && row.expires_at <= now)
        throw aboutCredential(expiredRefusal(row.is_access_token), row.workspace_id, row.id);
      const refusal = suspended(this.config.productName, suspendedUntil);
      refusal.token = { workspaceId: row.workspace_id, tokenId: row.id };
      throw refusal;
    }
    const token = {
      workspaceId: row.workspace_id,
      tokenId: row.id,
      expiresAt: row.expires_at,
      lastUsedAt: row.last_used_at,
      isAccessToken: row.is_access_token,
    };
    this.cache.remember(key, token, startedAt);
    return token;
  }

  private noteUse(token: CheckedToken, now: Date): void {
    const { workspaceId, tokenId } = token;
    const at = parameter(now);
    const statement = sql`UPDATE api_token SET last_used_at = ${at}
      WHERE workspace_id = ${workspaceId} AND id = ${tokenId} AND (last_used_at IS NULL OR last_used_at < ${at})`;
    this.uses.note(token, now, { tokenId }, () => dbOf(this.dataSource).run(statement));
  }
}

function cacheKeyOf(hash: Buffer): string {
  return hash.toString('base64');
}

function expiredRefusal(isAccessToken: boolean): UnauthenticatedError {
  return isAccessToken ? tokenRefusal.accessTokenExpired() : tokenRefusal.expired();
}

function hasExpired({ expiresAt }: CheckedToken, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

interface SecretRow {
  workspace_id: string;
  id: string;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  entitled: boolean;
  activated_at: Date | null;
  is_access_token: boolean;
  suspended_until: Date | null;
  moved_at: Date | null;
  moved_to: string | null;
}
