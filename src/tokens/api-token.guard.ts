import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { Clock } from '../database/clock.ts';
import { type AdmittedRequest, isAdmitted, noteAdmission } from '../doors/admission.ts';
import { bearerStrategyName } from './bearer.strategy.ts';
import { tokenRefusal } from './token-challenge.ts';
import { type ApiToken, TokenCheckService } from './token-check.service.ts';

export type { ApiToken } from './token-check.service.ts';

/** Where Passport leaves what the strategy read; the guard takes it away again. */
const credentialsProperty = 'apiTokenSecret';

export interface ApiTokenRequest extends Request, AdmittedRequest {
  apiToken?: ApiToken;
  [credentialsProperty]?: unknown;
}

/**
 * Lets in an identity provider with a good API token and puts `{workspaceId, tokenId}` on the request. It is asked before
 * the body is read, and again before the route; the second time it only looks into the body.
 *
 * @throws UnauthenticatedError with a detail that says what is wrong, and its `WWW-Authenticate` challenge
 */
@Injectable()
export class ApiTokenGuard extends AuthGuard(bearerStrategyName) {
  constructor(
    private readonly tokens: TokenCheckService,
    private readonly clock: Clock,
  ) {
    super({ property: credentialsProperty, session: false });
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiTokenRequest>();
    // The strategy would take these too (RFC 6750 §2.2, §2.3); addresses and bodies end up in logs.
    if (hasAccessToken(request.query) || hasAccessToken(request.body)) throw tokenRefusal.misplaced();
    if (request.apiToken !== undefined && isAdmitted(request)) return true;
    const { authorization } = request.headers;
    const known =
      authorization === undefined ? null : this.tokens.known(authorization, request.socket, this.clock.now());
    if (known === null) return this.check(context, request);
    return admit(request, known);
  }

  private async check(context: ExecutionContext, request: ApiTokenRequest): Promise<boolean> {
    await super.canActivate(context);
    const secret = request[credentialsProperty];
    delete request[credentialsProperty];
    if (typeof secret !== 'string') throw tokenRefusal.missing();
    return admit(request, await this.tokens.verify(secret, this.clock.now()));
  }

  /** Passport's own answer loses the challenge, so the refusal is made here. */
  override handleRequest<TUser>(
    error: unknown,
    user: TUser | false | null,
    _info: unknown,
    context: ExecutionContext,
  ): TUser {
    if (error)
      throw error instanceof Error ? error : new Error('The bearer strategy failed', { cause: error });
    if (user) return user;
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    throw authorization === undefined ? tokenRefusal.missing() : tokenRefusal.notBearer();
  }
}

/** The token that `ApiTokenGuard` found. */
export const CurrentToken = createParamDecorator((_data: unknown, context: ExecutionContext): ApiToken => {
  const { apiToken } = context.switchToHttp().getRequest<ApiTokenRequest>();
  if (apiToken === undefined) throw new Error('The route is not behind ApiTokenGuard');
  return apiToken;
});

function admit(request: ApiTokenRequest, token: ApiToken): true {
  request.apiToken = token;
  noteAdmission(request);
  return true;
}

function hasAccessToken(where: unknown): boolean {
  return typeof where === 'object' && where !== null && Object.hasOwn(where, 'access_token');
}
