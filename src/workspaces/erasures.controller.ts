import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidQuery } from '../http/endpoint/valid.ts';
import { requireReference } from '../http/endpoint/reference.ts';
import type { Caller } from '../http/request/caller.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { ProductScope } from '../operator-access/scope.guard.ts';
import { ErasureListQuery, ErasurePageResponse, toErasureResponse } from './erasures.dto.ts';
import { ErasuresService } from './erasures.service.ts';

/** What is known of workspaces that are gone. */
@OperatorEndpoint('erasures')
export class ErasuresController {
  constructor(private readonly erasures: ErasuresService) {}

  /** Lists the erased workspaces, the newest first: who erased them, when, and how much there was. */
  @Get()
  @ProductScope('workspaces:read')
  @ApiOperation({ summary: 'List erased workspaces' })
  @ApiOkResponse({ type: ErasurePageResponse })
  async list(
    @CurrentCaller() caller: Caller,
    @ValidQuery() { workspaceId, ...page }: ErasureListQuery,
  ): Promise<ErasurePageResponse> {
    const workspace = workspaceId === undefined ? undefined : requireReference(workspaceId, 'workspaceId');
    const { items, nextCursor } = await this.erasures.list({ ...page, workspace }, caller);
    return { items: items.map(toErasureResponse), nextCursor };
  }
}
