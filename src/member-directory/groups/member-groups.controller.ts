import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '../../http/paging/page.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../../workspaces/session.guard.ts';
import {
  MemberGroupListQuery,
  MemberGroupPageResponse,
  type MemberGroupResponse,
} from './member-group.dto.ts';
import { MemberGroupsService } from './member-groups.service.ts';
import { MemberPageResponse } from '../members/member.dto.ts';
import type { Member } from '../members/member-row.ts';

/** Member groups, for the workspace's admin. */
@ApiTags('Groups')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/groups')
export class MemberGroupsController {
  constructor(private readonly groups: MemberGroupsService) {}

  /** Lists the member groups with how many members each has. */
  @Get()
  @ApiOperation({ summary: 'List member groups' })
  @ApiQuery({ type: MemberGroupListQuery })
  @ApiOkResponse({ type: MemberGroupPageResponse })
  list(@CurrentSession() session: Session, @Query() query: unknown): Promise<Page<MemberGroupResponse>> {
    return this.groups.list(session.workspaceId, parseBody(MemberGroupListQuery, query));
  }

  /** Lists the members of a group. */
  @Get(':id/members')
  @ApiOperation({ summary: 'List the members of a group' })
  @ApiQuery({ type: PageQuery })
  @ApiOkResponse({ type: MemberPageResponse })
  members(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Page<Member>> {
    return this.groups.members(session.workspaceId, id, parseBody(PageQuery, query));
  }
}
