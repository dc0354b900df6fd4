import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { ForbiddenError } from '../errors/domain-errors.ts';
import type { ProductScope as Scope } from '../http/request/caller.ts';
import { callerOf } from './operator.guard.ts';

const scopeMetadata = 'product-scope';

/** The name of the member of an operation in the OpenAPI document that holds its scope. */
export const scopeExtension = 'x-product-scope';

/** A route of `/operator` that a product key with this scope may call. One without it is for the operator token alone. */
export function ProductScope(scope: Scope): MethodDecorator {
  return applyDecorators(SetMetadata(scopeMetadata, scope), ApiExtension(scopeExtension, scope));
}

/**
 * Asks whether a product key may call the route; the operator token may call every one. It stands behind `OperatorGuard`.
 *
 * @throws ForbiddenError `scope-missing`, which names the scope; `operator-only` where no scope would do
 */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const caller = callerOf(context);
    if (caller.kind === 'operator') return true;
    const scope = this.reflector.get<Scope | undefined>(scopeMetadata, context.getHandler());
    if (scope === undefined)
      throw new ForbiddenError(
        'operator-only',
        'Only the operator token may do this. A product key may not, whatever its scopes.',
      );
    if (caller.scopes.includes(scope)) return true;
    throw new ForbiddenError(
      'scope-missing',
      `This product key lacks the scope ${scope}. It has: ${caller.scopes.join(', ')}. ` +
        'The operator can make a key with other scopes.',
      { scope },
    );
  }
}
