import { RecordsReads } from '../audit/recorded-reads.ts';
import { Delete, Get, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { actorOf } from '../audit/audit.service.ts';
import { Id } from '../http/endpoint/id.ts';
import { ValidQuery } from '../http/endpoint/valid.ts';
import { PageQuery } from '../http/paging/page.ts';
import type { Caller } from '../http/request/caller.ts';
import { actorOfCaller } from '../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { ProductScope } from '../operator-access/scope.guard.ts';
import { AdminEndpoint } from './endpoints.ts';
import { EndedSessionsResponse, EndSessionsQuery, ListedSessionPageResponse } from './session-list.dto.ts';
import { SessionListService } from './session-list.service.ts';
import { CurrentSession, type Session } from './session.guard.ts';
import { WorkspaceId } from './workspace-id.ts';

/** Who is signed in to the admin's own workspace. */
@AdminEndpoint('sessions', 'Session')
export class SessionListController {
  constructor(private readonly sessions: SessionListService) {}

  /** Lists the sessions of all admins of the workspace that are not over, the newest first. */
  @Get()
  @ApiOperation({ summary: 'List the sessions of the workspace' })
  @ApiOkResponse({ type: ListedSessionPageResponse })
  list(
    @CurrentSession() session: Session,
    @ValidQuery() query: PageQuery,
  ): Promise<ListedSessionPageResponse> {
    return this.sessions.list(session.workspaceId, query, session.id);
  }

  /** Ends a session of any admin of the workspace, and the streams that it has open. */
  @Delete(':id')
  @ApiOperation({ summary: 'End a session' })
  @HttpCode(204)
  @ApiNoContentResponse()
  end(@CurrentSession() session: Session, @Id('session') id: string): Promise<void> {
    return this.sessions.end(session.workspaceId, id, actorOf(session.email));
  }
}

/** The same for the vendor. */
@OperatorEndpoint('workspaces/:id/sessions')
export class OperatorSessionsController {
  constructor(private readonly sessions: SessionListService) {}

  /** Lists the sessions of the admins of a workspace that are not over, the newest first. */
  @Get()
  @RecordsReads()
  @ProductScope('workspaces:read')
  @ApiOperation({ summary: 'List the sessions of a workspace' })
  @ApiOkResponse({ type: ListedSessionPageResponse })
  list(@WorkspaceId() id: string, @ValidQuery() query: PageQuery): Promise<ListedSessionPageResponse> {
    return this.sessions.list(id, query, null);
  }

  /**
   * Ends the sessions of one admin, or of all admins of a workspace, and takes back links that they have not used: for
   * somebody who is no admin any more.
   */
  @Delete()
  @ProductScope('workspaces:write')
  @ApiOperation({ summary: 'End the sessions of a workspace or admin' })
  @ApiOkResponse({ type: EndedSessionsResponse })
  async endAll(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() id: string,
    @ValidQuery() { email }: EndSessionsQuery,
  ): Promise<EndedSessionsResponse> {
    return { ended: await this.sessions.endAll(id, email, actorOfCaller(caller)) };
  }

  /** Ends one session. */
  @Delete(':session')
  @ProductScope('workspaces:write')
  @ApiOperation({ summary: 'End a session of a workspace' })
  @HttpCode(204)
  @ApiNoContentResponse()
  async end(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() id: string,
    @Id('session', 'session') session: string,
  ): Promise<void> {
    await this.sessions.end(id, session, actorOfCaller(caller));
  }
}
