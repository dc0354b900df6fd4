import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { parameter, sql } from '../../database/sql.ts';
import { seatRoomNow } from '../../member-directory/members/seats.ts';
import { addCounts, nothingPending, type Pending } from '../decision/change.ts';
import { reverseChange } from '../decision/reverse-change.ts';
import { countByKind } from '../planning/batch-plan.ts';
import { readRun } from '../record/run-statements.ts';
import { freeOfClashes } from '../undo/undo-clashes.ts';
import { restorableGroups } from '../undo/undo-groups.ts';
import { bringsBack, type Lineage, readLineage } from '../undo/undo-lineage.ts';
import { rolesNow } from '../undo/undo-roles.ts';
import { type Pair, readChanges } from '../undo/undo-statements.ts';
import { requireUndoable } from '../undo/undoable.ts';

/** Changes that are read at once; an undo looks at as many together. */
const batchSizeChanges = 500;

/**
 * What the undo of a run would do now.
 *
 * @property counts what would be done to members, by kind
 * @property kept changes that cannot be undone any more
 * @property held removals that the run still holds: an undo rejects them
 * @property heldAgain removals that the run, an undo, rejected: undoing it holds them again
 */
export interface UndoPreview {
  counts: Pending;
  kept: number;
  held: number;
  heldAgain: number;
}

/** Says before an undo what it would do. */
@Injectable()
export class UndoPreviewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides about each change as an undo does, as of one moment, and writes nothing.
   *
   * @throws NotFoundError, ConflictError `not-undoable`
   */
  async of(workspaceId: string, runId: string): Promise<UndoPreview> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const db = dbOf(manager);
      await db.run(sql`SET TRANSACTION READ ONLY`);
      await useGenericPlans(manager);
      requireUndoable(await readRun(db, workspaceId, runId, 'en'));
      const lineage = await readLineage(db, workspaceId, runId);
      const preview: UndoPreview = {
        counts: nothingPending(),
        kept: 0,
        held: await countHeld(db, workspaceId, runId),
        heldAgain: await countHeldAgain(db, workspaceId, lineage),
      };
      for await (const pairs of this.reversals(db, workspaceId, runId, lineage)) {
        const made = pairs.flatMap(({ reversal }) => ('kept' in reversal ? [] : [reversal]));
        addCounts(preview.counts, countByKind(made));
        preview.kept += pairs.length - made.length;
      }
      return preview;
    });
  }

  /** What would become of the changes, in the order in which an undo comes to them. */
  private async *reversals(
    db: Db,
    workspaceId: string,
    runId: string,
    lineage: Lineage,
  ): AsyncGenerator<Pair[]> {
    const now = this.clock.now();
    const undone = { workspaceId, undoesRunId: runId };
    const seats = await seatRoomNow(db, workspaceId);
    const roles = await rolesNow(db, workspaceId);
    const addresses = new Map<string, string | null>();
    const foreseen = { groups: await restorableGroups(db, { workspaceId, lineage }), addresses };
    let after: string | null = null;
    for (;;) {
      const changes = await readChanges(db, undone, lineage, { after, limit: batchSizeChanges });
      const last = changes.at(-1);
      if (last === undefined) return;
      const pairs = changes.map((change) => ({ change, reversal: reverseChange(change, now) }));
      const settled = await freeOfClashes(db, workspaceId, pairs, { seats, roles, foreseen });
      for (const [member, address] of addressesAfter(settled)) addresses.set(member, address);
      if (seats !== null) seats.free -= seatsTaken(settled);
      yield settled;
      after = last.directoryUserId;
    }
  }
}

async function countHeld(db: Db, workspaceId: string, runId: string): Promise<number> {
  const { rows } = await db.run(sql<{ held: number }>`SELECT count(*)::integer AS held FROM sync_change
    WHERE workspace_id = ${workspaceId} AND run_id = ${runId} AND state = 'held'`);
  return rows[0]?.held ?? 0;
}

/** Those whose rejection has not been overtaken since. */
async function countHeldAgain(db: Db, workspaceId: string, lineage: Lineage): Promise<number> {
  if (!bringsBack(lineage)) return 0;
  const [undone = null, original = null] = lineage.ancestors;
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ held: number }>`SELECT count(*)::integer AS held FROM sync_change c
    JOIN sync_link l ON l.workspace_id = ${workspace} AND l.directory_user_id = c.directory_user_id
      AND l.state = 'suppressed'
    WHERE c.workspace_id = ${workspace} AND c.run_id = ${original} AND c.state = 'rejected'
      AND c.rejected_by = ${undone}`);
  return rows[0]?.held ?? 0;
}

/** The addresses that members have after these undos; null: they are removed. */
function addressesAfter(pairs: readonly Pair[]): [string, string | null][] {
  return pairs.flatMap(({ reversal }): [string, string | null][] => {
    if ('kept' in reversal) return [];
    const { id, status, emailKey } = reversal.member;
    return [[id, status === 'removed' ? null : emailKey]];
  });
}

/** How many more seats are taken after these undos. */
function seatsTaken(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { change, reversal }) => {
    if ('kept' in reversal) return sum;
    return sum + Number(reversal.member.status === 'active') - Number(change.member?.status === 'active');
  }, 0);
}
