import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { KeyCache } from './key-cache.ts';
import { KeyCheckService } from './key-check.service.ts';
import { OperatorGuard } from './operator.guard.ts';
import { productKey } from './product-key.table.ts';
import { productKeySecret } from './product-key-secret.table.ts';
import { ProductKeysController } from './product-keys.controller.ts';
import { ProductKeysService } from './product-keys.service.ts';
import { ScopeGuard } from './scope.guard.ts';
import { WorkspaceDirectory } from './workspace-directory.ts';

/** Who may call `/operator`, and what: the operator token, and product keys with their scopes. */
@Module({
  imports: [AuditModule, TypeOrmModule.forFeature([productKey.entity, productKeySecret.entity])],
  controllers: [ProductKeysController],
  providers: [KeyCache, KeyCheckService, OperatorGuard, ProductKeysService, ScopeGuard, WorkspaceDirectory],
  exports: [KeyCheckService, OperatorGuard, ScopeGuard, WorkspaceDirectory],
})
export class OperatorAccessModule {}
