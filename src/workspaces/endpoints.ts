import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { SessionGuard } from './session.guard.ts';

/**
 * A controller for the admin of a workspace, behind a session.
 *
 * @param path its address below `/api`; empty for `/api` itself
 * @param tag its chapter of the OpenAPI document
 */
export function AdminEndpoint(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(path === '' ? 'api' : `api/${path}`),
    UseGuards(SessionGuard),
    ApiTags(tag),
    ApiBearerAuth('session'),
  );
}
