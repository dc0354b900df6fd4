import { Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '../config/config.ts';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import { shownPrefixLengthChars } from '../http/request/token-secret.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import { RequestLimits } from '../http/limits/request-limits.ts';
import { BadInputError, codedFault, UnauthenticatedError } from '../errors/domain-errors.ts';
import { ValidBody } from '../http/endpoint/valid.ts';
import { requireOwnOrigin } from './csrf-token.ts';
import { SessionListService } from './session-list.service.ts';
import { cookieIn, cookieNameOf, cookieOptionsOf } from './session-cookie.ts';
import { OpenedSessionResponse, OpenSessionDto, SessionResponse } from './session.dto.ts';
import { CurrentSession, CurrentSessionToken, type Session, SessionGuard } from './session.guard.ts';
import { type SessionOpener, SessionsService } from './sessions.service.ts';

/** Signing in and out of the settings screen. */
@Controller('api/session')
@ApiTags('Session')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly list: SessionListService,
    private readonly config: Config,
    private readonly limits: RequestLimits,
  ) {}

  /**
   * Exchanges the code of an admin link, or an assertion of the vendor's own sign-in, for a session, also set as a cookie
   * unless `cookie` is false. It replaces the session that the browser has; one of somebody else, or of another workspace,
   * only when `replace` says so.
   */
  @Post()
  @ApiOperation({ summary: 'Sign in with the code of an admin link, or an assertion of the vendor' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: OpenedSessionResponse })
  async open(
    @ValidBody() { code, assertion, replace, cookie: asCookie }: OpenSessionDto,
    @Req() request: KnownRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpenedSessionResponse> {
    requireOwnOrigin(request, this.config);
    const cookie = asCookie ? cookieIn(request.headers.cookie, cookieNameOf(this.config)) : null;
    const opener = {
      userAgent: request.get('user-agent') ?? null,
      address: request.ip ?? '',
      current: cookie === null ? null : await this.sessions.find(cookie),
      mayReplace: replace,
    };
    const opening = this.signIn(code, assertion, opener);
    const opened = await opening.catch((error: unknown) => {
      if (!(error instanceof UnauthenticatedError)) throw error;
      throw this.limits.countBad(
        request,
        response,
        error,
        code?.slice(0, shownPrefixLengthChars) ?? 'assertion',
      );
    });
    if (!asCookie) return opened;
    const expires = new Date(opened.expiresAt);
    response.cookie(cookieNameOf(this.config), opened.token, { ...cookieOptionsOf(this.config), expires });
    return opened;
  }

  /** @throws BadInputError unless exactly one is given */
  private signIn(
    code: string | undefined,
    assertion: string | undefined,
    opener: SessionOpener,
  ): Promise<OpenedSessionResponse> {
    if (code !== undefined && assertion === undefined) return this.sessions.open(code, opener);
    if (assertion !== undefined && code === undefined)
      return this.sessions.openByAssertion(assertion, opener);
    if (code === undefined)
      throw new BadInputError([codedFault('code', 'required', 'code or assertion is required')]);
    throw new BadInputError([codedFault('assertion', 'one-choice', 'Give either code or assertion.')]);
  }

  /** Says who is signed in. */
  @Get()
  @ApiOperation({ summary: 'Say who is signed in' })
  @UseGuards(SessionGuard)
  @HoldsSecret()
  @ApiBearerAuth('session')
  @ApiOkResponse({ type: SessionResponse })
  describe(
    @CurrentSession() session: Session,
    @CurrentSessionToken() token: string,
  ): Promise<SessionResponse> {
    return this.sessions.describe(session, token);
  }

  /** Signs out. */
  @Delete()
  @ApiOperation({ summary: 'Sign out' })
  @HttpCode(204)
  @UseGuards(SessionGuard)
  @ApiBearerAuth('session')
  @ApiNoContentResponse()
  async close(
    @CurrentSession() session: Session,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.close(session);
    response.clearCookie(cookieNameOf(this.config), cookieOptionsOf(this.config));
  }

  /** Signs out everywhere: ends every session of this admin in the workspace, this one too. */
  @Post('sign-out-everywhere')
  @ApiOperation({ summary: 'Sign out everywhere' })
  @HttpCode(204)
  @UseGuards(SessionGuard)
  @ApiBearerAuth('session')
  @ApiNoContentResponse()
  async closeAll(
    @CurrentSession() session: Session,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.list.endOwn(session);
    response.clearCookie(cookieNameOf(this.config), cookieOptionsOf(this.config));
  }
}
