import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../database/clock.ts';
import { type AdmittedRequest, isAdmitted, noteAdmission } from '../doors/admission.ts';
import { credentialsOf } from '../doors/credentials.ts';
import { tokenRefusal } from './token-challenge.ts';
import { type ApiToken, TokenCheckService } from './token-check.service.ts';

export type { ApiToken } from './token-check.service.ts';

export interface ApiTokenRequest extends Request, AdmittedRequest {
  apiToken?: ApiToken;
}

/**
 * Lets in an identity provider with a good API token and puts `{workspaceId, tokenId}` on the request. It is asked before
 * the body is read, and again before the route; the second time it only looks into the body.
 *
 * `ServiceProviderConfig` is for everybody.
 *
 * @throws UnauthenticatedError with a detail that says what is wrong, and its `WWW-Authenticate` challenge
 */
@Injectable()
export class ApiTokenGuard implements CanActivate {
  constructor(
    private readonly tokens: TokenCheckService,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiTokenRequest>();
    // RFC 6750 §2.2 and §2.3 know these too, but addresses and bodies end up in logs.
    if (hasAccessToken(request.query) || hasAccessToken(request.body)) throw tokenRefusal.misplaced();
    if (request.apiToken !== undefined && isAdmitted(request)) return true;
    const { authorization } = request.headers;
    if (isForEverybody(request) && credentialsOf(authorization).kind === 'none') return true;
    const known =
      authorization === undefined ? null : this.tokens.known(authorization, request.socket, this.clock.now());
    return known === null ? this.check(request) : admit(request, known);
  }

  private async check(request: ApiTokenRequest): Promise<boolean> {
    const credentials = credentialsOf(request.headers.authorization);
    if (credentials.kind === 'none') throw tokenRefusal.missing();
    if (credentials.kind === 'other') throw tokenRefusal.notBearer(credentials.came);
    return admit(request, await this.tokens.verify(credentials.token, this.clock.now()));
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

/** A client reads how to authenticate before it can (RFC 7643 §5). Credentials that come along are checked all the same. */
function isForEverybody({ method, path }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && path === '/scim/v2/ServiceProviderConfig';
}

function hasAccessToken(where: unknown): boolean {
  return typeof where === 'object' && where !== null && Object.hasOwn(where, 'access_token');
}
