import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttributeMappingModule } from '../attribute-mapping/attribute-mapping.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { ApprovalsService } from './approvals.service.ts';
import { BringBack } from './bring-back.ts';
import { DirectoryGroupsController } from './directory-groups.controller.ts';
import { DirectoryGroupsService } from './directory-groups.service.ts';
import { GroupChangesService } from './group-changes.service.ts';
import { LeaversService } from './leavers.service.ts';
import { LiftService } from './lift.service.ts';
import { LinkDecisionsService } from './link-decisions.service.ts';
import { LinkSuggestionsService } from './link-suggestions.service.ts';
import { NightlyClaimEntity } from './nightly-claim.entity.ts';
import { NightlyService } from './nightly.service.ts';
import { RemovalGuardController } from './removal-guard.controller.ts';
import { RemovalGuardService } from './removal-guard.service.ts';
import { RulebookService } from './rulebook.ts';
import { RunEventsService } from './run-events.service.ts';
import { RunWorker } from './run-worker.ts';
import { SyncChangeEntity } from './sync-change.entity.ts';
import { SyncGroupChangeEntity } from './sync-group-change.entity.ts';
import { SuppressedGroupEntity } from './suppressed-group.entity.ts';
import { SyncLinkEntity } from './sync-link.entity.ts';
import { FormerLinkEntity } from './former-link.entity.ts';
import { SyncPendingReference } from './sync-pending-reference.entity.ts';
import { SyncPreviewController } from './sync-preview.controller.ts';
import { SyncPreviewService } from './sync-preview.service.ts';
import { SyncQueueEntity } from './sync-queue.entity.ts';
import { SyncRunEntity } from './sync-run.entity.ts';
import { SyncRunsController } from './sync-runs.controller.ts';
import { SyncRunsService } from './sync-runs.service.ts';
import { SynchronizePeople } from './synchronize-people.ts';
import { UndoRun } from './undo-run.ts';

/** Synchronization: preview, runs, leavers, nights, approvals, undo. Here alone do directory and members meet. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    MemberDirectoryModule,
    AttributeMappingModule,
    TypeOrmModule.forFeature([
      SyncQueueEntity,
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
