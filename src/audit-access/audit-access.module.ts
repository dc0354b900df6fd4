import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { AuditAccessController } from './audit-access.controller.ts';

/** The audit log for the operator: to be copied, and to be checked. */
@Module({
  imports: [AuditModule, OperatorAccessModule, WorkspacesModule],
  controllers: [AuditAccessController],
})
export class AuditAccessModule {}
