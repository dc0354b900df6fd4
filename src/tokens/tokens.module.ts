import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { ApiTokenEntity } from './api-token.entity.ts';
import { ApiTokenGuard } from './api-token.guard.ts';
import { ApiTokenSecretEntity } from './api-token-secret.entity.ts';
import { TokenCache } from './token-cache.ts';
import { TokenCheckService } from './token-check.service.ts';
import { TokensController } from './tokens.controller.ts';
import { TokensService } from './tokens.service.ts';

/** API tokens: issue, rotate, revoke, check; the guard that asks for one. */
@Module({
  imports: [AuditModule, WorkspacesModule, TypeOrmModule.forFeature([ApiTokenEntity, ApiTokenSecretEntity])],
  controllers: [TokensController],
  providers: [
    ApiTokenGuard,
    { provide: TokenCache, useFactory: () => new TokenCache() },
    TokenCheckService,
    TokensService,
  ],
  exports: [ApiTokenGuard, TokenCheckService, TokensService],
})
export class TokensModule {}
