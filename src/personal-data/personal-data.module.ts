import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CheckedStreams } from '../host-product/streams/checked-stream.service.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { ProvisioningLogModule } from '../provisioning-log/provisioning-log.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { ErasePersonService } from './erase-person.service.ts';
import { LateEntries } from './late-entries.service.ts';
import { ExportPersonService } from './export-person.service.ts';
import { PruningService } from './pruning.service.ts';
import { PersonalDataController } from './personal-data.controller.ts';

/** What a person may ask of those who hold data about them, over all rooms. */
@Module({
  imports: [AuditModule, OperatorAccessModule, ProvisioningLogModule, WorkspacesModule],
  controllers: [PersonalDataController],
  providers: [CheckedStreams, ErasePersonService, LateEntries, ExportPersonService, PruningService],
})
export class PersonalDataModule {}
