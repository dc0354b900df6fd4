import { Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody } from '../../http/endpoint/valid.ts';
import type { Caller } from '../../http/request/caller.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { actorOfCaller } from '../../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { BrandingDto, BrandingResponse } from './branding.dto.ts';
import { BrandingService } from './branding.service.ts';

/** How the settings screen looks like a part of the product, in every workspace. */
@OperatorEndpoint('branding', 'Screen in the product')
export class BrandingController {
  constructor(private readonly branding: BrandingService) {}

  /** Its name, logo, colour and font; null: as it is by itself. */
  @Get()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show the look of the settings screen' })
  @ApiOkResponse({ type: BrandingResponse })
  get(): Promise<BrandingResponse> {
    return this.branding.get();
  }

  /** Sets the look, in place of what was set before; every process knows it within a second. */
  @Put()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Set the look of the settings screen' })
  @ApiOkResponse({ type: BrandingResponse })
  put(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: BrandingDto,
    @IfMatch() precondition: Precondition,
  ): Promise<BrandingResponse> {
    return this.branding.put(body, actorOfCaller(caller), precondition);
  }
}
