import { HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { ValidBody } from '../../http/endpoint/valid.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { RolePreviewDto, RolePreviewResponse } from './role-preview.dto.ts';
import { RolePreviewService } from './role-preview.service.ts';

/** What rules of roles would do, before they are saved. */
@AdminEndpoint('role-mapping', 'Roles')
export class RolePreviewController {
  constructor(private readonly previews: RolePreviewService) {}

  /** Who would gain and lose which role by the given rules, counted over everybody; nothing is saved. */
  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Preview what gives roles' })
  @ApiOkResponse({ type: RolePreviewResponse })
  preview(
    @CurrentSession() session: Session,
    @ValidBody() body: RolePreviewDto,
    @AskerLanguage() language: Language,
  ): Promise<RolePreviewResponse> {
    return this.previews.preview(session.workspaceId, body, language);
  }
}
