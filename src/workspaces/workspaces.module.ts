import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { adminLink } from './admin-link.table.ts';
import { AdminLinksService } from './admin-links.service.ts';
import { adminSession } from './admin-session.table.ts';
import { ErasuresController } from './erasures.controller.ts';
import { ErasuresService } from './erasures.service.ts';
import { OperatorController } from './operator.controller.ts';
import { OperatorGuard } from './operator.guard.ts';
import { OperatorWorkspacesService } from './operator-workspaces.service.ts';
import { ProvisioningStops } from './provisioning-stops.ts';
import { SessionController } from './session.controller.ts';
import { SessionGuard } from './session.guard.ts';
import { SessionsService } from './sessions.service.ts';
import { SuspensionsService } from './suspensions.service.ts';
import { workspaceErasure } from './workspace-erasure.table.ts';
import { workspace } from './workspace.table.ts';
import { WorkspacesService } from './workspaces.service.ts';

/** Tenants: entitlement, settings, the operator API, admin links and sessions. */
@Module({
  imports: [
    AuditModule,
    TypeOrmModule.forFeature([
      workspace.entity,
      workspaceErasure.entity,
      adminLink.entity,
      adminSession.entity,
    ]),
  ],
  controllers: [OperatorController, ErasuresController, SessionController],
  providers: [
    AdminLinksService,
    ErasuresService,
    OperatorGuard,
    OperatorWorkspacesService,
    ProvisioningStops,
    SessionGuard,
    SessionsService,
    SuspensionsService,
    WorkspacesService,
  ],
  exports: [OperatorGuard, ProvisioningStops, SessionGuard, SessionsService, WorkspacesService],
})
export class WorkspacesModule {}
