import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttributeMappingModule } from '../attribute-mapping/attribute-mapping.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { RoleMappingModule } from '../role-mapping/role-mapping.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { ApprovalsService } from './runs/approvals.service.ts';
import { BringBack } from './undo/bring-back.ts';
import { BulkController } from './bulk/bulk.controller.ts';
import { BulkDecisionsService } from './bulk/bulk-decisions.service.ts';
import { DirectoryGroupsController } from './groups/directory-groups.controller.ts';
import { DirectoryGroupsService } from './groups/directory-groups.service.ts';
import { DirectoryUsersController } from './preview/directory-users.controller.ts';
import { DirectoryUsersService } from './preview/directory-users.service.ts';
import { GroupListsService } from './preview/group-lists.service.ts';
import { PreviewExportService } from './preview/preview-export.service.ts';
import { PreviewLists } from './preview/preview-lists.ts';
import { PreviewListsController } from './preview/preview-lists.controller.ts';
import { PreviewScenes } from './preview/preview-scenes.ts';
import { HeldAccessService } from './workers/held-access.service.ts';
import { GroupChangesService } from './requests/group-changes.service.ts';
import { LeaversService } from './workers/leavers.service.ts';
import { LiftService } from './preview/lift.service.ts';
import { LinkDecisionsService } from './preview/link-decisions.service.ts';
import { LinkPreviewService } from './preview/link-preview.service.ts';
import { LinkSuggestionsService } from './preview/link-suggestions.service.ts';
import { nightlyClaim } from './record/nightly-claim.table.ts';
import { NightlyService } from './workers/nightly.service.ts';
import { RemovalGuardController } from './guard/removal-guard.controller.ts';
import { RemovalGuardService } from './guard/removal-guard.service.ts';
import { RolePreviewController } from './role-preview/role-preview.controller.ts';
import { RolePreviewService } from './role-preview/role-preview.service.ts';
import { SyncPolicyService } from './policy/sync-policy.ts';
import { RunChangesService } from './requests/run-changes.service.ts';
import { UndoPreviewService } from './requests/undo-preview.service.ts';
import { RunEventsService } from './requests/run-events.service.ts';
import { RunWorker } from './workers/run-worker.ts';
import { SeatKeeper } from './workers/seat-keeper.service.ts';
import { countWaiting } from './workers/seat-statements.ts';
import { SeatCounts } from '../workspaces/seat-limit.ts';
import { SyncMetrics } from './workers/sync-metrics.ts';
import { syncChange } from './record/sync-change.table.ts';
import { syncGroupChange } from './record/sync-group-change.table.ts';
import { suppressedGroup } from './record/suppressed-group.table.ts';
import { syncLink } from './planning/sync-link.table.ts';
import { erasedIdentity, erasureSalt } from './planning/erased-identity.table.ts';
import { formerLink } from './planning/former-link.table.ts';
import { syncPendingReference } from './writing/sync-pending-reference.table.ts';
import { SyncPreviewController } from './preview/sync-preview.controller.ts';
import { SyncPreviewService } from './preview/sync-preview.service.ts';
import { syncRun } from './record/sync-run.table.ts';
import { syncRunPerson } from './record/sync-run-person.table.ts';
import { SyncRunsController } from './requests/sync-runs.controller.ts';
import { SyncRunsService } from './requests/sync-runs.service.ts';
import { SynchronizePeople } from './runs/synchronize-people.ts';
import { UndoRun } from './undo/undo-run.ts';

/** Synchronization: preview, runs, leavers, nights, approvals, undo. The only room where directory and members meet. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    MemberDirectoryModule,
    AttributeMappingModule,
    RoleMappingModule,
    TypeOrmModule.forFeature([
      syncLink.entity,
      formerLink.entity,
      erasedIdentity.entity,
      erasureSalt.entity,
      nightlyClaim.entity,
      syncRun.entity,
      syncRunPerson.entity,
      syncChange.entity,
      syncGroupChange.entity,
      suppressedGroup.entity,
      syncPendingReference.entity,
    ]),
  ],
  controllers: [
    DirectoryGroupsController,
    DirectoryUsersController,
    RemovalGuardController,
    RolePreviewController,
    BulkController,
    // Before the one whose routes take an id in their place.
    PreviewListsController,
    SyncPreviewController,
    SyncRunsController,
  ],
  providers: [
    ApprovalsService,
    BringBack,
    BulkDecisionsService,
    DirectoryGroupsService,
    DirectoryUsersService,
    GroupChangesService,
    HeldAccessService,
    LeaversService,
    LiftService,
    LinkDecisionsService,
    LinkPreviewService,
    LinkSuggestionsService,
    NightlyService,
    RemovalGuardService,
    RolePreviewService,
    SyncPolicyService,
    RunChangesService,
    RunEventsService,
    RunWorker,
    SeatKeeper,
    PreviewScenes,
    PreviewLists,
    PreviewExportService,
    GroupListsService,
    SyncMetrics,
    SyncPreviewService,
    SyncRunsService,
    SynchronizePeople,
    UndoPreviewService,
    UndoRun,
  ],
  exports: [
    LeaversService,
    LinkDecisionsService,
    NightlyService,
    RemovalGuardService,
    SyncPreviewService,
    SyncRunsService,
  ],
})
export class SyncModule {
  constructor(seats: SeatCounts) {
    seats.register({ name: 'waiting', count: countWaiting });
  }
}
