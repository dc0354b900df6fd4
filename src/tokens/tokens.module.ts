import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { apiToken } from './api-token.table.ts';
import { ApiTokenGuard } from './api-token.guard.ts';
import { apiTokenSecret } from './api-token-secret.table.ts';
import { ExpiringTokensService } from './expiring-tokens.service.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import { tokenAttempt } from './token-attempt.table.ts';
import { TokenAttempts } from './token-attempts.ts';
import { TokenCache } from './token-cache.ts';
import { AccessTokensService } from './access-tokens.service.ts';
import { oauthClientSecret } from './oauth-client-secret.table.ts';
import { OAuthClientsController } from './oauth-clients.controller.ts';
import { OAuthClientsService } from './oauth-clients.service.ts';
import { OAuthTokenController } from './oauth-token.controller.ts';
import { TokenCheckService } from './token-check.service.ts';
import { TokensController } from './tokens.controller.ts';
import { TokensService } from './tokens.service.ts';

/** API tokens and OAuth clients: issue, rotate, revoke, check; the bearer strategy and its guard. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([
      apiToken.entity,
      apiTokenSecret.entity,
      oauthClientSecret.entity,
      tokenAttempt.entity,
    ]),
  ],
  controllers: [TokensController, OAuthClientsController, OAuthTokenController],
  providers: [
    AccessTokensService,
    ApiTokenGuard,
    BearerStrategy,
    ExpiringTokensService,
    OAuthClientsService,
    TokenAttempts,
    TokenCache,
    TokenCheckService,
    TokensService,
  ],
  exports: [ApiTokenGuard, TokenAttempts, TokenCheckService, TokensService],
})
export class TokensModule {}
