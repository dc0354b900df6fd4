import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { Clock } from '../database/clock.ts';
import { isAdmitted, noteAdmission } from '../http/request/admission.ts';
import { credentialsOf } from '../http/request/credentials.ts';
import type { ApiToken, KnownRequest } from '../http/request/request-state.ts';
import { bearerStrategyName } from './bearer.strategy.ts';
import { SuspendedError } from '../workspaces/suspension.ts';
import { TokenAttempts } from './token-attempts.ts';
import { tokenRefusal } from './token-challenge.ts';
import { TokenCheckService } from './token-check.service.ts';

/** Where Passport leaves what the strategy read; the guard takes it away again. */
const credentialsProperty = 'apiTokenSecret';

type ApiTokenRequest = KnownRequest & { [credentialsProperty]?: unknown };

/**
 * Lets in an identity provider with a good API token and puts `{workspaceId, tokenId}` on the request. It is asked before
 * the body is read, and again before the route; the second time it only looks into the body.
 *
 * `ServiceProviderConfig` is for everybody.
 *
 * @throws UnauthenticatedError with a detail that says what is wrong, and its `WWW-Authenticate` challenge
 */
@Injectable()
export class ApiTokenGuard extends AuthGuard(bearerStrategyName) {
  constructor(
    private readonly tokens: TokenCheckService,
    private readonly clock: Clock,
    private readonly attempts: TokenAttempts,
  ) {
    super({ property: credentialsProperty, session: false });
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiTokenRequest>();
    // RFC 6750 §2.2 and §2.3 know these too, but addresses and bodies end up in logs.
    if (hasAccessToken(request.query) || hasAccessToken(request.body)) throw tokenRefusal.misplaced();
    if (request.apiToken !== undefined && isAdmitted(request)) return true;
    const { authorization } = request.headers;
    if (isForEverybody(request) && credentialsOf(authorization).kind === 'none') return true;
    const known =
      authorization === undefined ? null : this.tokens.known(authorization, request.socket, this.clock.now());
    return known === null ? this.check(context, request) : admit(request, known);
  }

  private async check(context: ExecutionContext, request: ApiTokenRequest): Promise<boolean> {
    const credentials = credentialsOf(request.headers.authorization);
    if (credentials.kind === 'none') throw tokenRefusal.missing();
    const by = { at: this.clock.now(), userAgent: request.headers['user-agent'] ?? null };
    if (credentials.kind === 'other') {
      this.attempts.noteSpoilt(request.headers.authorization ?? '', by);
      throw tokenRefusal.notBearer(credentials.came);
    }
    // The strategy takes exactly one blank, and no token alone.
    request.headers.authorization = `Bearer ${credentials.token}`;
    await super.canActivate(context);
    const secret = request[credentialsProperty];
    delete request[credentialsProperty];
    if (typeof secret !== 'string') throw tokenRefusal.missing();
    try {
      return admit(request, await this.tokens.verify(secret, by));
    } catch (error) {
      // It is refused, but the workspace is known: its admin reads in the provisioning log that somebody asked.
      if (error instanceof SuspendedError) request.refusedToken = error.token;
      throw error;
    }
  }

  /** Passport's own answer loses the challenge, so the refusal is made here. */
  override handleRequest<TUser>(error: unknown, user: TUser | false | null): TUser {
    if (error)
      throw error instanceof Error ? error : new Error('The bearer strategy failed', { cause: error });
    if (user) return user;
    throw tokenRefusal.notBearer('something that is no bearer token');
  }
}

function admit(request: ApiTokenRequest, token: ApiToken): true {
  request.apiToken = token;
  noteAdmission(request);
  return true;
}

/** A client reads how to authenticate before it can (RFC 7643 §5). Credentials that come along are checked all the same. */
function isForEverybody({ method, path }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && path === '/scim/v2/ServiceProviderConfig';
}

function hasAccessToken(where: unknown): boolean {
  return typeof where === 'object' && where !== null && Object.hasOwn(where, 'access_token');
}
