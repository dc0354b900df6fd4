import { Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody } from '../http/endpoint/valid.ts';
import type { Caller } from '../http/request/caller.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { actorOfCaller } from '../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { ProductScope } from '../operator-access/scope.guard.ts';
import { RetentionResponse, UpdateRetentionDto } from './retention.dto.ts';
import { RetentionService } from './retention.service.ts';
import { WorkspaceId } from './workspace-id.ts';

/** How long what is past is kept in a workspace. */
@OperatorEndpoint('workspaces/:id/retention')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  /** Shows for how many days what is past is kept. */
  @Get()
  @ProductScope('workspaces:read')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show how long data are kept' })
  @ApiOkResponse({ type: RetentionResponse })
  get(@WorkspaceId() workspaceId: string): Promise<RetentionResponse> {
    return this.retention.get(workspaceId);
  }

  /** Changes it. What is older goes within an hour or so, a little at a time. */
  @Patch()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change how long data are kept' })
  @ApiOkResponse({ type: RetentionResponse })
  update(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: UpdateRetentionDto,
    @WorkspaceId() workspaceId: string,
    @IfMatch() precondition: Precondition,
  ): Promise<RetentionResponse> {
    return this.retention.update(workspaceId, body, precondition, actorOfCaller(caller));
  }
}
