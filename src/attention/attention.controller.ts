import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../errors/sentence.ts';
import { AskerLanguage } from '../http/endpoint/asker-language.ts';
import { ValidQuery } from '../http/endpoint/valid.ts';
import type { Caller } from '../http/request/caller.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { ProductScope } from '../operator-access/scope.guard.ts';
import { AttentionPageResponse, AttentionQuery } from './attention.dto.ts';
import { AttentionService } from './attention.service.ts';

/** What needs somebody, over all workspaces. */
@OperatorEndpoint('attention')
export class AttentionController {
  constructor(private readonly attention: AttentionService) {}

  /**
   * The workspaces that need somebody: a failed or stuck run, no token, a silent identity provider, held removals, a night
   * that is overdue, an end that is near, conflicts.
   */
  @Get()
  @ProductScope('workspaces:read')
  @ApiOperation({ summary: 'List what needs somebody' })
  @ApiOkResponse({ type: AttentionPageResponse })
  list(
    @CurrentCaller() caller: Caller,
    @ValidQuery() query: AttentionQuery,
    @AskerLanguage() language: Language,
  ): Promise<AttentionPageResponse> {
    return this.attention.list(query, caller, language);
  }
}
