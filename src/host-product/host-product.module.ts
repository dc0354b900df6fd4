import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { EventsController } from './feed/events.controller.ts';

/** The doors of the vendor's own back end, which follows the members of its customers. */
@Module({
  imports: [EventsModule, OperatorAccessModule, WorkspacesModule],
  controllers: [EventsController],
})
export class HostProductModule {}
