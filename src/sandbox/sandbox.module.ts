import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { TokensModule } from '../tokens/tokens.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { SandboxController } from './sandbox.controller.ts';
import { SandboxGuard } from './sandbox.guard.ts';
import { SandboxService } from './sandbox.service.ts';
import { simulation } from './simulation.table.ts';

/** Simulated identity providers for workspaces that are for trying things out. */
@Module({
  imports: [TypeOrmModule.forFeature([simulation.entity]), AuditModule, TokensModule, WorkspacesModule],
  controllers: [SandboxController],
  providers: [SandboxGuard, SandboxService],
})
export class SandboxModule {}
