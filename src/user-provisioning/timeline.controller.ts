import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../errors/sentence.ts';
import { AskerLanguage } from '../http/endpoint/asker-language.ts';
import { Id } from '../http/endpoint/id.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import { TimelineResponse } from './timeline.dto.ts';
import { TimelineService } from './timeline.service.ts';

/** What happened to a person, in order. */
@AdminEndpoint('members', 'Members')
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  /** What the identity provider sent, what each run did, what an admin did. */
  @Get(':id/timeline')
  @ApiOperation({ summary: 'Show the history of a member' })
  @ApiOkResponse({ type: TimelineResponse })
  read(
    @CurrentSession() session: Session,
    @Id('member') id: string,
    @AskerLanguage() language: Language,
  ): Promise<TimelineResponse> {
    return this.timeline.read(session.workspaceId, id, language);
  }
}

/** What happened to a group, in order. */
@AdminEndpoint('groups', 'Groups')
export class GroupTimelineController {
  constructor(private readonly timeline: TimelineService) {}

  /** What the identity provider sent and what each run did, also when a run has deleted the group. */
  @Get(':id/timeline')
  @ApiOperation({ summary: 'Show the timeline of a group' })
  @ApiOkResponse({ type: TimelineResponse })
  read(
    @CurrentSession() session: Session,
    @Id('group') id: string,
    @AskerLanguage() language: Language,
  ): Promise<TimelineResponse> {
    return this.timeline.readGroup(session.workspaceId, id, language);
  }
}
