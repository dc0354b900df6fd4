import { RecordsReads } from '../../audit/recorded-reads.ts';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import type { Caller } from '../../http/request/caller.ts';
import { productAuthor } from '../../member-directory/events/author.ts';
import { actorOfCaller } from '../../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { SyncPreviewQuery, SyncPreviewResponse } from '../../sync/preview/sync-preview.dto.ts';
import { SyncPreviewService } from '../../sync/preview/sync-preview.service.ts';
import { RunResponse } from '../../sync/record/sync.dto.ts';
import { NewSyncRunDto, QueuedRunResponse } from '../../sync/requests/sync-runs.dto.ts';
import { SyncRunsService } from '../../sync/requests/sync-runs.service.ts';
import { WorkspaceId } from '../../workspaces/workspace-id.ts';

/** Synchronization, for the back end of the host product: the same as an admin sees and starts. */
@OperatorEndpoint('workspaces/:id', 'Synchronization by the product')
export class ProductRunsController {
  constructor(
    private readonly runs: SyncRunsService,
    private readonly preview: SyncPreviewService,
  ) {}

  /** What a run started now would do. */
  @Get('sync-preview')
  @RecordsReads()
  @ProductScope('runs:write')
  @ApiOperation({ summary: 'Preview a synchronization for the product' })
  @ApiOkResponse({ type: SyncPreviewResponse })
  page(
    @WorkspaceId() workspaceId: string,
    @ValidQuery() query: SyncPreviewQuery,
    @AskerLanguage() language: Language,
  ): Promise<SyncPreviewResponse> {
    return this.preview.page(workspaceId, query, language);
  }

  /**
   * Synchronizes now. With `previewVersion`, only if the run would do what that preview showed; of the people who are named,
   * or else of everybody.
   */
  @Post('sync-runs')
  @ProductScope('runs:write')
  @ApiOperation({ summary: 'Synchronize now for the product' })
  @HttpCode(202)
  @ApiAcceptedResponse({ type: QueuedRunResponse })
  create(
    @CurrentCaller() caller: Caller,
    @ValidBody({ optional: true }) body: NewSyncRunDto,
    @WorkspaceId() workspaceId: string,
  ): Promise<QueuedRunResponse> {
    return this.runs.createBy(productAuthor(workspaceId, actorOfCaller(caller)), body);
  }

  /** A run, and how far it has come. */
  @Get('sync-runs/:run')
  @ProductScope('runs:write')
  @ApiOperation({ summary: 'Show a run to the product' })
  @ApiOkResponse({ type: RunResponse })
  get(
    @WorkspaceId() workspaceId: string,
    @Id('sync run', 'run') runId: string,
    @AskerLanguage() language: Language,
  ): Promise<RunResponse> {
    return this.runs.get(workspaceId, runId, language);
  }
}
