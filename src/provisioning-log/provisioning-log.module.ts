import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LogRetentionService } from './log-retention.service.ts';
import { LogWriter } from './log-writer.ts';
import { provisioningLogBody } from './provisioning-log-body.table.ts';
import { provisioningLogNote } from './provisioning-log-note.table.ts';
import { provisioningLog } from './provisioning-log.table.ts';
import { ProvisioningLogMiddleware } from './provisioning-log.middleware.ts';
import { ProvisioningLogService } from './provisioning-log.service.ts';

/** What the identity provider asked and what it was told. The application mounts the middleware. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      provisioningLog.entity,
      provisioningLogBody.entity,
      provisioningLogNote.entity,
    ]),
  ],
  providers: [ProvisioningLogService, LogWriter, ProvisioningLogMiddleware, LogRetentionService],
  exports: [LogWriter, ProvisioningLogService, ProvisioningLogMiddleware],
})
export class ProvisioningLogModule {}
