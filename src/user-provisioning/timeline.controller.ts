import { Controller, Get, Headers, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import { TimelineResponse } from './timeline.dto.ts';
import { TimelineService } from './timeline.service.ts';

/** What happened to a person, in order. */
@Controller('api/members')
@UseGuards(SessionGuard)
@ApiTags('Members')
@ApiBearerAuth('session')
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  /** What the identity provider sent, what each run did, what an admin did. */
  @Get(':id/timeline')
  @ApiOperation({ summary: 'Show the history of a member' })
  @ApiOkResponse({ type: TimelineResponse })
  read(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('accept-language') language: string | undefined,
  ): Promise<TimelineResponse> {
    return this.timeline.read(session.workspaceId, id, language);
  }
}

/** What happened to a group, in order. */
@Controller('api/groups')
@UseGuards(SessionGuard)
@ApiTags('Groups')
@ApiBearerAuth('session')
export class GroupTimelineController {
  constructor(private readonly timeline: TimelineService) {}

  /** What the identity provider sent and what each run did, also when a run has deleted the group. */
  @Get(':id/timeline')
  @ApiOperation({ summary: 'Show the timeline of a group' })
  @ApiOkResponse({ type: TimelineResponse })
  read(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('accept-language') language: string | undefined,
  ): Promise<TimelineResponse> {
    return this.timeline.readGroup(session.workspaceId, id, language);
  }
}
