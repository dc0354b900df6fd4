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
import { TokenCheckService } from './token-check.service.ts';
import { TokensController } from './tokens.controller.ts';
import { TokensService } from './tokens.service.ts';

/** API tokens: issue, rotate, revoke, check; the bearer strategy and its guard. */
@Module({
  imports: [
    AuditModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([apiToken.entity, apiTokenSecret.entity, tokenAttempt.entity]),
  ],
  controllers: [TokensController],
  providers: [
    ApiTokenGuard,
    BearerStrategy,
    ExpiringTokensService,
    TokenAttempts,
    TokenCache,
    TokenCheckService,
    TokensService,
  ],
  exports: [ApiTokenGuard, TokenAttempts, TokenCheckService, TokensService],
})
export class TokensModule {}
