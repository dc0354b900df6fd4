import { HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ValidBody } from '../../http/endpoint/valid.ts';
import type { Caller } from '../../http/request/caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { ReceiptDto, ReceiptResponse } from './receipts.dto.ts';
import { ReceiptsService } from './receipts.service.ts';

/** What the host product says it did about an event. */
@OperatorEndpoint('events')
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptsService) {}

  /**
   * Says what the product did about an event, such as the sessions that it ended. The customer's admin reads it in the
   * timeline of the person. A later one replaces it. 404 for an event that is not kept any more, too.
   */
  @Post(':event/receipt')
  @ProductScope('events:read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say what the product did about an event' })
  @ApiParam({ name: 'event', schema: { type: 'string' }, description: 'The id of the event: `evt_…`.' })
  @ApiOkResponse({ type: ReceiptResponse })
  record(
    @CurrentCaller() caller: Caller,
    @Param('event') event: string,
    @ValidBody({ optional: true }) receipt: ReceiptDto,
  ): Promise<ReceiptResponse> {
    return this.receipts.record(event, receipt, caller);
  }
}
