import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { auditLog } from './audit-log.table.ts';
import { AuditService } from './audit.service.ts';

/** The audit log: every action of an admin or operator. */
@Module({
  imports: [TypeOrmModule.forFeature([auditLog.entity])],
  providers: [AuditService],
  exports: [AuditService],
})
export class AuditModule {}
