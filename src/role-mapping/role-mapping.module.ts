import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { RoleMappingController } from './api/role-mapping.controller.ts';
import { MappedRoles } from './versions/mapped-roles.ts';
import { RoleMappingService } from './versions/role-mapping.service.ts';
import { roleMapping } from './versions/role-mapping.table.ts';

/** The role mapping: which groups and values give members which roles. */
@Module({
  imports: [
    AuditModule,
    MemberDirectoryModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([roleMapping.entity]),
  ],
  controllers: [RoleMappingController],
  providers: [MappedRoles, RoleMappingService],
  exports: [RoleMappingService],
})
export class RoleMappingModule {}
