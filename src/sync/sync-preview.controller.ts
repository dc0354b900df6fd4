import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { parseBody } from '../errors/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import { LinkDecisionsService } from './link-decisions.service.ts';
import { LiftService } from './lift.service.ts';
import { languageOf } from './reasons.ts';
import {
  ExplainedChangeResponse,
  LiftDto,
  LiftedResponse,
  LinkDto,
  SyncPreviewQuery,
  SyncPreviewResponse,
} from './sync-preview.dto.ts';
import { SyncPreviewService } from './sync-preview.service.ts';

/** What a synchronization would do, and what an admin can do about one person. */
@ApiTags('Synchronization')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/sync-preview')
export class SyncPreviewController {
  constructor(
    private readonly preview: SyncPreviewService,
    private readonly decisions: LinkDecisionsService,
    private readonly lifting: LiftService,
  ) {}

  /** All pending changes, computed now; nothing is written. */
  @Get()
  @ApiQuery({ type: SyncPreviewQuery })
  @ApiOkResponse({ type: SyncPreviewResponse })
  page(
    @CurrentSession() session: Session,
    @Query() query: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<SyncPreviewResponse> {
    return this.preview.page(session.workspaceId, parseBody(SyncPreviewQuery, query), languageOf(languages));
  }

  /** Lifts the suppression of many at once: of the people and groups that are named, or that a filter finds. */
  @Post('lift')
  @HttpCode(200)
  @ApiBody({ type: LiftDto })
  @ApiOkResponse({ type: LiftedResponse })
  liftMany(@CurrentSession() session: Session, @Body() body: unknown): Promise<LiftedResponse> {
    return this.lifting.lift(session, parseBody(LiftDto, body));
  }

  /** What would happen to one person, and why, step by step; also when nothing would. */
  @Get(':directoryUserId')
  @ApiOkResponse({ type: ExplainedChangeResponse })
  explain(
    @CurrentSession() session: Session,
    @Param('directoryUserId') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<ExplainedChangeResponse> {
    return this.preview.explain(session.workspaceId, id, languageOf(languages));
  }

  /** Says which member the person is; answers with what would happen now. */
  @Post(':directoryUserId/link')
  @HttpCode(200)
  @ApiBody({ type: LinkDto })
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async link(
    @CurrentSession() session: Session,
    @Param('directoryUserId') id: string,
    @Body() body: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.link(session, id, parseBody(LinkDto, body).memberId);
    return this.explain(session, id, languages);
  }

  /** Excludes the person from synchronization. */
  @Post(':directoryUserId/exclude')
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async exclude(
    @CurrentSession() session: Session,
    @Param('directoryUserId') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.exclude(session, id);
    return this.explain(session, id, languages);
  }

  /** Takes an exclusion back. */
  @Post(':directoryUserId/include')
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async include(
    @CurrentSession() session: Session,
    @Param('directoryUserId') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.include(session, id);
    return this.explain(session, id, languages);
  }

  /** Has the next run look at a person who is a conflict once more. */
  @Post(':directoryUserId/retry')
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async retry(
    @CurrentSession() session: Session,
    @Param('directoryUserId') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.retry(session, id);
    return this.explain(session, id, languages);
  }

  /** Lifts the suppression of a change that was taken back or rejected. */
  @Post(':directoryUserId/lift')
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async lift(
    @CurrentSession() session: Session,
    @Param('directoryUserId') id: string,
    @Headers('accept-language') languages?: string,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.lift(session, id);
    return this.explain(session, id, languages);
  }
}
