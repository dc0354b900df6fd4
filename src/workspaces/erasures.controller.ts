import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidQuery } from '../http/endpoint/valid.ts';
import { OperatorEndpoint } from './endpoints.ts';
import { ErasureListQuery, ErasurePageResponse, toErasureResponse } from './erasures.dto.ts';
import { ErasuresService } from './erasures.service.ts';

/** What is known of workspaces that are gone. */
@OperatorEndpoint('erasures')
export class ErasuresController {
  constructor(private readonly erasures: ErasuresService) {}

  /** Lists the erased workspaces, the newest first: who erased them, when, and how much there was. */
  @Get()
  @ApiOperation({ summary: 'List erased workspaces' })
  @ApiOkResponse({ type: ErasurePageResponse })
  async list(@ValidQuery() query: ErasureListQuery): Promise<ErasurePageResponse> {
    const page = await this.erasures.list(query);
    return { ...page, items: page.items.map(toErasureResponse) };
  }
}
