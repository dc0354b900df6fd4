import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { parseBody } from '../http/validation/validation.ts';
import { ErasureListQuery, ErasurePageResponse, toErasureResponse } from './erasures.dto.ts';
import { ErasuresService } from './erasures.service.ts';
import { OperatorGuard } from './operator.guard.ts';

/** What is known of workspaces that are gone. */
@Controller('operator/erasures')
@UseGuards(OperatorGuard)
@ApiTags('Operator')
@ApiBearerAuth('operator')
export class ErasuresController {
  constructor(private readonly erasures: ErasuresService) {}

  /** Lists the erased workspaces, the newest first: who erased them, when, and how much there was. */
  @Get()
  @ApiOperation({ summary: 'List erased workspaces' })
  @ApiQuery({ type: ErasureListQuery })
  @ApiOkResponse({ type: ErasurePageResponse })
  async list(@Query() query: unknown): Promise<ErasurePageResponse> {
    const page = await this.erasures.list(parseBody(ErasureListQuery, query));
    return { ...page, items: page.items.map(toErasureResponse) };
  }
}
