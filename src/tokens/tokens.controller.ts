import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiPageQuery } from '../http/paging/page.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
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
@Controller('api/tokens')
@UseGuards(SessionGuard)
@ApiTags('API tokens')
@ApiBearerAuth('session')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  /** Lists the tokens, newest first, without their secrets. */
  @Get()
  @ApiOperation({ summary: 'List API tokens' })
  @ApiPageQuery()
  @ApiOkResponse({ type: TokenPageResponse })
  list(@CurrentSession() session: Session, @Query() query: unknown): Promise<TokenPageResponse> {
    return this.tokens.list(session.workspaceId, query);
  }

  /** One token, without its secret. */
  @Get(':id')
  @ApiOperation({ summary: 'Show an API token' })
  @AnswersWithTag(tokenState)
  @ApiOkResponse({ type: TokenResponse })
  get(@CurrentSession() session: Session, @Param('id') id: string): Promise<TokenResponse> {
    return this.tokens.get(session.workspaceId, id);
  }

  /** Makes a token. The secret is in this answer only. */
  @Post()
  @ApiOperation({ summary: 'Make an API token' })
  @Header('Cache-Control', 'no-store')
  @ApiBody({ type: IssueTokenDto, required: false })
  @ApiCreatedResponse({ type: IssuedTokenResponse })
  create(@CurrentSession() session: Session, @Body() body: unknown): Promise<IssuedTokenResponse> {
    return this.tokens.create(session.workspaceId, body, session.email);
  }

  /** Replaces a token; the old one goes on working for the overlap. */
  @Post(':id/rotate')
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace an API token' })
  @Header('Cache-Control', 'no-store')
  @ApiBody({ type: RotateTokenDto, required: false })
  @ApiCreatedResponse({ type: IssuedTokenResponse })
  rotate(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
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
    @Param('id') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.tokens.revoke(session, id, precondition);
  }
}
