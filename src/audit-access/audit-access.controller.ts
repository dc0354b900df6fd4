import { Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AuditFeed } from '../audit/audit-feed.ts';
import { installation } from '../audit/audit.service.ts';
import { readAuditHead } from '../audit/read-head.ts';
import { Clock } from '../database/clock.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { ValidQuery } from '../http/endpoint/valid.ts';
import { type Caller, limitOf } from '../http/request/caller.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { ProductScope } from '../operator-access/scope.guard.ts';
import { WorkspaceId } from '../workspaces/workspace-id.ts';
import { AuditFeedQuery, AuditFeedResponse, AuditHeadResponse, toAuditFeed } from './audit-access.dto.ts';

/** The audit log for those who keep a copy of it, such as a SIEM, and for those who check that it is whole. */
@OperatorEndpoint('', 'Audit log')
export class AuditAccessController {
  constructor(
    private readonly feed: AuditFeed,
    private readonly db: StatementPool,
    private readonly clock: Clock,
  ) {}

  /** Records of all workspaces and of the installation, in an order in which none appears before one that was read. */
  @Get('audit')
  @ProductScope('audit:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Follow the audit logs of all workspaces' })
  @ApiOkResponse({ type: AuditFeedResponse })
  async ofAll(
    @CurrentCaller() caller: Caller,
    @ValidQuery() query: AuditFeedQuery,
  ): Promise<AuditFeedResponse> {
    const { after, limit } = query;
    return toAuditFeed(await this.feed.page({ after, limit, workspaceId: null, visible: limitOf(caller) }));
  }

  /** The end of the installation's own chain: of what belongs to no workspace, or to one that is gone. */
  @Get('audit/head')
  @ApiOperation({ summary: 'Show the end of the audit log of the installation' })
  @ApiOkResponse({ type: AuditHeadResponse })
  headOfInstallation(): Promise<AuditHeadResponse> {
    return this.readHead(installation);
  }

  /** Records of one workspace, in the order of their sequences. */
  @Get('workspaces/:id/audit')
  @ProductScope('audit:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Follow the audit log of a workspace' })
  @ApiOkResponse({ type: AuditFeedResponse })
  async ofOne(
    @WorkspaceId() workspaceId: string,
    @ValidQuery() query: AuditFeedQuery,
  ): Promise<AuditFeedResponse> {
    const { after, limit } = query;
    return toAuditFeed(await this.feed.page({ after, limit, workspaceId, visible: null }));
  }

  /** The end of the chain, to be kept where nobody of the service can change it: `npm run audit:verify` compares it. */
  @Get('workspaces/:id/audit/head')
  @ProductScope('audit:read')
  @ApiOperation({ summary: 'Show the end of the audit log of a workspace' })
  @ApiOkResponse({ type: AuditHeadResponse })
  headOfOne(@WorkspaceId() workspaceId: string): Promise<AuditHeadResponse> {
    return this.readHead(workspaceId);
  }

  private async readHead(workspaceId: string): Promise<AuditHeadResponse> {
    return { ...(await readAuditHead(this.db, workspaceId)), at: this.clock.now().toISOString() };
  }
}
