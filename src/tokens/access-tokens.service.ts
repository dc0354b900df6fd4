import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { days, hours, minutes } from '../errors/duration.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import { RateLimitedError } from '../errors/rate-limited-error.ts';
import { RequestLimits } from '../http/limits/request-limits.ts';
import { TokenBuckets } from '../http/limits/token-buckets.ts';
import { accessTokenPrefix, clientSecretPrefix } from '../http/request/token-kind.ts';
import { checkSecret, createSecret, hashSecret, randomLengthBytes } from '../http/request/token-secret.ts';
import type { TokenRequest } from './client-credentials.ts';
import type { AccessTokenResponse } from './oauth-token.dto.ts';

/** Access tokens that one client may ask for in a minute, and at once: one an hour is what it needs. */
export const accessTokensPerMinute = 20;
const clientsMax = 20_000;
const minuteSeconds = 60;
/** How long an access token that has expired is still told from one that never was. */
const expiredKeptMs = days(1);
const forgetEveryMs = hours(1);
const scope = 'scim';

/** Gives OAuth clients access tokens for their credentials (RFC 6749 §4.4). Only the SHA-256 of a token is stored. */
@Injectable()
export class AccessTokensService {
  private readonly pace = new TokenBuckets(
    {
      name: 'access-token',
      perSecond: accessTokensPerMinute / minuteSeconds,
      atOnceMax: accessTokensPerMinute,
    },
    clientsMax,
  );

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
    limits: RequestLimits,
  ) {
    limits.alsoCount(this.pace);
    tasks.every({ name: 'Forgetting access tokens', everyMs: forgetEveryMs, once: () => this.forget() });
  }

  /**
   * Makes an access token.
   *
   * @throws OAuthError `invalid_client` saying why: unknown or wrong, revoked, replaced, provisioning not active
   * @throws RateLimitedError when this client asks for more than it can need
   */
  @InLane('access')
  async issue({ clientId, clientSecret, namesScope }: TokenRequest): Promise<AccessTokenResponse> {
    if (checkSecret(clientSecretPrefix, clientSecret) !== 'ok')
      throw new OAuthError('invalid_client', malformed);
    const now = this.clock.now();
    const hash = hashSecret(clientSecret);
    const db = dbOf(this.dataSource);
    const { rows } = await db.run(sql<ClientRow>`
      SELECT s.client_id AS "clientId", s.expires_at AS "expiresAt", t.workspace_id AS "workspaceId",
        t.revoked_at AS "revokedAt", t.access_token_minutes AS "accessTokenMinutes",
        w.activated_at IS NOT NULL AND w.entitled AS "isOn", w.moved_at IS NOT NULL AS "isMoved"
      FROM oauth_client_secret s
      JOIN api_token t ON t.workspace_id = s.workspace_id AND t.id = s.client_id
      JOIN workspace w ON w.id = s.workspace_id WHERE s.secret_hash = ${hash}`);
    const client = requireGood(rows[0], clientId, now);
    const standing = this.pace.take(client.clientId);
    if (!standing.isTaken) throw tooOften(standing.untilSeconds);
    const token = createSecret(accessTokenPrefix, randomBytes(randomLengthBytes));
    const lifetimeMs = minutes(client.accessTokenMinutes);
    const [workspace, id] = [parameter(client.workspaceId), parameter(client.clientId)];
    // The lock on the client keeps its workspace from being erased while a row of its own is added.
    const { count } = await db.run(sql`
      WITH client AS (
        SELECT workspace_id, id FROM api_token
        WHERE workspace_id = ${workspace} AND id = ${id} AND revoked_at IS NULL FOR KEY SHARE
      ), used AS (
        UPDATE oauth_client_secret SET last_used_at = ${now}
        WHERE workspace_id = ${workspace} AND secret_hash = ${hash}
      )
      INSERT INTO api_token_secret (secret_hash, workspace_id, token_id, expires_at)
      SELECT ${hashSecret(token)}, ${workspace}, id, ${new Date(now.getTime() + lifetimeMs)} FROM client`);
    if (count === 0) throw new OAuthError('invalid_client', 'This OAuth client was revoked.');
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: lifetimeMs / 1_000,
      ...(namesScope && { scope }),
    };
  }

  private async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - expiredKeptMs);
    await dbOf(this.dataSource).run(sql`DELETE FROM api_token_secret WHERE expires_at < ${before}`);
  }
}

interface ClientRow {
  clientId: string;
  expiresAt: Date | null;
  workspaceId: string;
  revokedAt: Date | null;
  accessTokenMinutes: number;
  isOn: boolean;
  isMoved: boolean;
}

/** Who has the secret may know what is wrong with the client; nobody else learns whether there is one. */
function requireGood(client: ClientRow | undefined, clientId: string, now: Date): ClientRow {
  if (client === undefined || client.clientId !== clientId.toLowerCase())
    throw new OAuthError('invalid_client', 'There is no such client, or this is not its secret.');
  if (client.revokedAt !== null) throw new OAuthError('invalid_client', 'This OAuth client was revoked.');
  if (client.expiresAt !== null && client.expiresAt <= now)
    throw new OAuthError(
      'invalid_client',
      'This client_secret was replaced, and its overlap is over. Use the new one.',
    );
  if (client.isMoved)
    throw new OAuthError(
      'invalid_client',
      'This workspace has been moved to another installation: ask there.',
    );
  if (!client.isOn)
    throw new OAuthError('invalid_client', 'User provisioning is not active in this workspace.');
  return client;
}

function tooOften(seconds: number): RateLimitedError {
  const message = `This client asks for more than ${accessTokensPerMinute} access tokens a minute. Use the one that you have, or try again in ${seconds} s.`;
  return new RateLimitedError(message, seconds);
}

const malformed =
  'This is no client_secret of this service, or only a piece of one: it begins with mcc_. Copy the whole secret again.';
