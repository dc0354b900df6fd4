import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../config/config.ts';
import { isAdmitted, noteAdmission } from '../http/request/admission.ts';
import { credentialsOf } from '../http/request/credentials.ts';
import type { KnownRequest, Session } from '../http/request/request-state.ts';
import { wrongFormMessage } from '../http/request/token-kind.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { neededRole, requireRole } from './identity/needed-role.ts';
import { cookieIn, cookieNameOf } from './session-cookie.ts';
import { suspended } from './suspension.ts';
import { requireOwnPage } from './csrf-token.ts';
import { sessionChallenge, SessionsService } from './sessions.service.ts';

export type { Session } from '../http/request/request-state.ts';

/** What the settings screen says of requests that it sends while nobody touches it. */
export const unattendedHeader = 'x-unattended';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets in a signed-in workspace admin: by a bearer session token, or by the session cookie, whose writes must also
 * bring `X-CSRF-Token` and come from the settings screen itself. An `Authorization` header, where there is one, decides
 * alone. It is asked before the body is read, and again before the route.
 *
 * @throws UnauthenticatedError when there is no session or it is over
 * @throws ForbiddenError `csrf` when a write by cookie lacks the right token, `suspended` for a write while the workspace
 * is suspended, `role` for what the role of the admin does not include; signing out is none of these
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    if (request.session !== undefined && isAdmitted(request)) return true;
    const byHeader = request.headers.authorization !== undefined;
    const token = byHeader
      ? tokenIn(request.headers.authorization)
      : cookieIn(request.headers.cookie, cookieNameOf(this.config));
    if (token === null) throw new UnauthenticatedError('Sign in first.', sessionChallenge);
    // An open page asks again and again by itself, and says so when nobody is there.
    const session = await this.sessions.find(token, request.get(unattendedHeader) === undefined);
    if (session === null) {
      const challenge = `${sessionChallenge}, error="invalid_token"`;
      const wrongKind = byHeader
        ? wrongFormMessage(token, 'session-token', this.config.operatorTokens)
        : null;
      throw new UnauthenticatedError(wrongKind ?? 'Your session is over. Sign in again.', challenge);
    }
    request.session = session;
    request.sessionToken = token;
    const writes = !safeMethods.has(request.method);
    if (!byHeader && writes) requireOwnPage(request, token, this.config);
    requireRole(session.role, neededRole(request.method, request.path));
    if (writes && session.suspendedUntil !== null && !isSignOut(request)) {
      throw suspended(this.config.productName, session.suspendedUntil);
    }
    noteAdmission(request);
    return true;
  }
}

/** The session that `SessionGuard` found. */
export function sessionOf(context: ExecutionContext): Session {
  return guarded(requestOf(context).session);
}

/** A parameter that holds the session that `SessionGuard` found. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): Session =>
  sessionOf(context),
);

/** The token of that session; for the routes that describe or end it. */
export const CurrentSessionToken = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  guarded(requestOf(context).sessionToken),
);

function requestOf(context: ExecutionContext): KnownRequest {
  return context.switchToHttp().getRequest<KnownRequest>();
}

/**
 * The session token of an `Authorization` header; null when the header is blank.
 *
 * @throws UnauthenticatedError when it brings something else
 */
function tokenIn(authorization: string | undefined): string | null {
  const credentials = credentialsOf(authorization);
  if (credentials.kind === 'token') return credentials.token;
  if (credentials.kind === 'none') return null;
  const message = `Send the session token in the Authorization header, as "Bearer" and the token. What came was ${credentials.came}.`;
  throw new UnauthenticatedError(message, `${sessionChallenge}, error="invalid_request"`);
}

function guarded<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The route is not behind SessionGuard');
  return value;
}

/** Ending sessions changes nothing of the workspace. */
function isSignOut({ method, path }: Request): boolean {
  return method === 'DELETE'
    ? /^\/api\/sessions?(?:\/[^/]*)?\/?$/i.test(path)
    : method === 'POST' && /^\/api\/session\/sign-out-everywhere\/?$/i.test(path);
}
