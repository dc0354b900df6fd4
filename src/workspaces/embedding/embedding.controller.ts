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
import { EmbeddingDto, EmbeddingResponse } from './embedding.dto.ts';
import { EmbeddingService } from './embedding.service.ts';

/** Which products may show the settings screen inside a page of theirs (`embed.js`). */
@OperatorEndpoint('embedding', 'Screen in the product')
export class EmbeddingController {
  constructor(private readonly embedding: EmbeddingService) {}

  /** Which origins may show the screen in a frame; none until some are set. */
  @Get()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show who may embed the settings screen' })
  @ApiOkResponse({ type: EmbeddingResponse })
  get(): Promise<EmbeddingResponse> {
    return this.embedding.get();
  }

  /** Sets which origins may, in place of what was set before; every process knows it within a second. */
  @Put()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Set who may embed the settings screen' })
  @ApiOkResponse({ type: EmbeddingResponse })
  put(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: EmbeddingDto,
    @IfMatch() precondition: Precondition,
  ): Promise<EmbeddingResponse> {
    return this.embedding.put(body, actorOfCaller(caller), precondition);
  }
}
