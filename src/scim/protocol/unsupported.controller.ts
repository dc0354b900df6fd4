import { All, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ScimError } from '../../scim-core/scim-error.ts';
import { ScimEndpoint } from './scim-endpoint.ts';

const methodsOf: readonly [RegExp, string][] = [
  [/^\/scim\/v2\/?$/i, 'GET'],
  [/^\/scim\/v2\/(?:Users|Groups)$/i, 'GET, POST'],
  [/^\/scim\/v2\/(?:(?:Users|Groups)\/)?\.search$/i, 'POST'],
  [/^\/scim\/v2\/(?:Users|Groups)\/[^/]+$/i, 'GET, PUT, PATCH, DELETE'],
  [/^\/scim\/v2\/Bulk$/i, 'POST'],
  [/^\/scim\/v2\/(?:ServiceProviderConfig|ResourceTypes|Schemas)(?:\/[^/]+)?$/i, 'GET'],
];

/** What no other SCIM route took: known but not implemented (501), the wrong verb (405), or nothing at all (404). */
@ScimEndpoint('')
export class UnsupportedController {
  @All('Me')
  @ApiExcludeEndpoint()
  notImplemented(@Req() request: Request): never {
    throw ScimError.notImplemented(`${request.path} is not implemented by this server.`);
  }

  @All(['', '*path'])
  @ApiExcludeEndpoint()
  unknown(@Req() request: Request, @Res({ passthrough: true }) response: Response): never {
    const allowed = methodsOf.find(([path]) => path.test(request.path));
    if (allowed === undefined) throw ScimError.notFound(`There is no resource at ${request.path}.`);
    response.setHeader('Allow', allowed[1]);
    throw new ScimError(
      405,
      undefined,
      `${request.method} is not allowed on ${request.path}; allowed: ${allowed[1]}.`,
    );
  }
}
