import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { registerMemberConstraints } from './member-constraints.ts';
import { MemberExportService } from './member-export.service.ts';
import { MemberGroupMemberEntity } from './member-group-member.entity.ts';
import { MemberGroupEntity } from './member-group.entity.ts';
import { MemberGroupsController } from './member-groups.controller.ts';
import { MemberGroupsService } from './member-groups.service.ts';
import { MemberImportService } from './member-import.service.ts';
import { MemberEntity } from './member.entity.ts';
import { MembersController } from './members.controller.ts';
import { MembersService } from './members.service.ts';
import { PropertiesController } from './properties.controller.ts';
import { PropertiesService } from './properties.service.ts';
import { PropertyChangesService } from './property-changes.service.ts';
import { PropertyChecks } from './property-checks.ts';
import { PropertyEntity } from './property.entity.ts';

registerMemberConstraints();

/** Members, properties and member groups, with their API. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([MemberEntity, PropertyEntity, MemberGroupEntity, MemberGroupMemberEntity]),
  ],
  controllers: [MembersController, PropertiesController, MemberGroupsController],
  providers: [
    MembersService,
    MemberImportService,
    MemberExportService,
    PropertiesService,
    PropertyChangesService,
    PropertyChecks,
    MemberGroupsService,
  ],
  exports: [MembersService, PropertiesService, PropertyChangesService, PropertyChecks],
})
export class MemberDirectoryModule {}
