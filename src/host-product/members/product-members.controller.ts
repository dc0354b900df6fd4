import { RecordsReads } from '../../audit/recorded-reads.ts';
import { Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Reference } from '../../http/endpoint/reference.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import type { Caller } from '../../http/request/caller.ts';
import {
  AnswersWithWeakTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { productAuthor } from '../../member-directory/events/author.ts';
import { actorOfCaller } from '../../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { WorkspaceId } from '../../workspaces/workspace-id.ts';
import { ExclusionsService } from './exclusions.service.ts';
import { MemberReference } from './member-reference.ts';
import { taggedState } from './member-tag.ts';
import {
  ExcludeMemberDto,
  MemberExclusionResponse,
  ProductMemberPageResponse,
  ProductMemberResponse,
  ProductMembersQuery,
  PutMemberDto,
} from './product-members.dto.ts';
import { ProductMembersService } from './product-members.service.ts';

/** The members of a workspace, for the back end of the host product. */
@OperatorEndpoint('workspaces/:id/members', 'Members of the product')
export class ProductMembersController {
  constructor(
    private readonly members: ProductMembersService,
    private readonly exclusions: ExclusionsService,
  ) {}

  /** Lists members by id; `email`, `externalId` and `idpExternalId` are exact, and found by an index. */
  @Get()
  @RecordsReads()
  @ProductScope('members:read')
  @ApiOperation({ summary: 'Look members up' })
  @ApiOkResponse({ type: ProductMemberPageResponse })
  list(
    @WorkspaceId() workspaceId: string,
    @ValidQuery() query: ProductMembersQuery,
  ): Promise<ProductMemberPageResponse> {
    return this.members.list(workspaceId, query);
  }

  /** One member, a removed one too. */
  @Get(':member')
  @RecordsReads()
  @ProductScope('members:read')
  @AnswersWithWeakTag(taggedState)
  @ApiOperation({ summary: 'Show a member to the product' })
  @ApiOkResponse({ type: ProductMemberResponse })
  get(
    @WorkspaceId() workspaceId: string,
    @MemberReference() member: Reference,
  ): Promise<ProductMemberResponse> {
    return this.members.get(workspaceId, member);
  }

  /**
   * Makes a member be as the body says; what is left out stays as it is. One that is named by `ext:` and your own id is
   * made when there is none; a member with this address who has no such id yet gets it. 409 `field-provisioned` for a
   * field that user provisioning fills.
   */
  @Put(':member')
  @ProductScope('members:write')
  @AnswersWithWeakTag(taggedState)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Make or change a member' })
  @ApiOkResponse({ type: ProductMemberResponse, description: 'There was one.' })
  @ApiCreatedResponse({ type: ProductMemberResponse, description: 'There was none.' })
  async put(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: PutMemberDto,
    @WorkspaceId() workspaceId: string,
    @MemberReference() reference: Reference,
    @IfMatch() precondition: Precondition,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProductMemberResponse> {
    const author = productAuthor(workspaceId, actorOfCaller(caller));
    const { member, isNew } = await this.members.put(author, reference, body, precondition);
    response.status(isNew ? 201 : 200);
    return member;
  }

  /** Removes a member; the record stays. 409 `member-provisioned` while user provisioning keeps the member. */
  @Delete(':member')
  @ProductScope('members:write')
  @ApiOperation({ summary: 'Remove a member for the product' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() workspaceId: string,
    @MemberReference() reference: Reference,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.members.remove(productAuthor(workspaceId, actorOfCaller(caller)), reference, precondition);
  }

  /** Keeps a person that the product deleted from coming back: synchronization leaves them out, and says why. */
  @Post(':member/exclude')
  @ProductScope('members:write')
  @ApiOperation({ summary: 'Leave a person out of synchronization' })
  @HttpCode(200)
  @ApiOkResponse({ type: MemberExclusionResponse })
  exclude(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: ExcludeMemberDto,
    @WorkspaceId() workspaceId: string,
    @MemberReference() reference: Reference,
  ): Promise<MemberExclusionResponse> {
    const author = productAuthor(workspaceId, actorOfCaller(caller));
    return this.exclusions.exclude(author, reference, body.reason);
  }

  /** Takes that back; the next run decides about the person. */
  @Post(':member/include')
  @ProductScope('members:write')
  @ApiOperation({ summary: 'Take a person back into synchronization' })
  @HttpCode(200)
  @ApiOkResponse({ type: MemberExclusionResponse })
  include(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() workspaceId: string,
    @MemberReference() reference: Reference,
  ): Promise<MemberExclusionResponse> {
    return this.exclusions.include(productAuthor(workspaceId, actorOfCaller(caller)), reference);
  }
}
