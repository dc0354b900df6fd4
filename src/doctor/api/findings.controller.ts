import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { FindingsResponse } from './findings.dto.ts';
import { FindingsService } from './findings.service.ts';

/** What is wrong on the other side. */
@AdminEndpoint('user-provisioning', 'User provisioning')
export class FindingsController {
  constructor(private readonly findings: FindingsService) {}

  /**
   * What the traffic of the identity provider shows: each thing that is wrong there, since when, and the clicks that fix it.
   * Also which requests were refused because of their token, as far as they can be told to belong to this workspace.
   */
  @Get('findings')
  @ApiOperation({ summary: 'Show what is wrong at the identity provider' })
  @ApiOkResponse({ type: FindingsResponse })
  read(@CurrentSession() session: Session, @AskerLanguage() language: Language): Promise<FindingsResponse> {
    return this.findings.read(session.workspaceId, language);
  }
}
