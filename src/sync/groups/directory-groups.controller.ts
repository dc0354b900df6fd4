import { Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import type { Page } from '../../http/paging/page.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { GroupsChoiceChangeDto } from '../../workspaces/settings.dto.ts';
import {
  DirectoryGroupListQuery,
  DirectoryGroupPageResponse,
  type DirectoryGroupResponse,
  GroupsChoicePreviewResponse,
} from './directory-groups.dto.ts';
import { DirectoryGroupsService } from './directory-groups.service.ts';

/** The groups that the identity provider sent, for the admin who chooses among them. */
@AdminEndpoint('directory-groups', 'Synchronization')
export class DirectoryGroupsController {
  constructor(private readonly groups: DirectoryGroupsService) {}

  /** Lists the groups, and whether each is synchronized. */
  @Get()
  @ApiOperation({ summary: 'List directory groups' })
  @ApiOkResponse({ type: DirectoryGroupPageResponse })
  list(
    @CurrentSession() session: Session,
    @ValidQuery() query: DirectoryGroupListQuery,
  ): Promise<Page<DirectoryGroupResponse>> {
    return this.groups.list(session.workspaceId, query);
  }

  /** What the next run would do to groups if the settings chose them so; what is absent is as it is. */
  @Post('preview')
  @ApiOperation({ summary: 'Preview another choice of groups' })
  @HttpCode(200)
  @ApiOkResponse({ type: GroupsChoicePreviewResponse })
  preview(
    @CurrentSession() session: Session,
    @ValidBody() body: GroupsChoiceChangeDto,
  ): Promise<GroupsChoicePreviewResponse> {
    return this.groups.preview(session.workspaceId, body);
  }
}
