import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TokensModule } from '../tokens/tokens.module.ts';
import { BulkController } from './bulk.controller.ts';
import { BulkService } from './bulk.service.ts';
import { DirectoryEvent } from './directory-event.entity.ts';
import { DirectoryGroupMember } from './directory-group-member.entity.ts';
import { DirectoryGroup } from './directory-group.entity.ts';
import { DirectoryUser } from './directory-user.entity.ts';
import { DiscoveryController } from './discovery.controller.ts';
import { GroupsController } from './groups.controller.ts';
import { GroupsService } from './groups.service.ts';
import { LateReferencesService } from './late-references.service.ts';
import { RootController } from './root.controller.ts';
import { RootService } from './root.service.ts';
import { UnsupportedController } from './unsupported.controller.ts';
import { UsersController } from './users.controller.ts';
import { UsersService } from './users.service.ts';
import { WorkspaceExtensions } from './workspace-extensions.ts';

/** SCIM 2.0 over HTTP, and the directory that it fills. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DirectoryUser, DirectoryGroup, DirectoryGroupMember, DirectoryEvent]),
    TokensModule,
  ],
  // The last controller takes whatever the others left.
  controllers: [
    UsersController,
    GroupsController,
    BulkController,
    DiscoveryController,
    RootController,
    UnsupportedController,
  ],
  providers: [
    UsersService,
    GroupsService,
    RootService,
    BulkService,
    LateReferencesService,
    WorkspaceExtensions,
  ],
  exports: [WorkspaceExtensions],
})
export class ScimModule {}
