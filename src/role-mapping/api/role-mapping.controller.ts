import { Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody } from '../../http/endpoint/valid.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { MemberRolesResponse } from '../../member-directory/roles/roles.dto.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import type { RoleMapping } from '../rule/role-rule.ts';
import { RoleMappingChangeDto, RoleMappingResponse } from '../versions/role-mapping.dto.ts';
import { RoleMappingService } from '../versions/role-mapping.service.ts';

/** Which groups, or values of an attribute, give which roles of the product. */
@AdminEndpoint('role-mapping', 'Roles')
export class RoleMappingController {
  constructor(private readonly mapping: RoleMappingService) {}

  /** The rules that hold now. */
  @Get()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show what gives roles' })
  @ApiOkResponse({ type: RoleMappingResponse })
  get(@CurrentSession() session: Session): Promise<RoleMapping> {
    return this.mapping.get(session.workspaceId);
  }

  /** Replaces the rules; the next run applies them. 400 names each bad rule, 409 `role-mapping-changed`. */
  @Put()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace what gives roles' })
  @ApiOkResponse({ type: RoleMappingResponse })
  replace(
    @CurrentSession() session: Session,
    @ValidBody() body: RoleMappingChangeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<RoleMapping> {
    return this.mapping.replace(session, body, precondition);
  }

  /** The roles that the product has, the highest rank first; none: members have no roles. */
  @Get('roles')
  @ApiOperation({ summary: 'List the roles of the product' })
  @ApiOkResponse({ type: MemberRolesResponse })
  async roles(): Promise<MemberRolesResponse> {
    return { items: [...(await this.mapping.roles())], nextCursor: null };
  }
}
