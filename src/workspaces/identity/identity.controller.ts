import { Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody } from '../../http/endpoint/valid.ts';
import type { Caller } from '../../http/request/caller.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { IdentityDto, IdentityResponse } from './identity.dto.ts';
import { IdentityService } from './identity.service.ts';

/** The vendor's own sign-in: its assertions open sessions of the settings screen without a link (`POST /api/session`). */
@OperatorEndpoint('identity', 'Sign-in')
export class IdentityController {
  constructor(private readonly identity: IdentityService) {}

  /** Whose assertions are believed; 404 while none is set. */
  @Get()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show whose assertions sign admins in' })
  @ApiOkResponse({ type: IdentityResponse })
  get(): Promise<IdentityResponse> {
    return this.identity.get();
  }

  /** Sets whose assertions are believed, in place of what was set before. */
  @Put()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Set whose assertions sign admins in' })
  @ApiOkResponse({ type: IdentityResponse })
  put(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: IdentityDto,
    @IfMatch() precondition: Precondition,
  ): Promise<IdentityResponse> {
    return this.identity.put(body, nameOf(caller), precondition);
  }

  /** From now on only admin links sign in. */
  @Delete()
  @ChecksIfMatch()
  @HttpCode(204)
  @ApiOperation({ summary: 'Let only admin links sign in' })
  @ApiNoContentResponse()
  remove(@CurrentCaller() caller: Caller, @IfMatch() precondition: Precondition): Promise<void> {
    return this.identity.remove(nameOf(caller), precondition);
  }
}

/** As the log names them. Without a scope for product keys, it is the operator who asks. */
function nameOf(caller: Caller): string {
  return caller.name === null ? 'the operator' : `the operator token "${caller.name}"`;
}
