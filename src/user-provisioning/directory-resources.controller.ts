import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { parseBody } from '../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import {
  DirectoryResourceListResponse,
  DirectoryResourceQuery,
  DirectoryResourceResponse,
} from './logs.dto.ts';
import { RequestLogViewService } from './request-log-view.service.ts';

/** The people and groups that the identity provider sent, to find those whose requests are looked for. */
@Controller('api/directory-resources')
@UseGuards(SessionGuard)
@ApiTags('Logs')
@ApiBearerAuth('session')
export class DirectoryResourcesController {
  constructor(private readonly requests: RequestLogViewService) {}

  /** People and groups by a part of their name or user name: at most 20 of each. */
  @Get()
  @ApiOperation({ summary: 'Search people and groups of the directory' })
  @ApiQuery({ type: DirectoryResourceQuery })
  @ApiOkResponse({ type: DirectoryResourceListResponse })
  search(
    @CurrentSession() session: Session,
    @Query() query: unknown,
  ): Promise<DirectoryResourceListResponse> {
    return this.requests.searchResources(
      session.workspaceId,
      parseBody(DirectoryResourceQuery, query).search,
    );
  }

  /** One person or group, also when it has been deleted. */
  @Get(':id')
  @ApiOperation({ summary: 'Show a person or group of the directory' })
  @ApiOkResponse({ type: DirectoryResourceResponse })
  get(@CurrentSession() session: Session, @Param('id') id: string): Promise<DirectoryResourceResponse> {
    return this.requests.getResource(session.workspaceId, id);
  }
}
