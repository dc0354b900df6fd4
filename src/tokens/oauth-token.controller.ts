import { Body, Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { OAuthError } from '../errors/oauth-error.ts';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import { RequestLimits } from '../http/limits/request-limits.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import { shownPrefixLengthChars } from '../http/request/token-secret.ts';
import { AccessTokensService } from './access-tokens.service.ts';
import { readTokenRequest } from './client-credentials.ts';
import { AccessTokenRequestDto, AccessTokenResponse } from './oauth-token.dto.ts';

/** Where OAuth clients ask for access tokens to `/scim/v2`. */
@Controller('oauth')
@ApiTags('SCIM')
export class OAuthTokenController {
  constructor(
    private readonly tokens: AccessTokensService,
    private readonly limits: RequestLimits,
  ) {}

  /** Answers the credentials of an OAuth client with an access token (RFC 6749 §4.4). */
  @Post('token')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask for an access token' })
  @ApiSecurity('clientCredentials')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: AccessTokenRequestDto })
  @HoldsSecret()
  @ApiOkResponse({ type: AccessTokenResponse })
  async issue(
    @Headers('authorization') authorization: string | undefined,
    @Body() form: unknown,
    @Req() request: KnownRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccessTokenResponse> {
    response.setHeader('Pragma', 'no-cache');
    let credentials: string | null = null;
    try {
      const asked = readTokenRequest(authorization, form);
      credentials = asked.clientId.slice(0, shownPrefixLengthChars);
      return await this.tokens.issue(asked);
    } catch (error) {
      if (!(error instanceof OAuthError) || error.code !== 'invalid_client') throw error;
      // RFC 6749 §5.2: who came by the header is told which scheme it takes.
      if (authorization !== undefined) response.setHeader('WWW-Authenticate', 'Basic realm="OAuth clients"');
      throw this.limits.countBad(request, response, error, credentials);
    }
  }
}
