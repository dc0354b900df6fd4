import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.ts';
import type { Db } from '../database/db.ts';
import { Quotas } from '../workspaces/quotas.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { type Counted, readCount } from './directory/directory-counts.ts';
import { TokensModule } from '../tokens/tokens.module.ts';
import { BulkController } from './bulk/bulk.controller.ts';
import { BulkService } from './bulk/bulk.service.ts';
import { directoryCount } from './directory/directory-count.table.ts';
import { DirectoryRecounts } from './directory/directory-recounts.ts';
import { directoryEvent } from './directory/directory-event.table.ts';
import { directoryGroupMember } from './directory/directory-group-member.table.ts';
import { directoryGroup } from './directory/directory-group.table.ts';
import { directoryUser } from './directory/directory-user.table.ts';
import { DiscoveryController } from './discovery/discovery.controller.ts';
import { GroupsController } from './groups/groups.controller.ts';
import { GroupWrites } from './groups/group-writes.ts';
import { GroupsService } from './groups/groups.service.ts';
import { LateReferencesService } from './groups/late-references.service.ts';
import { RootController } from './root-list/root.controller.ts';
import { RootService } from './root-list/root.service.ts';
import { UnsupportedController } from './protocol/unsupported.controller.ts';
import { UserWrites } from './users/user-writes.ts';
import { UsersController } from './users/users.controller.ts';
import { UsersService } from './users/users.service.ts';
import { WorkspaceExtensions } from './directory/workspace-extensions.ts';

/** SCIM 2.0 over HTTP, and the directory that it fills. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      directoryUser.entity,
      directoryGroup.entity,
      directoryGroupMember.entity,
      directoryEvent.entity,
      directoryCount.entity,
    ]),
    TokensModule,
    WorkspacesModule,
  ],
  // The last controller takes what the others leave.
  controllers: [
    UsersController,
    GroupsController,
    BulkController,
    DiscoveryController,
    RootController,
    UnsupportedController,
  ],
  providers: [
    UserWrites,
    UsersService,
    GroupWrites,
    GroupsService,
    RootService,
    BulkService,
    LateReferencesService,
    WorkspaceExtensions,
    DirectoryRecounts,
  ],
  exports: [WorkspaceExtensions, DirectoryRecounts],
})
export class ScimModule {
  constructor(quotas: Quotas, { quotas: { users, groups } }: Config, recounts: DirectoryRecounts) {
    // Nobody is refused for long because of people that the release before this one has deleted.
    const countOf = (name: Counted, max: number) => async (db: Db, workspaceId: string) => {
      const { count, recountAt } = await readCount(db, name, workspaceId);
      if (count >= max) recounts.asked(workspaceId, recountAt);
      return count;
    };
    quotas.register({ name: 'users', max: users, count: countOf('users', users) });
    quotas.register({ name: 'groups', max: groups, count: countOf('groups', groups) });
  }
}
