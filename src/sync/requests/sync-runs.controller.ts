import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  type MessageEvent,
  Param,
  Post,
  Query,
  Sse,
  UseGuards,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { PageQuery } from '../../http/paging/page.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../../workspaces/session.guard.ts';
import { ApprovalsService } from '../runs/approvals.service.ts';
import { GroupChangesService } from './group-changes.service.ts';
import { languageOf } from '../wording/reasons.ts';
import { RunEventsService } from './run-events.service.ts';
import {
  HeldPeopleDto,
  NewSyncRunDto,
  QueuedRunResponse,
  RunChangePageResponse,
  RunChangesQuery,
  RunGroupChangePageResponse,
  RunPageResponse,
} from './sync-runs.dto.ts';
import { RunResponse } from '../record/sync.dto.ts';
import { SyncRunsService } from './sync-runs.service.ts';

/** Synchronizations: asked for, watched, looked at, approved, taken back. */
@ApiTags('Synchronization')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/sync-runs')
export class SyncRunsController {
  constructor(
    private readonly runs: SyncRunsService,
    private readonly events: RunEventsService,
    private readonly approvals: ApprovalsService,
    private readonly groupChanges: GroupChangesService,
  ) {}

  /** Synchronizes now. */
  @Post()
  @ApiOperation({ summary: 'Synchronize now' })
  @HttpCode(202)
  @ApiBody({ type: NewSyncRunDto, required: false })
  @ApiAcceptedResponse({ type: QueuedRunResponse })
  create(@CurrentSession() session: Session, @Body() body: unknown): Promise<QueuedRunResponse> {
    return this.runs.create(session, parseBody(NewSyncRunDto, body ?? {}).previewVersion);
  }

  /** The runs, newest first. */
  @Get()
  @ApiOperation({ summary: 'List synchronization runs' })
  @ApiQuery({ type: PageQuery })
  @ApiOkResponse({ type: RunPageResponse })
  list(
    @CurrentSession() session: Session,
    @Query() query: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<RunPageResponse> {
    return this.runs.list(session.workspaceId, parseBody(PageQuery, query), languageOf(languages));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a synchronization run' })
  @ApiOkResponse({ type: RunResponse })
  get(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<RunResponse> {
    return this.runs.get(session.workspaceId, id, languageOf(languages));
  }

  /** What the run did or holds. */
  @Get(':id/changes')
  @ApiOperation({ summary: 'List the changes of a run' })
  @ApiQuery({ type: RunChangesQuery })
  @ApiOkResponse({ type: RunChangePageResponse })
  changes(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Query() query: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<RunChangePageResponse> {
    const parsed = parseBody(RunChangesQuery, query);
    return this.runs.changes(session.workspaceId, id, parsed, languageOf(languages));
  }

  /** What the run did to groups, and how many people joined and left them. */
  @Get(':id/groups')
  @ApiOperation({ summary: 'List what a run did to groups' })
  @ApiQuery({ type: PageQuery })
  @ApiOkResponse({ type: RunGroupChangePageResponse })
  groups(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<RunGroupChangePageResponse> {
    return this.groupChanges.ofRun(session.workspaceId, id, parseBody(PageQuery, query));
  }

  /** Server-sent events: `progress` whenever the run has moved on, then `end`, each with the run. */
  @Sse(':id/events')
  @ApiOperation({ summary: 'Watch a run as server-sent events' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'Events `progress` and `end`; the data of each is a run.',
    schema: { type: 'string' },
  })
  watch(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<Observable<MessageEvent>> {
    return this.events.watch(session, id, languageOf(languages));
  }

  /** Carries out held removals. */
  @Post(':id/approve')
  @ApiOperation({ summary: 'Carry out held removals' })
  @HttpCode(200)
  @ApiBody({ type: HeldPeopleDto, required: false })
  @ApiOkResponse({ type: RunResponse })
  approve(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<RunResponse> {
    const { directoryUserIds } = parseBody(HeldPeopleDto, body ?? {});
    return this.approvals.approve(session, id, directoryUserIds, languageOf(languages));
  }

  /** Refuses held removals. */
  @Post(':id/reject')
  @ApiOperation({ summary: 'Refuse held removals' })
  @HttpCode(200)
  @ApiBody({ type: HeldPeopleDto, required: false })
  @ApiOkResponse({ type: RunResponse })
  reject(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<RunResponse> {
    const { directoryUserIds } = parseBody(HeldPeopleDto, body ?? {});
    return this.approvals.reject(session, id, directoryUserIds, languageOf(languages));
  }

  /** Takes everything back that the run did, as far as nothing has touched it since; an undo, too. */
  @Post(':id/undo')
  @ApiOperation({ summary: 'Take a run back' })
  @HttpCode(202)
  @ApiAcceptedResponse({ type: QueuedRunResponse })
  undo(@CurrentSession() session: Session, @Param('id') id: string): Promise<QueuedRunResponse> {
    return this.runs.undo(session, id);
  }
}
