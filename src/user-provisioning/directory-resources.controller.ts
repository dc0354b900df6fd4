import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Id } from '../http/endpoint/id.ts';
import { ValidQuery } from '../http/endpoint/valid.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import {
  DirectoryResourceListResponse,
  DirectoryResourceQuery,
  DirectoryResourceResponse,
} from './logs.dto.ts';
import { RequestLogViewService } from './request-log-view.service.ts';

/** The people and groups that the identity provider sent, to find those whose requests are looked for. */
@AdminEndpoint('directory-resources', 'Logs')
export class DirectoryResourcesController {
  constructor(private readonly requests: RequestLogViewService) {}

  /** People and groups by a part of their name or user name: at most 20 of each. */
  @Get()
  @ApiOperation({ summary: 'Search people and groups of the directory' })
  @ApiOkResponse({ type: DirectoryResourceListResponse })
  search(
    @CurrentSession() session: Session,
    @ValidQuery() query: DirectoryResourceQuery,
  ): Promise<DirectoryResourceListResponse> {
    return this.requests.searchResources(session.workspaceId, query.search);
  }

  /** One person or group, also when it has been deleted. */
  @Get(':id')
  @ApiOperation({ summary: 'Show a person or group of the directory' })
  @ApiOkResponse({ type: DirectoryResourceResponse })
  get(
    @CurrentSession() session: Session,
    @Id('person or group') id: string,
  ): Promise<DirectoryResourceResponse> {
    return this.requests.getResource(session.workspaceId, id);
  }
}
