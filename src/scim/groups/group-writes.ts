import { Injectable } from '@nestjs/common';
import { CombinedWrites } from '../../database/combined-writes.ts';
import { CommitNotes, type TransactionDb } from '../../database/commit-notes.ts';
import type { Db } from '../../database/db.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import type { MembershipOperation } from '../../scim-core/patch/membership.ts';
import { laneTopic } from '../../workspaces/lane-topic.ts';
import { deleteGroup, deleteLockedGroup, insertGroup, type NewGroup } from './group-statements.ts';
import { insertGroups } from './insert-many-groups.ts';
import { applyMembership } from './membership-statements.ts';

/**
 * Writes groups for requests: creates several of one workspace together where they come at the same moment, and tells the lane
 * of those who leave a group, which need not wait until it looks by itself.
 */
@Injectable()
export class GroupWrites {
  private readonly creations: CombinedWrites<NewGroup, true>;

  constructor(
    private readonly db: StatementPool,
    private readonly commits: CommitNotes,
  ) {
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

  /** See `applyMembership`. */
  async changeMembers(
    db: Db | TransactionDb,
    workspaceId: string,
    groupId: string,
    operation: MembershipOperation,
    event: { id: string; at: Date },
  ): Promise<string | null> {
    const version = await applyMembership(db, workspaceId, groupId, operation, event);
    if (operation.kind !== 'add') this.tellLane(db, workspaceId);
    return version;
  }

  /** See `deleteGroup`. */
  async delete(...given: Parameters<typeof deleteGroup>): Promise<Awaited<ReturnType<typeof deleteGroup>>> {
    const outcome = await deleteGroup(...given);
    const [db, workspaceId] = given;
    if (outcome === 'deleted') this.tellLane(db, workspaceId);
    return outcome;
  }

  /** See `deleteLockedGroup`. */
  async deleteLocked(
    db: TransactionDb,
    workspaceId: string,
    id: string,
    event: { id: string; at: Date },
  ): Promise<true | null> {
    const isDeleted = await deleteLockedGroup(db, workspaceId, id, event);
    if (isDeleted) this.tellLane(db, workspaceId);
    return isDeleted;
  }

  /** Who leaves a group may lose a role by that. */
  private tellLane(db: Db | TransactionDb, workspaceId: string): void {
    const note = { topic: laneTopic, workspaceId };
    if ('tellAtCommit' in db) db.tellAtCommit(note);
    else this.commits.tell([note]);
  }
}
