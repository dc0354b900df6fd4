import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { EventsModule } from '../events/events.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { SyncModule } from '../sync/sync.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { AccessChecksController } from './access/access-checks.controller.ts';
import { AccessChecksService } from './access/access-checks.service.ts';
import { MemberBatchController } from './batch/member-batch.controller.ts';
import { MemberBatchService } from './batch/member-batch.service.ts';
import { DigestController } from './digest/digest.controller.ts';
import { DigestService } from './digest/digest.service.ts';
import { memberDigest } from './digest/member-digest.table.ts';
import { EventsController } from './feed/events.controller.ts';
import { ReceiptsController } from './feed/receipts.controller.ts';
import { ReceiptsService } from './feed/receipts.service.ts';
import { ExclusionsService } from './members/exclusions.service.ts';
import { ProductMembersController } from './members/product-members.controller.ts';
import { ProductMembersService } from './members/product-members.service.ts';
import { ProductRunsController } from './runs/product-runs.controller.ts';
import { SnapshotController } from './snapshot/snapshot.controller.ts';
import { SnapshotService } from './snapshot/snapshot.service.ts';
import { CheckedStreams } from './streams/checked-stream.service.ts';

/** The doors of the vendor's own back end, which follows the members of its customers. */
@Module({
  imports: [
    AuditModule,
    EventsModule,
    MemberDirectoryModule,
    OperatorAccessModule,
    SyncModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([memberDigest.entity]),
  ],
  controllers: [
    AccessChecksController,
    DigestController,
    EventsController,
    MemberBatchController,
    ProductMembersController,
    ProductRunsController,
    ReceiptsController,
    SnapshotController,
  ],
  providers: [
    AccessChecksService,
    CheckedStreams,
    DigestService,
    ExclusionsService,
    MemberBatchService,
    ProductMembersService,
    ReceiptsService,
    SnapshotService,
  ],
})
export class HostProductModule {}
