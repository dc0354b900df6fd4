import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { parseBody } from '../errors/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import { LinkDecisionsService } from './link-decisions.service.ts';
import { languageOf } from './reasons.ts';
import {
  ExplainedChangeResponse,
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
  ) {}

  /** All pending changes, computed now; nothing is written. */
  @Get()
  @ApiOperation({ summary: 'List pending changes' })
  @ApiQuery({ type: SyncPreviewQuery })
  @ApiOkResponse({ type: SyncPreviewResponse })
  page(
    @CurrentSession() session: Session,
    @Query() query: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<SyncPreviewResponse> {
    return this.preview.page(session.workspaceId, parseBody(SyncPreviewQuery, query), languageOf(languages));
  }

  /** What would happen to one person, and why, step by step; also when nothing would. */
  @Get(':directoryUserId')
  @ApiOperation({ summary: 'Explain what would happen to a person' })
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
  @ApiOperation({ summary: 'Say which member a person is' })
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
  @ApiOperation({ summary: 'Exclude a person from synchronization' })
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
  @ApiOperation({ summary: 'Take the exclusion of a person back' })
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
  @ApiOperation({ summary: 'Try the conflict of a person again' })
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
  @ApiOperation({ summary: 'Allow a suppressed change again' })
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
