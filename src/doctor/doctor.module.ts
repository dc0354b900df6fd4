import { Module } from '@nestjs/common';
import { ProvisioningLogModule } from '../provisioning-log/provisioning-log.module.ts';
import { TokensModule } from '../tokens/tokens.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { FindingsController } from './api/findings.controller.ts';
import { FindingsService } from './api/findings.service.ts';

/** The doctor of identity providers: from their traffic it names what is wrong over there, and how to fix it. */
@Module({
  imports: [ProvisioningLogModule, TokensModule, WorkspacesModule],
  controllers: [FindingsController],
  providers: [FindingsService],
})
export class DoctorModule {}
