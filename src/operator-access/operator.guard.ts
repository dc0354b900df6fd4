import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import { isAdmitted, noteAdmission } from '../http/request/admission.ts';
import type { Caller } from '../http/request/caller.ts';
import { credentialsOf } from '../http/request/credentials.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import { isSameSecret } from '../http/request/same-secret.ts';
import { tokenKindOf } from '../http/request/token-kind.ts';
import { KeyCheckService } from './key-check.service.ts';
import { callerRefusal } from './key-challenge.ts';

/**
 * Lets in who holds the operator token or a product key, and puts the {@link Caller} on the request. It is asked before
 * the body is read, and again before the route. What a key may do is `ScopeGuard`'s question.
 *
 * @throws UnauthenticatedError with a detail that says what is wrong, and its `WWW-Authenticate` challenge
 */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(
    private readonly keys: KeyCheckService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = requestOf(context);
    if (request.caller !== undefined && isAdmitted(request)) return true;
    const credentials = credentialsOf(request.headers.authorization);
    if (credentials.kind !== 'token')
      throw callerRefusal.missing(credentials.kind === 'none' ? null : credentials.came);
    const { token } = credentials;
    const { operatorTokens } = this.config;
    // All of them are compared, so that the time tells nothing of which one it was.
    const [operator] = operatorTokens.filter((each) => isSameSecret(token, each.token));
    if (operator !== undefined) return admit(request, { kind: 'operator', name: operator.name });
    if (tokenKindOf(token, operatorTokens) !== 'product-key')
      throw callerRefusal.foreign(token, operatorTokens);
    return this.keys.verify(token, this.clock.now()).then((caller) => admit(request, caller));
  }
}

/** Who `OperatorGuard` let in. */
export function callerOf(context: ExecutionContext): Caller {
  const { caller } = requestOf(context);
  if (caller === undefined) throw new Error('The route is not behind OperatorGuard');
  return caller;
}

/** A parameter that holds who `OperatorGuard` let in: the operator, or a product key. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller =>
  callerOf(context),
);

function admit(request: KnownRequest, caller: Caller): true {
  request.caller = caller;
  noteAdmission(request);
  return true;
}

function requestOf(context: ExecutionContext): KnownRequest {
  return context.switchToHttp().getRequest<KnownRequest>();
}
