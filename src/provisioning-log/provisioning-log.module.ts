import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LogRetentionService } from './log-retention.service.ts';
import { LogWriter } from './log-writer.ts';
import { ProvisioningLogBody } from './provisioning-log-body.entity.ts';
import { ProvisioningLogNote } from './provisioning-log-note.entity.ts';
import { ProvisioningLogEntry } from './provisioning-log.entity.ts';
import { ProvisioningLogMiddleware } from './provisioning-log.middleware.ts';
import { ProvisioningLogService } from './provisioning-log.service.ts';

/** What the identity provider asked and what it was told. The application mounts the middleware. */
@Module({
  imports: [TypeOrmModule.forFeature([ProvisioningLogEntry, ProvisioningLogBody, ProvisioningLogNote])],
  providers: [ProvisioningLogService, LogWriter, ProvisioningLogMiddleware, LogRetentionService],
  exports: [ProvisioningLogService, ProvisioningLogMiddleware],
})
export class ProvisioningLogModule {}
