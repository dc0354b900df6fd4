import { Module } from '@nestjs/common';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { AttentionController } from './attention.controller.ts';
import { AttentionService } from './attention.service.ts';

/** What needs somebody, over all workspaces. */
@Module({
  imports: [OperatorAccessModule, WorkspacesModule],
  controllers: [AttentionController],
  providers: [AttentionService],
})
export class AttentionModule {}
