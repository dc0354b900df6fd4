import { Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../errors/sentence.ts';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import { AskerLanguage } from '../http/endpoint/asker-language.ts';
import { ValidBody } from '../http/endpoint/valid.ts';
import {
  AnswersWithTag,
  AnswersWithWeakTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../http/request/precondition.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { switchState } from '../workspaces/workspace.ts';
import { Quotas } from '../workspaces/quotas.ts';
import { QuotasResponse } from '../workspaces/quotas.dto.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import { SettingsChangeDto, SettingsResponse } from '../workspaces/settings.dto.ts';
import type { WorkspaceSettings } from '../workspaces/workspaces.service.ts';
import {
  ActivatedResponse,
  ActivityResponse,
  AutomaticSyncResponse,
  DeactivatedResponse,
  OverviewResponse,
} from './user-provisioning.dto.ts';
import { OverviewService } from './overview.service.ts';
import { UserProvisioningService } from './user-provisioning.service.ts';

/** Settings → Security and Identity → User Provisioning. */
@AdminEndpoint('user-provisioning', 'User provisioning')
export class UserProvisioningController {
  constructor(
    private readonly provisioning: UserProvisioningService,
    private readonly overviews: OverviewService,
    private readonly quotas: Quotas,
  ) {}

  /**
   * How it stands: state, last contact, what waits, who is there, when it runs next. Its weak `ETag` stands for `state` and
   * `automaticSync`, which the actions below change.
   */
  @Get()
  @AnswersWithWeakTag(switchState)
  @ApiOperation({ summary: 'Show how user provisioning stands' })
  @ApiOkResponse({ type: OverviewResponse })
  overview(
    @CurrentSession() session: Session,
    @AskerLanguage() language: Language,
  ): Promise<OverviewResponse> {
    return this.overviews.overview(session.workspaceId, language);
  }

  /** How many requests came and how many members changed, by day. */
  @Get('activity')
  @ApiOperation({ summary: 'Count requests and changes by day' })
  @ApiOkResponse({ type: ActivityResponse })
  activity(@CurrentSession() session: Session): Promise<ActivityResponse> {
    return this.overviews.activity(session.workspaceId);
  }

  /** How much the workspace may have of what is bounded, and how much of that it has. */
  @Get('quotas')
  @ApiOperation({ summary: 'Show the quotas of the workspace' })
  @ApiOkResponse({ type: QuotasResponse })
  async showQuotas(@CurrentSession() session: Session): Promise<QuotasResponse> {
    return { items: await this.quotas.usage(session.workspaceId) };
  }

  /**
   * Switches it on and issues the first API token, named in your language, as the first property is. 403 when not entitled,
   * 409 when already active.
   */
  @Post('activate')
  @HoldsSecret()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Switch user provisioning on' })
  @ApiCreatedResponse({ type: ActivatedResponse })
  activate(
    @CurrentSession() session: Session,
    @IfMatch() precondition: Precondition,
    @AskerLanguage() language: Language,
  ): Promise<ActivatedResponse> {
    return this.provisioning.activate(session, precondition, language);
  }

  /** Switches it off: tokens stop at once and for ever; directory and members stay. */
  @Post('deactivate')
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Switch user provisioning off' })
  @HttpCode(200)
  @ApiOkResponse({ type: DeactivatedResponse })
  deactivate(
    @CurrentSession() session: Session,
    @IfMatch() precondition: Precondition,
  ): Promise<DeactivatedResponse> {
    return this.provisioning.deactivate(session, precondition);
  }

  /**
   * Starts automatic synchronization: every night, and within seconds when somebody leaves or comes back, as the settings
   * say. The first run by hand starts it, too. 409 when not active.
   */
  @Post('automatic-sync/start')
  @AnswersWithWeakTag(({ automaticSync }) => switchState({ state: 'active', automaticSync }))
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Start automatic synchronization' })
  @HttpCode(200)
  @ApiOkResponse({ type: AutomaticSyncResponse })
  startAutomaticSync(
    @CurrentSession() session: Session,
    @IfMatch() precondition: Precondition,
  ): Promise<AutomaticSyncResponse> {
    return this.provisioning.startAutomaticSync(session, precondition);
  }

  /** Pauses automatic synchronization, nights and all, until it is started again. 409 when not active. */
  @Post('automatic-sync/pause')
  @AnswersWithWeakTag(({ automaticSync }) => switchState({ state: 'active', automaticSync }))
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Pause automatic synchronization' })
  @HttpCode(200)
  @ApiOkResponse({ type: AutomaticSyncResponse })
  pauseAutomaticSync(
    @CurrentSession() session: Session,
    @IfMatch() precondition: Precondition,
  ): Promise<AutomaticSyncResponse> {
    return this.provisioning.pauseAutomaticSync(session, precondition);
  }

  /** When it runs at night, what becomes of leavers, what is held. */
  @Get('settings')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show the settings' })
  @ApiOkResponse({ type: SettingsResponse })
  settings(@CurrentSession() session: Session): Promise<WorkspaceSettings> {
    return this.provisioning.settings(session.workspaceId);
  }

  /** Changes the settings that are given; a bad or unknown one is a 400 that names it. */
  @Patch('settings')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change settings' })
  @ApiOkResponse({ type: SettingsResponse })
  updateSettings(
    @CurrentSession() session: Session,
    @ValidBody() body: SettingsChangeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<WorkspaceSettings> {
    return this.provisioning.updateSettings(session, body, precondition);
  }
}
