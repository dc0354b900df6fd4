import { Get, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidList } from '../../http/endpoint/valid-list.ts';
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
import { memberRolesMax } from './member-role.ts';
import { MemberRoleDto, MemberRolesResponse } from './roles.dto.ts';
import { RolesService } from './roles.service.ts';

/** The roles that members can have in your product; admins of workspaces say which groups give them. */
@OperatorEndpoint('roles', 'Roles of members')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  /** The roles that are declared, the highest rank first. */
  @Get()
  @AnswersWithTag()
  @ApiOperation({ summary: 'List the roles of members' })
  @ApiOkResponse({ type: MemberRolesResponse })
  list(): Promise<MemberRolesResponse> {
    return this.roles.get();
  }

  /**
   * Declares these roles, in place of those before. A role that rules of a workspace give stays until they give another one:
   * the answer is 409 `role-in-use`, and names them.
   */
  @Put()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Declare the roles of members' })
  @ApiBody({ type: [MemberRoleDto] })
  @ApiOkResponse({ type: MemberRolesResponse })
  declare(
    @CurrentCaller() caller: Caller,
    @ValidList(MemberRoleDto, memberRolesMax) body: MemberRoleDto[],
    @IfMatch() precondition: Precondition,
  ): Promise<MemberRolesResponse> {
    return this.roles.declare(actorOfCaller(caller), body, precondition);
  }
}
