import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { Quotas } from '../workspaces/quotas.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { LogRetentionService } from './log-retention.service.ts';
import { LogWriter } from './log-writer.ts';
import { provisioningLogBody } from './provisioning-log-body.table.ts';
import { megabytesToday } from './log-quota.ts';
import { provisioningLogDay } from './provisioning-log-day.table.ts';
import { provisioningLogNote } from './provisioning-log-note.table.ts';
import { provisioningLog } from './provisioning-log.table.ts';
import { ProvisioningLogMiddleware } from './provisioning-log.middleware.ts';
import { ProvisioningLogService } from './provisioning-log.service.ts';

/** What the identity provider asked and what it was told. The application mounts the middleware. */
@Module({
  imports: [
    WorkspacesModule,
    TypeOrmModule.forFeature([
      provisioningLog.entity,
      provisioningLogBody.entity,
      provisioningLogDay.entity,
      provisioningLogNote.entity,
    ]),
  ],
  providers: [ProvisioningLogService, LogWriter, ProvisioningLogMiddleware, LogRetentionService],
  exports: [LogWriter, ProvisioningLogService, ProvisioningLogMiddleware],
})
export class ProvisioningLogModule {
  constructor(quotas: Quotas, clock: Clock, { quotas: { logMegabytesPerDay: max } }: Config) {
    const count = (db: Db, workspaceId: string) => megabytesToday(db, workspaceId, clock.now());
    quotas.register({ name: 'logMegabytesToday', max, count });
  }
}
