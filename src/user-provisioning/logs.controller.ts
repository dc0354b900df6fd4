import { RecordsReads } from '../audit/recorded-reads.ts';
import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AuditService } from '../audit/audit.service.ts';
import type { Language } from '../errors/sentence.ts';
import { AskerLanguage } from '../http/endpoint/asker-language.ts';
import { Id } from '../http/endpoint/id.ts';
import { ValidQuery } from '../http/endpoint/valid.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import { AuditLogQuery, AuditLogResponse } from './audit-log.dto.ts';
import { LoggedRequestResponse, ProvisioningLogQuery, ProvisioningLogResponse } from './logs.dto.ts';
import { RequestLogViewService } from './request-log-view.service.ts';

/** What the identity provider asked, and what admins and operators did. */
@AdminEndpoint('', 'Logs')
export class LogsController {
  constructor(
    private readonly requests: RequestLogViewService,
    private readonly audit: AuditService,
  ) {}

  /** Every SCIM request of the workspace, newest first. */
  @Get('provisioning-log')
  @ApiOperation({ summary: 'List requests of the identity provider' })
  @ApiOkResponse({ type: ProvisioningLogResponse })
  async provisioningLog(
    @CurrentSession() session: Session,
    @ValidQuery() query: ProvisioningLogQuery,
    @AskerLanguage() language: Language,
  ): Promise<ProvisioningLogResponse> {
    const filter = query;
    return this.requests.list(session.workspaceId, filter, language);
  }

  /** One SCIM request: what was sent and answered, without secrets, and what it changed. */
  @Get('provisioning-log/:id')
  @RecordsReads('log.read')
  @ApiOperation({ summary: 'Show a request of the identity provider' })
  @ApiOkResponse({ type: LoggedRequestResponse })
  loggedRequest(
    @CurrentSession() session: Session,
    @Id('request') id: string,
    @AskerLanguage() language: Language,
  ): Promise<LoggedRequestResponse> {
    return this.requests.get(session.workspaceId, id, language);
  }

  /** Every action of an admin or operator, newest first. */
  @Get('audit-log')
  @ApiOperation({ summary: 'List what admins and the operator did' })
  @ApiOkResponse({ type: AuditLogResponse })
  async auditLog(
    @CurrentSession() session: Session,
    @ValidQuery() query: AuditLogQuery,
  ): Promise<AuditLogResponse> {
    const { items, nextCursor } = await this.audit.list(session.workspaceId, query);
    return { items: items.map((item) => ({ ...item, at: item.at.toISOString() })), nextCursor };
  }
}
