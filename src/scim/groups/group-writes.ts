import { Injectable } from '@nestjs/common';
import { CombinedWrites } from '../../database/combined-writes.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { insertGroup, type NewGroup } from './group-statements.ts';
import { insertGroups } from './insert-many-groups.ts';

/** Creates groups for requests, several of one workspace together where they come at the same moment. */
@Injectable()
export class GroupWrites {
  private readonly creations: CombinedWrites<NewGroup, true>;

  constructor(private readonly db: StatementPool) {
    this.creations = new CombinedWrites({
      alone: (workspaceId, group) => insertGroup(db, workspaceId, group).then(() => true as const),
      together: (workspaceId, groups) => insertGroups(db, workspaceId, groups),
      // Nothing keeps two groups from having the same names.
      keysOf: () => [],
    });
  }

  /** See `insertGroup`. Members are looked up, so that a group that has some is created alone. */
  async insert(workspaceId: string, group: NewGroup): Promise<void> {
    if (group.members.length > 0) await insertGroup(this.db, workspaceId, group);
    else await this.creations.write(workspaceId, group);
  }
}
