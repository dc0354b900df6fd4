import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { auditLogTarget } from './audit-log-target.table.ts';
import { auditLog } from './audit-log.table.ts';
import { AuditService } from './audit.service.ts';

/** The audit log: every action of an admin or operator. */
@Module({
  imports: [TypeOrmModule.forFeature([auditLog.entity, auditLogTarget.entity])],
  providers: [AuditService],
  exports: [AuditService],
})
export class AuditModule {}
