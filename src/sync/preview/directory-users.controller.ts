import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { DirectoryUsersQuery, DirectoryUsersResponse } from './directory-users.dto.ts';
import { DirectoryUsersService } from './directory-users.service.ts';

/** Who came from the identity provider. */
@AdminEndpoint('directory', 'Synchronization')
export class DirectoryUsersController {
  constructor(private readonly users: DirectoryUsersService) {}

  /**
   * Everybody the identity provider sent, each with state and reason, also when nothing would change; people it has
   * deleted as long as something about them is pending or withheld. `GET /api/sync-preview/{directoryUserId}` has the whole
   * reasoning.
   */
  @Get('users')
  @ApiOperation({ summary: 'List everybody in the directory' })
  @ApiOkResponse({ type: DirectoryUsersResponse })
  page(
    @CurrentSession() session: Session,
    @ValidQuery() query: DirectoryUsersQuery,
    @AskerLanguage() language: Language,
  ): Promise<DirectoryUsersResponse> {
    return this.users.page(session.workspaceId, query, language);
  }
}
