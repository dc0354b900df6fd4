import { Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiOkResponse } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import { PageQuery } from '../../http/paging/page.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { RunResponse } from '../record/sync.dto.ts';
import { HeldPeopleDto } from '../requests/sync-runs.dto.ts';
import { BringBack } from '../undo/bring-back.ts';
import {
  LetThroughPageResponse,
  RemovalGuardStandingResponse,
  RemovalGuardStateResponse,
} from './removal-guard.dto.ts';
import { RemovalGuardService } from './removal-guard.service.ts';

/** What the removal guard has let through and holds, and the way back. */
@AdminEndpoint('removal-guard', 'Synchronization')
export class RemovalGuardController {
  constructor(
    private readonly guard: RemovalGuardService,
    private readonly bringBack: BringBack,
  ) {}

  /** How many lost access, and how many are held and keep it. */
  @Get()
  @ApiOperation({ summary: 'Show how the removal guard stands' })
  @ApiOkResponse({ type: RemovalGuardStandingResponse })
  state(@CurrentSession() session: Session): Promise<RemovalGuardStandingResponse> {
    return this.guard.standing(session.workspaceId);
  }

  /** Carries out held removals, whichever runs hold them. 409 `nothing-held`. */
  @Post('approve')
  @ApiOperation({ summary: 'Approve held removals of all runs' })
  @HttpCode(200)
  @ApiOkResponse({ type: RemovalGuardStateResponse })
  approve(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: HeldPeopleDto,
    @AskerLanguage() language: Language,
  ): Promise<RemovalGuardStateResponse> {
    const { directoryUserIds } = body;
    return this.guard.decide(session, 'approve', directoryUserIds, language);
  }

  /** Refuses held removals, whichever runs hold them. 409 `nothing-held`. */
  @Post('reject')
  @ApiOperation({ summary: 'Reject held removals of all runs' })
  @HttpCode(200)
  @ApiOkResponse({ type: RemovalGuardStateResponse })
  reject(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: HeldPeopleDto,
    @AskerLanguage() language: Language,
  ): Promise<RemovalGuardStateResponse> {
    const { directoryUserIds } = body;
    return this.guard.decide(session, 'reject', directoryUserIds, language);
  }

  /** Who lost access: the people that `bring-back` is about. */
  @Get('let-through')
  @ApiOperation({ summary: 'List the removals that the guard let through' })
  @ApiOkResponse({ type: LetThroughPageResponse })
  letThrough(
    @CurrentSession() session: Session,
    @ValidQuery() query: PageQuery,
    @AskerLanguage() language: Language,
  ): Promise<LetThroughPageResponse> {
    return this.guard.letThrough(session.workspaceId, query, language);
  }

  /**
   * Gives everybody of `let-through` who is not excluded their access back, as a run that can be taken back; they keep it
   * until the identity provider sends something newer about them. 409 `nobody-to-bring-back`.
   */
  @Post('bring-back')
  @ApiOperation({ summary: 'Bring back everybody who was let through' })
  @HttpCode(200)
  @ApiOkResponse({ type: RunResponse })
  bringAllBack(
    @CurrentSession() session: Session,
    @AskerLanguage() language: Language,
  ): Promise<RunResponse> {
    return this.bringBack.all(session, language);
  }
}
