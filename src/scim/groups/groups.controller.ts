import { Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { searchRequest } from '../../scim-core/list-request.ts';
import type { ScimAnswer } from '../protocol/scim-answer.ts';
import { ScimEndpoint } from '../protocol/scim-endpoint.ts';
import { Scim, type ScimRequest } from '../protocol/scim-request.ts';
import { ScimOperation } from '../protocol/scim-openapi.ts';
import { GroupsService } from './groups.service.ts';

/** `/scim/v2/Groups` (RFC 7644 §3). */
@ScimEndpoint('Groups')
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  @Get()
  @ScimOperation('List groups', 'list')
  list(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.groups.list(request, request.query);
  }

  @Post('.search')
  @HttpCode(200)
  @ScimOperation('List groups by a SearchRequest', 'search')
  search(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.groups.list(request, searchRequest(request.body));
  }

  @Post()
  @ScimOperation('Create a group', 'create')
  create(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.groups.create(request);
  }

  @Get(':id')
  @ScimOperation('Read a group', 'get')
  get(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.groups.get(request, id);
  }

  @Put(':id')
  @ScimOperation('Replace a group', 'replace')
  replace(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.groups.replace(request, id);
  }

  @Patch(':id')
  @ScimOperation('Change a group', 'patch')
  patch(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.groups.patch(request, id);
  }

  @Delete(':id')
  @ScimOperation('Delete a group', 'delete')
  remove(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.groups.remove(request, id);
  }
}
