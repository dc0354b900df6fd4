import { Injectable } from '@nestjs/common';
import { ForbiddenError, UnauthenticatedError } from '../../errors/domain-errors.ts';
import { ExtensionPoint } from '../../extension-points/extension-point.ts';
import type { KnownRequest } from '../request/request-state.ts';

/** What kind of refusal it is. */
export type RefusalKind = 'sign-in' | 'credentials' | 'csrf' | 'access';

/** A request that was turned away for who sent it. */
export interface RefusedRequest {
  kind: RefusalKind;
  request: KnownRequest;
  error: UnauthenticatedError | ForbiddenError;
}

/** Types of problems that say that somebody may not do what they asked for. */
const accessProblems: ReadonlySet<string> = new Set(['scope-missing', 'operator-only', 'role']);

/** Tells of requests that were turned away for who sent them. What listens must not throw, and nobody waits for it. */
@Injectable()
export class RefusedRequests extends ExtensionPoint<(refused: RefusedRequest) => void> {
  note(request: KnownRequest, error: unknown): void {
    const kind = kindOf(request, error);
    if (kind === null || !(error instanceof UnauthenticatedError || error instanceof ForbiddenError)) return;
    for (const listener of this.entries) listener({ kind, request, error });
  }
}

/** A request without any credentials is no attempt: a browser whose session has ended asks so, too. */
function kindOf(request: KnownRequest, error: unknown): RefusalKind | null {
  if (error instanceof ForbiddenError) {
    if (error.type === 'csrf') return 'csrf';
    return accessProblems.has(error.type) ? 'access' : null;
  }
  if (!(error instanceof UnauthenticatedError)) return null;
  if (request.method === 'POST' && /^\/api\/session\/?$/i.test(request.path)) return 'sign-in';
  const { authorization, cookie } = request.headers;
  if (request.door === 'oauth') return 'credentials';
  return authorization !== undefined || /_session=/.test(cookie ?? '') ? 'credentials' : null;
}
