import { Controller, Get, Headers, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AuditService } from '../audit/audit.service.ts';
import { languageOf } from '../errors/language.ts';
import { parseBody } from '../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import { AuditLogQuery, AuditLogResponse } from './audit-log.dto.ts';
import { LoggedRequestResponse, ProvisioningLogQuery, ProvisioningLogResponse } from './logs.dto.ts';
import { RequestLogViewService } from './request-log-view.service.ts';

/** What the identity provider asked, and what admins and operators did. */
@Controller('api')
@UseGuards(SessionGuard)
@ApiTags('Logs')
@ApiBearerAuth('session')
export class LogsController {
  constructor(
    private readonly requests: RequestLogViewService,
    private readonly audit: AuditService,
  ) {}

  /** Every SCIM request of the workspace, newest first. */
  @Get('provisioning-log')
  @ApiOperation({ summary: 'List requests of the identity provider' })
  @ApiQuery({ type: ProvisioningLogQuery })
  @ApiOkResponse({ type: ProvisioningLogResponse })
  async provisioningLog(
    @CurrentSession() session: Session,
    @Query() query: unknown,
    @Headers('accept-language') language: string | undefined,
  ): Promise<ProvisioningLogResponse> {
    const filter = parseBody(ProvisioningLogQuery, query);
    return this.requests.list(session.workspaceId, filter, languageOf(language));
  }

  /** One SCIM request: what was sent and answered, without secrets, and what it changed. */
  @Get('provisioning-log/:id')
  @ApiOperation({ summary: 'Show a request of the identity provider' })
  @ApiOkResponse({ type: LoggedRequestResponse })
  loggedRequest(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('accept-language') language: string | undefined,
  ): Promise<LoggedRequestResponse> {
    return this.requests.get(session.workspaceId, id, languageOf(language));
  }

  /** Every deed of an admin or operator, newest first. */
  @Get('audit-log')
  @ApiOperation({ summary: 'List what admins and the operator did' })
  @ApiQuery({ type: AuditLogQuery })
  @ApiOkResponse({ type: AuditLogResponse })
  async auditLog(@CurrentSession() session: Session, @Query() query: unknown): Promise<AuditLogResponse> {
    const { actor, ...filter } = parseBody(AuditLogQuery, query);
    const { items, nextCursor } = await this.audit.list(session.workspaceId, {
      ...filter,
      actorEmail: actor,
    });
    return { items: items.map((item) => ({ ...item, at: item.at.toISOString() })), nextCursor };
  }
}
