import { Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import { Id } from '../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../http/endpoint/valid.ts';
import { PageQuery } from '../http/paging/page.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { OperatorEndpoint } from './operator-endpoint.ts';
import { stateWithoutUses } from '../http/request/rotated-secret.ts';
import {
  CreateProductKeyDto,
  IssuedProductKeyResponse,
  ProductKeyPageResponse,
  ProductKeyResponse,
  RotateProductKeyDto,
} from './product-keys.dto.ts';
import type { Caller } from '../http/request/caller.ts';
import { CurrentCaller } from './operator.guard.ts';
import { ProductKeysService } from './product-keys.service.ts';

/** The credentials of the host product's back end. Only the operator token reaches these: no key makes keys. */
@OperatorEndpoint('keys', 'Product keys')
export class ProductKeysController {
  constructor(private readonly keys: ProductKeysService) {}

  /** Lists the keys, the newest first, revoked ones too, without their secrets. */
  @Get()
  @ApiOperation({ summary: 'List product keys' })
  @ApiOkResponse({ type: ProductKeyPageResponse })
  list(@ValidQuery() query: PageQuery): Promise<ProductKeyPageResponse> {
    return this.keys.list(query);
  }

  /** One key, without its secret. */
  @Get(':id')
  @AnswersWithTag(stateWithoutUses)
  @ApiOperation({ summary: 'Show a product key' })
  @ApiOkResponse({ type: ProductKeyResponse })
  get(@Id('product key') id: string): Promise<ProductKeyResponse> {
    return this.keys.get(id);
  }

  /** Makes a key. The secret is in this answer only. */
  @Post()
  @AnswersWithTag(stateWithoutUses)
  @ApiOperation({ summary: 'Make a product key' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedProductKeyResponse })
  create(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: CreateProductKeyDto,
  ): Promise<IssuedProductKeyResponse> {
    return this.keys.create(body, caller);
  }

  /** Gives a key a new secret, which is in this answer only; the old one keeps working for the overlap. */
  @Post(':id/rotate')
  @AnswersWithTag(stateWithoutUses)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace the secret of a product key' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedProductKeyResponse })
  rotate(
    @CurrentCaller() caller: Caller,
    @ValidBody({ optional: true }) body: RotateProductKeyDto,
    @Id('product key') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<IssuedProductKeyResponse> {
    return this.keys.rotate(id, body, precondition, caller);
  }

  /** Revokes a key for ever, with all its secrets. */
  @Delete(':id')
  @ApiOperation({ summary: 'Revoke a product key' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  revoke(
    @CurrentCaller() caller: Caller,
    @Id('product key') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.keys.revoke(id, precondition, caller);
  }
}
