import { Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { searchRequest } from '../../scim-core/list-request.ts';
import type { ScimAnswer } from '../protocol/scim-answer.ts';
import { ScimEndpoint } from '../protocol/scim-endpoint.ts';
import { Scim, type ScimRequest } from '../protocol/scim-request.ts';
import { ScimOperation } from '../protocol/scim-openapi.ts';
import { UsersService } from './users.service.ts';

/** `/scim/v2/Users` (RFC 7644 §3). */
@ScimEndpoint('Users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @ScimOperation('List users', 'list')
  list(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.users.list(request, request.query);
  }

  @Post('.search')
  @HttpCode(200)
  @ScimOperation('List users by a SearchRequest', 'search')
  search(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.users.list(request, searchRequest(request.body));
  }

  @Post()
  @ScimOperation('Create a user', 'create')
  create(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.users.create(request);
  }

  @Get(':id')
  @ScimOperation('Read a user', 'get')
  get(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.users.get(request, id);
  }

  @Put(':id')
  @ScimOperation('Replace a user', 'replace')
  replace(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.users.replace(request, id);
  }

  @Patch(':id')
  @ScimOperation('Change a user', 'patch')
  patch(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.users.patch(request, id);
  }

  @Delete(':id')
  @ScimOperation('Delete a user', 'delete')
  remove(@Scim() request: ScimRequest, @Param('id') id: string): Promise<ScimAnswer> {
    return this.users.remove(request, id);
  }
}
