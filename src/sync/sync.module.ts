import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttributeMappingModule } from '../attribute-mapping/attribute-mapping.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { ApprovalsService } from './runs/approvals.service.ts';
import { BringBack } from './undo/bring-back.ts';
import { DirectoryGroupsController } from './groups/directory-groups.controller.ts';
import { DirectoryGroupsService } from './groups/directory-groups.service.ts';
import { GroupChangesService } from './requests/group-changes.service.ts';
import { LeaversService } from './workers/leavers.service.ts';
import { LiftService } from './preview/lift.service.ts';
import { LinkDecisionsService } from './preview/link-decisions.service.ts';
import { LinkSuggestionsService } from './preview/link-suggestions.service.ts';
import { NightlyClaimEntity } from './record/nightly-claim.entity.ts';
import { NightlyService } from './workers/nightly.service.ts';
import { RemovalGuardController } from './guard/removal-guard.controller.ts';
import { RemovalGuardService } from './guard/removal-guard.service.ts';
import { RulebookService } from './policy/rulebook.ts';
import { RunEventsService } from './requests/run-events.service.ts';
import { RunWorker } from './workers/run-worker.ts';
import { SyncChangeEntity } from './record/sync-change.entity.ts';
import { SyncGroupChangeEntity } from './record/sync-group-change.entity.ts';
import { SuppressedGroupEntity } from './record/suppressed-group.entity.ts';
import { SyncLinkEntity } from './planning/sync-link.entity.ts';
import { FormerLinkEntity } from './planning/former-link.entity.ts';
import { SyncPendingReference } from './writing/sync-pending-reference.entity.ts';
import { SyncPreviewController } from './preview/sync-preview.controller.ts';
import { SyncPreviewService } from './preview/sync-preview.service.ts';
import { SyncRunEntity } from './record/sync-run.entity.ts';
import { SyncRunsController } from './requests/sync-runs.controller.ts';
import { SyncRunsService } from './requests/sync-runs.service.ts';
import { SynchronizePeople } from './runs/synchronize-people.ts';
import { UndoRun } from './undo/undo-run.ts';

/** Synchronization: preview, runs, leavers, nights, approvals, undo. Here alone do directory and members meet. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    MemberDirectoryModule,
    AttributeMappingModule,
    TypeOrmModule.forFeature([
      SyncLinkEntity,
      FormerLinkEntity,
      NightlyClaimEntity,
      SyncRunEntity,
      SyncChangeEntity,
      SyncGroupChangeEntity,
      SuppressedGroupEntity,
      SyncPendingReference,
    ]),
  ],
  controllers: [DirectoryGroupsController, RemovalGuardController, SyncPreviewController, SyncRunsController],
  providers: [
    ApprovalsService,
    BringBack,
    DirectoryGroupsService,
    GroupChangesService,
    LeaversService,
    LiftService,
    LinkDecisionsService,
    LinkSuggestionsService,
    NightlyService,
    RemovalGuardService,
    RulebookService,
    RunEventsService,
    RunWorker,
    SyncPreviewService,
    SyncRunsService,
    SynchronizePeople,
    UndoRun,
  ],
  exports: [LeaversService, NightlyService, RemovalGuardService, SyncPreviewService, SyncRunsService],
})
export class SyncModule {}
