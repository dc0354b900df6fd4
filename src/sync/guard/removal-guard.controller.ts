import { Body, Controller, Get, Headers, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../http/paging/page.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../../workspaces/session.guard.ts';
import { BringBack } from '../undo/bring-back.ts';
import { languageOf } from '../wording/reasons.ts';
import { LetThroughPageResponse, RemovalGuardStateResponse } from './removal-guard.dto.ts';
import { RemovalGuardService } from './removal-guard.service.ts';
import { HeldPeopleDto } from '../requests/sync-runs.dto.ts';
import { RunResponse } from '../record/sync.dto.ts';

/** What the removal guard has let through and holds, and the way back. */
@ApiTags('Synchronization')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/removal-guard')
export class RemovalGuardController {
  constructor(
    private readonly guard: RemovalGuardService,
    private readonly bringBack: BringBack,
  ) {}

  /** How many lost access, and how many are held and keep it. */
  @Get()
  @ApiOperation({ summary: 'Show how the removal guard stands' })
  @ApiOkResponse({ type: RemovalGuardStateResponse })
  state(@CurrentSession() session: Session): Promise<RemovalGuardStateResponse> {
    return this.guard.state(session.workspaceId);
  }

  /** Carries out held removals, whichever runs hold them. 409 `nothing-held`. */
  @Post('approve')
  @ApiOperation({ summary: 'Approve held removals of all runs' })
  @HttpCode(200)
  @ApiBody({ type: HeldPeopleDto, required: false })
  @ApiOkResponse({ type: RemovalGuardStateResponse })
  approve(
    @CurrentSession() session: Session,
    @Body() body: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<RemovalGuardStateResponse> {
    const { directoryUserIds } = parseBody(HeldPeopleDto, body ?? {});
    return this.guard.decide(session, 'approve', directoryUserIds, languageOf(languages));
  }

  /** Refuses held removals, whichever runs hold them. 409 `nothing-held`. */
  @Post('reject')
  @ApiOperation({ summary: 'Reject held removals of all runs' })
  @HttpCode(200)
  @ApiBody({ type: HeldPeopleDto, required: false })
  @ApiOkResponse({ type: RemovalGuardStateResponse })
  reject(
    @CurrentSession() session: Session,
    @Body() body: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<RemovalGuardStateResponse> {
    const { directoryUserIds } = parseBody(HeldPeopleDto, body ?? {});
    return this.guard.decide(session, 'reject', directoryUserIds, languageOf(languages));
  }

  /** Who lost access: the people that `bring-back` is about. */
  @Get('let-through')
  @ApiOperation({ summary: 'List the removals that the guard let through' })
  @ApiQuery({ type: PageQuery })
  @ApiOkResponse({ type: LetThroughPageResponse })
  letThrough(
    @CurrentSession() session: Session,
    @Query() query: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<LetThroughPageResponse> {
    return this.guard.letThrough(session.workspaceId, parseBody(PageQuery, query), languageOf(languages));
  }

  /**
   * Gives everybody of `let-through` their access back, as a run that can be taken back; they keep it until the identity
   * provider sends something newer about them. 409 `nobody-to-bring-back`.
   */
  @Post('bring-back')
  @ApiOperation({ summary: 'Bring back everybody who was let through' })
  @HttpCode(200)
  @ApiOkResponse({ type: RunResponse })
  bringAllBack(
    @CurrentSession() session: Session,
    @Headers('accept-language') languages?: string,
  ): Promise<RunResponse> {
    return this.bringBack.all(session, languageOf(languages));
  }
}
