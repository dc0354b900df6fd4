import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { Config } from '../config/config.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { ConstraintErrors } from '../errors/constraint-errors.ts';
import { Quotas } from '../workspaces/quotas.ts';
import { SeatCounts } from '../workspaces/seat-limit.ts';
import { countActiveMembers } from './members/seats.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { registerMemberConstraints } from './members/member-constraints.ts';
import { MemberExportService } from './import-export/member-export.service.ts';
import { memberGroupMember } from './groups/member-group-member.table.ts';
import { memberGroup } from './groups/member-group.table.ts';
import { MemberGroupsController } from './groups/member-groups.controller.ts';
import { MemberGroupsService } from './groups/member-groups.service.ts';
import { MemberImportService } from './import-export/member-import.service.ts';
import { member } from './members/member.table.ts';
import { MembersController } from './api/members.controller.ts';
import { MemberWriter } from './members/member-writer.ts';
import { MemberSuspensionsService } from './members/member-suspensions.service.ts';
import { MembersBulkService } from './members/members-bulk.service.ts';
import { MembersService } from './members/members.service.ts';
import { countMembers } from './members/count-members.ts';
import { PropertiesController } from './properties/properties.controller.ts';
import { PropertiesService } from './properties/properties.service.ts';
import { PropertyChangesService } from './properties/property-changes.service.ts';
import { PropertyChecks } from './properties/property-checks.ts';
import { PropertyUses } from './properties/property-uses.ts';
import { property } from './properties/property.table.ts';
import { declaredRoles } from './roles/declared-roles.table.ts';
import { RoleUses } from './roles/role-uses.ts';
import { RolesController } from './roles/roles.controller.ts';
import { RolesService } from './roles/roles.service.ts';

/** Members, their properties, roles and groups, with their API. */
@Module({
  imports: [
    AuditModule,
    OperatorAccessModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([
      member.entity,
      property.entity,
      memberGroup.entity,
      memberGroupMember.entity,
      declaredRoles.entity,
    ]),
  ],
  controllers: [MembersController, PropertiesController, MemberGroupsController, RolesController],
  providers: [
    MembersService,
    MembersBulkService,
    MemberWriter,
    MemberImportService,
    MemberExportService,
    PropertiesService,
    PropertyChangesService,
    PropertyChecks,
    PropertyUses,
    RoleUses,
    RolesService,
    MemberGroupsService,
    MemberSuspensionsService,
  ],
  exports: [
    MembersService,
    MemberWriter,
    PropertiesService,
    PropertyChangesService,
    PropertyChecks,
    PropertyUses,
    RoleUses,
  ],
})
export class MemberDirectoryModule {
  constructor(
    constraints: ConstraintErrors,
    quotas: Quotas,
    seats: SeatCounts,
    { quotas: { members } }: Config,
  ) {
    seats.register({ name: 'used', count: countActiveMembers });
    quotas.register({ name: 'members', max: members, count: countMembers });
    registerMemberConstraints(constraints);
  }
}
