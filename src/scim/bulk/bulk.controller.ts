import { HttpCode, Post } from '@nestjs/common';
import { BulkService } from './bulk.service.ts';
import type { ScimAnswer } from '../protocol/scim-answer.ts';
import { ScimEndpoint } from '../protocol/scim-endpoint.ts';
import { ScimOperation } from '../protocol/scim-openapi.ts';
import { Scim, type ScimRequest } from '../protocol/scim-request.ts';

/** `/scim/v2/Bulk` (RFC 7644 §3.7). */
@ScimEndpoint('Bulk')
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Post()
  @HttpCode(200)
  @ScimOperation('Carry out many operations', 'bulk')
  run(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return this.bulk.run(request);
  }
}
