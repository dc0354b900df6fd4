import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { OperatorGuard } from './operator.guard.ts';
import { ScopeGuard } from './scope.guard.ts';

/**
 * A controller for the vendor: behind the operator token, and product keys where a handler says by `ProductScope` which
 * scope it needs.
 *
 * @param path its address below `/operator`; empty for `/operator` itself
 * @param tag its chapter of the OpenAPI document
 */
export function OperatorEndpoint(path: string, tag = 'Operator'): ClassDecorator {
  return applyDecorators(
    Controller(path === '' ? 'operator' : `operator/${path}`),
    UseGuards(OperatorGuard, ScopeGuard),
    ApiTags(tag),
    ApiBearerAuth('operator'),
  );
}
