import { HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody } from '../../http/endpoint/valid.ts';
import { BulkResponse } from '../../http/paging/bulk.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { BulkDecisionsService } from './bulk-decisions.service.ts';
import { BulkPeopleDto } from './bulk.dto.ts';

/** What an admin decides about many people of the preview at once. */
@AdminEndpoint('sync-preview', 'Synchronization')
export class BulkController {
  constructor(private readonly decisions: BulkDecisionsService) {}

  /**
   * Decides about everybody who is named, or who matches, in one transaction, and says what became of each. Ask first with
   * `dryRun`: its `selection` stands for exactly those people, and is sent back as `confirmed`. 409 `selection-changed`
   * when others match by then.
   */
  @Post('bulk')
  @ApiOperation({ summary: 'Decide about many people' })
  @HttpCode(200)
  @ApiOkResponse({ type: BulkResponse })
  act(@CurrentSession() session: Session, @ValidBody() body: BulkPeopleDto): Promise<BulkResponse> {
    return this.decisions.act(session, body);
  }
}
