import { Injectable } from '@nestjs/common';
import { CombinedWrites } from '../../database/combined-writes.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { foldName } from '../../scim-core/fold.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { UserWrite } from './user-values.ts';
import { insertUsers, type NewUser, updateUsers } from './write-many-users.ts';
import type { UserUpdate } from './user-parts.ts';
import { insertUser, type InsertedUser, updateUser, type UpdatedUser } from './write-users.ts';

/** Writes users for requests, several of one workspace together where they come at the same moment. */
@Injectable()
export class UserWrites {
  private readonly creations: CombinedWrites<NewUser, InsertedUser>;
  private readonly updates: CombinedWrites<UserUpdate, UpdatedUser | null>;

  constructor(private readonly db: StatementPool) {
    this.creations = new CombinedWrites({
      alone: (workspaceId, { id, write }) => insertUser(db, workspaceId, id, write),
      together: (workspaceId, users) => insertUsers(db, workspaceId, users),
      keysOf: ({ write }) => namesOf(write.resource),
    });
    this.updates = new CombinedWrites({
      alone: (workspaceId, update) => updateUser(db, workspaceId, update),
      together: (workspaceId, updates) => updateUsers(db, workspaceId, updates),
      keysOf: ({ read }) => [read.id],
    });
  }

  /** See `insertUser`. */
  insert(workspaceId: string, id: string, write: UserWrite): Promise<InsertedUser> {
    return this.creations.write(workspaceId, { id, write });
  }

  /** See `updateUser`. New names may be somebody else's: they are written alone. */
  update(workspaceId: string, update: UserUpdate): Promise<UpdatedUser | null> {
    if (update.userNameChanged || update.externalIdChanged) return updateUser(this.db, workspaceId, update);
    return this.updates.write(workspaceId, update);
  }
}

/** By which names of a new user it is decided whether they are there already, or return. */
function namesOf({ userName, externalId }: ScimResource): string[] {
  const name = `name ${foldName(String(userName))}`;
  return typeof externalId === 'string' ? [name, `external ${externalId}`] : [name];
}

/** Which of the names that others go by a change changes. */
export function changedNames(
  before: ScimResource,
  after: ScimResource,
): Pick<UserUpdate, 'userNameChanged' | 'externalIdChanged'> {
  return {
    userNameChanged: before.userName !== after.userName,
    externalIdChanged: before.externalId !== after.externalId,
  };
}

/** Whether somebody who was switched off is switched on again. */
export function restores(before: ScimResource, after: ScimResource): boolean {
  return before.active === false && after.active !== false;
}
