import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { ProvisioningLogModule } from '../provisioning-log/provisioning-log.module.ts';
import { ScimModule } from '../scim/scim.module.ts';
import { SyncModule } from '../sync/sync.module.ts';
import { TokensModule } from '../tokens/tokens.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { OverviewService } from './overview.service.ts';
import { DirectoryResourcesController } from './directory-resources.controller.ts';
import { LogsController } from './logs.controller.ts';
import { RequestLogViewService } from './request-log-view.service.ts';
import { GroupTimelineController, TimelineController } from './timeline.controller.ts';
import { TimelineService } from './timeline.service.ts';
import { UserProvisioningController } from './user-provisioning.controller.ts';
import { UserProvisioningService } from './user-provisioning.service.ts';

/** What the settings screen asks of several rooms at once: activation, overview, timeline, logs. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    TokensModule,
    ProvisioningLogModule,
    ScimModule,
    MemberDirectoryModule,
    SyncModule,
  ],
  controllers: [
    UserProvisioningController,
    TimelineController,
    GroupTimelineController,
    LogsController,
    DirectoryResourcesController,
  ],
  providers: [OverviewService, UserProvisioningService, TimelineService, RequestLogViewService],
})
export class UserProvisioningModule {}
