import { Get, HttpCode, Post } from '@nestjs/common';
import { RootService } from './root.service.ts';
import { searchRequest } from '../../scim-core/list-request.ts';
import type { ScimAnswer } from '../protocol/scim-answer.ts';
import { ScimEndpoint } from '../protocol/scim-endpoint.ts';
import { ScimOperation } from '../protocol/scim-openapi.ts';
import { Scim, type ScimRequest } from '../protocol/scim-request.ts';

/** `/scim/v2` itself: queries over all resources (RFC 7644 §3.4.2.1). */
@ScimEndpoint('')
export class RootController {
  constructor(private readonly root: RootService) {}

  @Get()
  @ScimOperation('List users and groups', 'list')
  list(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.root.list(request, request.query);
  }

  @Post('.search')
  @HttpCode(200)
  @ScimOperation('List users and groups by a SearchRequest', 'search')
  search(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.root.list(request, searchRequest(request.body));
  }
}
