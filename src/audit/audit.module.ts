import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { auditHead } from './audit-head.table.ts';
import { auditLogTarget } from './audit-log-target.table.ts';
import { auditLog } from './audit-log.table.ts';
import { auditPublication } from './audit-publication.table.ts';
import { publishedAudit } from './published-audit.table.ts';
import { AuditFeed } from './audit-feed.ts';
import { AuditNotes } from './audit-notes.ts';
import { AuditService } from './audit.service.ts';
import { RecordedReads } from './recorded-reads.ts';
import { RefusalRecords } from './refusal-records.ts';

/** The audit log: every action of an admin or operator. */
@Module({
  imports: [
    TypeOrmModule.forFeature(
      [auditLog, auditLogTarget, auditHead, auditPublication, publishedAudit].map(({ entity }) => entity),
    ),
  ],
  providers: [AuditService, AuditFeed, AuditNotes, RecordedReads, RefusalRecords],
  exports: [AuditService, AuditFeed, AuditNotes, RecordedReads],
})
export class AuditModule {}
