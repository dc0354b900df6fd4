import { Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import { Id } from '../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../http/endpoint/valid.ts';
import { PageQuery } from '../http/paging/page.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import { stateWithoutUses } from '../http/request/rotated-secret.ts';
import {
  CreateOAuthClientDto,
  IssuedOAuthClientResponse,
  OAuthClientPageResponse,
  OAuthClientResponse,
} from './oauth-clients.dto.ts';
import { OAuthClientsService } from './oauth-clients.service.ts';
import { RotateTokenDto } from './tokens.dto.ts';

/** OAuth clients: for identity providers that ask for access tokens by client credentials, beside API tokens. */
@AdminEndpoint('oauth-clients', 'OAuth clients')
export class OAuthClientsController {
  constructor(private readonly clients: OAuthClientsService) {}

  /** Lists the clients, newest first, revoked ones too, without their secrets. */
  @Get()
  @ApiOperation({ summary: 'List OAuth clients' })
  @ApiOkResponse({ type: OAuthClientPageResponse })
  list(@CurrentSession() session: Session, @ValidQuery() query: PageQuery): Promise<OAuthClientPageResponse> {
    return this.clients.list(session.workspaceId, query);
  }

  /** One client, without its secrets. */
  @Get(':id')
  @AnswersWithTag(stateWithoutUses)
  @ApiOperation({ summary: 'Show an OAuth client' })
  @ApiOkResponse({ type: OAuthClientResponse })
  get(@CurrentSession() session: Session, @Id('OAuth client') id: string): Promise<OAuthClientResponse> {
    return this.clients.get(session.workspaceId, id);
  }

  /** Makes a client. The secret is in this answer only. */
  @Post()
  @AnswersWithTag(stateWithoutUses)
  @ApiOperation({ summary: 'Make an OAuth client' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedOAuthClientResponse })
  create(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: CreateOAuthClientDto,
  ): Promise<IssuedOAuthClientResponse> {
    return this.clients.create(session, body);
  }

  /** Gives a client a new secret, which is in this answer only; the one before keeps working for the overlap. */
  @Post(':id/rotate')
  @AnswersWithTag(stateWithoutUses)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace the secret of an OAuth client' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedOAuthClientResponse })
  rotate(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: RotateTokenDto,
    @Id('OAuth client') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<IssuedOAuthClientResponse> {
    return this.clients.rotate(session, id, body, precondition);
  }

  /** Revokes a client for ever, with its secrets and access tokens. */
  @Delete(':id')
  @ApiOperation({ summary: 'Revoke an OAuth client' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  revoke(
    @CurrentSession() session: Session,
    @Id('OAuth client') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.clients.revoke(session, id, precondition);
  }
}
