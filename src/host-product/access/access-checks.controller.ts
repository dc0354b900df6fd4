import { Body, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import type { Caller } from '../../http/request/caller.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import {
  AccessCheckDto,
  AccessCheckResponse,
  AccessChecksDto,
  AccessChecksResponse,
} from './access-checks.dto.ts';
import { AccessChecksService } from './access-checks.service.ts';

/** Whether people may use the product: what a sign-in asks. */
@OperatorEndpoint('access-checks', 'Members of the product')
export class AccessChecksController {
  constructor(private readonly checks: AccessChecksService) {}

  /**
   * Says whether a person may use the product, or 100 of them. What is sound is answered with 200, also when nobody was
   * found; it takes index lookups alone.
   */
  @Post()
  @ProductScope('members:read')
  @ApiOperation({ summary: 'Ask whether somebody may use the product' })
  @HttpCode(200)
  @ApiExtraModels(AccessCheckDto, AccessChecksDto, AccessCheckResponse, AccessChecksResponse)
  @ApiBody({
    schema: { oneOf: [{ $ref: getSchemaPath(AccessCheckDto) }, { $ref: getSchemaPath(AccessChecksDto) }] },
  })
  @ApiOkResponse({
    schema: {
      oneOf: [{ $ref: getSchemaPath(AccessCheckResponse) }, { $ref: getSchemaPath(AccessChecksResponse) }],
    },
  })
  async check(
    @CurrentCaller() caller: Caller,
    @Body() body: unknown,
    @AskerLanguage() language: Language,
  ): Promise<AccessCheckResponse | AccessChecksResponse> {
    if (typeof body === 'object' && body !== null && 'checks' in body) {
      const { checks } = parseBody(AccessChecksDto, body);
      return { results: await this.checks.checkAll(checks, caller, language) };
    }
    return this.checks.check(parseBody(AccessCheckDto, body), '', caller, language);
  }
}
