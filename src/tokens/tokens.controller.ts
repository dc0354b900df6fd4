import { Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import { Id } from '../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../http/endpoint/valid.ts';
import { PageQuery } from '../http/paging/page.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import { tokenState } from './api-token.ts';
import {
  IssuedTokenResponse,
  IssueTokenDto,
  RotateTokenDto,
  TokenPageResponse,
  TokenResponse,
} from './tokens.dto.ts';
import { TokensService } from './tokens.service.ts';

/** The API tokens of the admin's workspace. */
@AdminEndpoint('tokens', 'API tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  /** Lists the tokens, newest first, without their secrets. */
  @Get()
  @ApiOperation({ summary: 'List API tokens' })
  @ApiOkResponse({ type: TokenPageResponse })
  list(@CurrentSession() session: Session, @ValidQuery() query: PageQuery): Promise<TokenPageResponse> {
    return this.tokens.list(session.workspaceId, query);
  }

  /** One token, without its secret. */
  @Get(':id')
  @ApiOperation({ summary: 'Show an API token' })
  @AnswersWithTag(tokenState)
  @ApiOkResponse({ type: TokenResponse })
  get(@CurrentSession() session: Session, @Id('API token') id: string): Promise<TokenResponse> {
    return this.tokens.get(session.workspaceId, id);
  }

  /** Makes a token. The secret is in this answer only. */
  @Post()
  @AnswersWithTag(tokenState)
  @ApiOperation({ summary: 'Make an API token' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedTokenResponse })
  create(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: IssueTokenDto,
  ): Promise<IssuedTokenResponse> {
    return this.tokens.create(session, body);
  }

  /** Replaces a token; the old one goes on working for the overlap. */
  @Post(':id/rotate')
  @AnswersWithTag(tokenState)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace an API token' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedTokenResponse })
  rotate(
    @CurrentSession() session: Session,
    @ValidBody({ optional: true }) body: RotateTokenDto,
    @Id('API token') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<IssuedTokenResponse> {
    return this.tokens.rotate(session, id, body, precondition);
  }

  /** Revokes a token for ever. */
  @Delete(':id')
  @ApiOperation({ summary: 'Revoke an API token' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  revoke(
    @CurrentSession() session: Session,
    @Id('API token') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.tokens.revoke(session, id, precondition);
  }
}
