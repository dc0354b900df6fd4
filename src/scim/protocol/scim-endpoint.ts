import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiTokenGuard } from '../../tokens/api-token.guard.ts';

export const scimRoot = 'scim/v2';

/**
 * A controller of the SCIM protocol under `/scim/v2/{path}`: behind an API token, answering SCIM.
 *
 * @param path the resource's endpoint without a slash, or empty for the root
 */
export function ScimEndpoint(path: string): ClassDecorator {
  return applyDecorators(
    Controller(path === '' ? scimRoot : `${scimRoot}/${path}`),
    UseGuards(ApiTokenGuard),
    ApiTags('SCIM'),
    ApiBearerAuth('apiToken'),
  );
}
