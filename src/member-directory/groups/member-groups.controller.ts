import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Id } from '../../http/endpoint/id.ts';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import { type Page, PageQuery } from '../../http/paging/page.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import type { Member } from '../members/member-row.ts';
import { MemberPageResponse } from '../members/member.dto.ts';
import { MemberGroupListQuery, MemberGroupPageResponse, MemberGroupResponse } from './member-group.dto.ts';
import { MemberGroupsService } from './member-groups.service.ts';

/** Member groups, for the workspace's admin. */
@AdminEndpoint('groups', 'Groups')
export class MemberGroupsController {
  constructor(private readonly groups: MemberGroupsService) {}

  /** Lists the member groups with how many members each has. */
  @Get()
  @ApiOperation({ summary: 'List member groups' })
  @ApiOkResponse({ type: MemberGroupPageResponse })
  list(
    @CurrentSession() session: Session,
    @ValidQuery() query: MemberGroupListQuery,
  ): Promise<Page<MemberGroupResponse>> {
    return this.groups.list(session.workspaceId, query);
  }

  /** Reads a member group. */
  @Get(':id')
  @ApiOperation({ summary: 'Get a member group' })
  @ApiOkResponse({ type: MemberGroupResponse })
  one(@CurrentSession() session: Session, @Id('group') id: string): Promise<MemberGroupResponse> {
    return this.groups.one(session.workspaceId, id);
  }

  /** Lists the members of a group. */
  @Get(':id/members')
  @ApiOperation({ summary: 'List the members of a group' })
  @ApiOkResponse({ type: MemberPageResponse })
  members(
    @CurrentSession() session: Session,
    @Id('group') id: string,
    @ValidQuery() query: PageQuery,
  ): Promise<Page<Member>> {
    return this.groups.members(session.workspaceId, id, query);
  }
}
