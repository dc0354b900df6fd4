import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { adminLink } from './admin-link.table.ts';
import { AdminLinksService } from './admin-links.service.ts';
import { adminSession } from './admin-session.table.ts';
import { ConstraintErrors } from '../errors/constraint-errors.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { ErasureSweeps } from './erasure-sweeps.service.ts';
import { ErasuresController } from './erasures.controller.ts';
import { ErasuresService } from './erasures.service.ts';
import { BrandingController } from './branding/branding.controller.ts';
import { BrandingService } from './branding/branding.service.ts';
import { screenBranding } from './branding/screen-branding.table.ts';
import { EmbeddingController } from './embedding/embedding.controller.ts';
import { EmbeddingService } from './embedding/embedding.service.ts';
import { screenEmbedding } from './embedding/screen-embedding.table.ts';
import { externalIdTaken } from './insert-workspace.ts';
import { IdentityController } from './identity/identity.controller.ts';
import { IdentityService } from './identity/identity.service.ts';
import { KeySets } from './identity/key-sets.ts';
import { spentAssertion } from './identity/spent-assertion.table.ts';
import { vendorIdentity } from './identity/vendor-identity.table.ts';
import { OperatorController } from './operator.controller.ts';
import { OperatorWorkspacesService } from './operator-workspaces.service.ts';
import { ProvisioningStops } from './provisioning-stops.ts';
import { Quotas } from './quotas.ts';
import { SeatCounts } from './seat-limit.ts';
import { SeatLimits } from './seat-limits.service.ts';
import { RetentionController } from './retention.controller.ts';
import { RetentionService } from './retention.service.ts';
import { SessionController } from './session.controller.ts';
import { SessionGuard } from './session.guard.ts';
import { OperatorSessionsController, SessionListController } from './session-list.controller.ts';
import { SessionListService } from './session-list.service.ts';
import { SessionWatch } from './session-watch.ts';
import { SessionsService } from './sessions.service.ts';
import { SuspensionsService } from './suspensions.service.ts';
import { workspaceErasure } from './workspace-erasure.table.ts';
import { workspace } from './workspace.table.ts';
import { WorkspaceHealth } from './workspace-health.ts';
import { WorkspaceIds } from './workspace-ids.service.ts';
import { WorkspaceMetrics } from './workspace-metrics.ts';
import { WorkspacesService } from './workspaces.service.ts';

/** Tenants: entitlement, settings, the operator API, admin links and sessions. */
@Module({
  imports: [
    AuditModule,
    OperatorAccessModule,
    TypeOrmModule.forFeature([
      workspace.entity,
      workspaceErasure.entity,
      adminLink.entity,
      adminSession.entity,
      spentAssertion.entity,
      vendorIdentity.entity,
      screenEmbedding.entity,
      screenBranding.entity,
    ]),
  ],
  controllers: [
    OperatorController,
    RetentionController,
    OperatorSessionsController,
    ErasuresController,
    IdentityController,
    EmbeddingController,
    BrandingController,
    SessionController,
    SessionListController,
  ],
  providers: [
    AdminLinksService,
    BrandingService,
    EmbeddingService,
    ErasureSweeps,
    ErasuresService,
    IdentityService,
    KeySets,
    OperatorWorkspacesService,
    RetentionService,
    ProvisioningStops,
    Quotas,
    SeatCounts,
    SeatLimits,
    SessionGuard,
    SessionListService,
    SessionsService,
    SessionWatch,
    SuspensionsService,
    WorkspaceHealth,
    WorkspaceIds,
    WorkspaceMetrics,
    WorkspacesService,
  ],
  exports: [
    BrandingService,
    EmbeddingService,
    ProvisioningStops,
    Quotas,
    SeatCounts,
    SeatLimits,
    SessionGuard,
    SessionListService,
    SessionsService,
    SessionWatch,
    WorkspaceHealth,
    WorkspaceIds,
    WorkspacesService,
  ],
})
export class WorkspacesModule {
  constructor(constraints: ConstraintErrors) {
    constraints.register({ constraint: 'workspace_external_id_key', toError: externalIdTaken });
  }
}
