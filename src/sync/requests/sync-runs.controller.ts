import { Get, HttpCode, type MessageEvent, Post, Sse } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import { PageQuery } from '../../http/paging/page.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { RunResponse } from '../record/sync.dto.ts';
import { ApprovalsService } from '../runs/approvals.service.ts';
import { GroupChangesService } from './group-changes.service.ts';
import { RunChangesService } from './run-changes.service.ts';
import { RunEventsService } from './run-events.service.ts';
import {
  HeldPeopleDto,
  NewSyncRunDto,
  QueuedRunResponse,
  RunChangePageResponse,
  RunChangesQuery,
  RunGroupChangePageResponse,
  RunGroupsQuery,
  RunPageResponse,
  UndoPreviewResponse,
} from './sync-runs.dto.ts';
import { SyncRunsService } from './sync-runs.service.ts';
import { UndoPreviewService } from './undo-preview.service.ts';

/** Synchronizations: asked for, watched, looked at, approved, taken back. */
@AdminEndpoint('sync-runs', 'Synchronization')
export class SyncRunsController {
  constructor(
    private readonly runs: SyncRunsService,
    private readonly events: RunEventsService,
    private readonly approvals: ApprovalsService,
    private readonly groupChanges: GroupChangesService,
    private readonly runChanges: RunChangesService,
    private readonly undoPreview: UndoPreviewService,
  ) {}

  /**
   * Synchronizes now: everybody, or only the people who are named. A run of named people does not start automatic
   * synchronization.
   */
  @Post()
  @ApiOperation({ summary: 'Synchronize now' })
  @HttpCode(202)
  @ApiAcceptedResponse({ type: QueuedRunResponse })
  create(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: NewSyncRunDto,
  ): Promise<QueuedRunResponse> {
    return this.runs.create(session, body);
  }

  /** The runs, newest first. */
  @Get()
  @ApiOperation({ summary: 'List synchronization runs' })
  @ApiOkResponse({ type: RunPageResponse })
  list(
    @CurrentSession() session: Session,
    @ValidQuery() query: PageQuery,
    @AskerLanguage() language: Language,
  ): Promise<RunPageResponse> {
    return this.runs.list(session.workspaceId, query, language);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a synchronization run' })
  @ApiOkResponse({ type: RunResponse })
  get(
    @CurrentSession() session: Session,
    @Id('sync run') id: string,
    @AskerLanguage() language: Language,
  ): Promise<RunResponse> {
    return this.runs.get(session.workspaceId, id, language);
  }

  /** What the run did or holds. */
  @Get(':id/changes')
  @ApiOperation({ summary: 'List the changes of a run' })
  @ApiOkResponse({ type: RunChangePageResponse })
  changes(
    @CurrentSession() session: Session,
    @Id('sync run') id: string,
    @ValidQuery() query: RunChangesQuery,
    @AskerLanguage() language: Language,
  ): Promise<RunChangePageResponse> {
    return this.runChanges.ofRun(session.workspaceId, id, query, language);
  }

  /** What the run did to groups, and how many people joined and left them. */
  @Get(':id/groups')
  @ApiOperation({ summary: 'List what a run did to groups' })
  @ApiOkResponse({ type: RunGroupChangePageResponse })
  groups(
    @CurrentSession() session: Session,
    @Id('sync run') id: string,
    @ValidQuery() query: RunGroupsQuery,
  ): Promise<RunGroupChangePageResponse> {
    return this.groupChanges.ofRun(session.workspaceId, id, query);
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
    @Id('sync run') id: string,
    @AskerLanguage() language: Language,
  ): Promise<Observable<MessageEvent>> {
    return this.events.watch(session, id, language);
  }

  /** Carries out held removals. */
  @Post(':id/approve')
  @ApiOperation({ summary: 'Carry out held removals' })
  @HttpCode(200)
  @ApiOkResponse({ type: RunResponse })
  approve(
    @CurrentSession() session: Session,
    @Id('sync run') id: string,
    @ValidBody({ optional: true }) body: HeldPeopleDto,
    @AskerLanguage() language: Language,
  ): Promise<RunResponse> {
    const { directoryUserIds } = body;
    return this.approvals.approve(session, id, directoryUserIds, language);
  }

  /** Refuses held removals. */
  @Post(':id/reject')
  @ApiOperation({ summary: 'Refuse held removals' })
  @HttpCode(200)
  @ApiOkResponse({ type: RunResponse })
  reject(
    @CurrentSession() session: Session,
    @Id('sync run') id: string,
    @ValidBody({ optional: true }) body: HeldPeopleDto,
    @AskerLanguage() language: Language,
  ): Promise<RunResponse> {
    const { directoryUserIds } = body;
    return this.approvals.reject(session, id, directoryUserIds, language);
  }

  /** What an undo of the run would do now: how many people lose or get access, and how many changes stay. */
  @Get(':id/undo')
  @ApiOperation({ summary: 'Preview the undo of a run' })
  @ApiOkResponse({ type: UndoPreviewResponse })
  previewUndo(@CurrentSession() session: Session, @Id('sync run') id: string): Promise<UndoPreviewResponse> {
    return this.undoPreview.of(session.workspaceId, id);
  }

  /** Takes everything back that the run did, as far as nothing has touched it since; an undo, too. */
  @Post(':id/undo')
  @ApiOperation({ summary: 'Take a run back' })
  @HttpCode(202)
  @ApiAcceptedResponse({ type: QueuedRunResponse })
  undo(@CurrentSession() session: Session, @Id('sync run') id: string): Promise<QueuedRunResponse> {
    return this.runs.undo(session, id);
  }
}
