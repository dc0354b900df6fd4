import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../../workspaces/session.guard.ts';
import { GroupsChoiceChangeDto } from '../../workspaces/settings.dto.ts';
import {
  DirectoryGroupListQuery,
  DirectoryGroupPageResponse,
  type DirectoryGroupResponse,
  GroupsChoicePreviewResponse,
} from './directory-groups.dto.ts';
import { DirectoryGroupsService } from './directory-groups.service.ts';

/** The groups that the identity provider sent, for the admin who chooses among them. */
@ApiTags('Synchronization')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/directory-groups')
export class DirectoryGroupsController {
  constructor(private readonly groups: DirectoryGroupsService) {}

  /** Lists the groups, and whether each is synchronized. */
  @Get()
  @ApiOperation({ summary: 'List directory groups' })
  @ApiQuery({ type: DirectoryGroupListQuery })
  @ApiOkResponse({ type: DirectoryGroupPageResponse })
  list(@CurrentSession() session: Session, @Query() query: unknown): Promise<Page<DirectoryGroupResponse>> {
    return this.groups.list(session.workspaceId, parseBody(DirectoryGroupListQuery, query));
  }

  /** What the next run would do to groups if the settings chose them so; what is absent is as it is. */
  @Post('preview')
  @ApiOperation({ summary: 'Preview another choice of groups' })
  @HttpCode(200)
  @ApiBody({ type: GroupsChoiceChangeDto })
  @ApiOkResponse({ type: GroupsChoicePreviewResponse })
  preview(@CurrentSession() session: Session, @Body() body: unknown): Promise<GroupsChoicePreviewResponse> {
    return this.groups.preview(session.workspaceId, parseBody(GroupsChoiceChangeDto, body));
  }
}
