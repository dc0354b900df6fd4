import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { statementsInTurn } from '../../database/in-turn.ts';
import { planForAnyWorkspace } from '../../database/plan-for-any-workspace.ts';
import { causeOf, isDataError } from '../../errors/data-error.ts';
import { addCounts, type Pending, pendingOf } from '../decision/change.ts';
import { settleHeld, settleStates } from './end-undo.ts';
import { endRun } from '../runs/finish-run.ts';
import { giveBackMembers } from '../planning/former-links.ts';
import { type RegroupedMember, writeMemberships } from '../record/group-changes.ts';
import type { Refused } from '../planning/in-halves.ts';
import type { MemberState } from '../decision/person.ts';
import { newReference } from '../decision/refusals.ts';
import { originalKindOf, type Reversal, reverseChange, undoChange } from '../decision/reverse-change.ts';
import { addNotes, groupsRefused, peopleLeftOut, type RunNotes } from '../record/run-notes.ts';
import { addProgress, holdLease, type LeasedRun } from '../record/run-lease.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import { freeOfClashes } from './undo-clashes.ts';
import { restoreGroups, settleGroupChanges, takeGroupsBack } from './undo-groups.ts';
import { bringsBack, type Lineage, readLineage } from './undo-lineage.ts';
import { readChanges, settle, type StoredChange } from './undo-statements.ts';
import { countByKind, forgetMemberships } from '../writing/write-decisions.ts';
import { insertChangeRows, type LinkRow, upsertLinks, writeMembers } from '../writing/write-rows.ts';

/** Changes that are taken back in one transaction. */
const batchSizeChanges = 500;

/** What a batch has come to: the last person in the order of ids, and the counts so far. */
interface UndoneBatch {
  last: string;
  counts: Pending;
}

/**
 * A batch as it is tried.
 *
 * @property people whom it is about
 * @property refused people whose change the database refuses to take back, with the reference to the cause
 */
interface Attempt {
  after: string | null;
  limit: number;
  people: string[];
  refused: ReadonlyMap<string, string>;
}

/** Takes the changes of a run back, as far as nothing has touched them since; the rest is kept, with the reason. */
@Injectable()
export class UndoRun {
  private readonly logger = new Logger(UndoRun.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Works through the changes that are not settled yet, so that it may be called again after a kill. A change that the
   * database refuses to take back is found by halving the batch that fails, and is kept.
   *
   * @param mayGoOn asked between batches
   * @returns whether it came to the end
   * @throws LeaseLostError
   */
  async run(run: LeasedRun, mayGoOn: () => boolean): Promise<boolean> {
    const undone = run.undoesRunId;
    if (undone === null) throw new Error('An undo run does not say which run it undoes');
    await this.dataSource.query(
      `UPDATE sync_run SET total = (SELECT count(*) FROM sync_change
         WHERE workspace_id = $1 AND run_id = $3 AND state IN ('made', 'approved'))
       WHERE workspace_id = $1 AND id = $2 AND done = 0`,
      [run.workspaceId, run.id, undone],
    );
    const lineage = await readLineage(this.dataSource, run.workspaceId, undone);
    await this.begin(run, lineage);
    const refused = new Map<string, string>();
    let after: string | null = null;
    let limit = batchSizeChanges;
    while (mayGoOn()) {
      const attempt: Attempt = { after, limit, people: [], refused };
      try {
        const batch: UndoneBatch | null = await this.dataSource.transaction((manager) =>
          this.batch(manager, run, lineage, attempt),
        );
        if (batch === null) return true;
        after = batch.last;
        run.counts = batch.counts;
        limit = Math.min(batchSizeChanges, limit * 2);
      } catch (error) {
        const [id] = attempt.people;
        if (!isDataError(error) || id === undefined) throw error;
        if (attempt.people.length > 1) limit = Math.floor(attempt.people.length / 2);
        else if (refused.has(id)) after = this.leaveOut(run, id, refused.get(id) ?? '');
        else refused.set(id, this.noted(run, id, error));
      }
    }
    return false;
  }

  /** @returns the reference under which the cause stands in the log */
  private noted({ id: runId, workspaceId }: LeasedRun, directoryUserId: string, error: unknown): string {
    const reference = newReference();
    this.logger.error(
      { reference, runId, workspaceId, directoryUserId, cause: causeOf(error) },
      'A change cannot be taken back',
    );
    return reference;
  }

  /** Nothing can be written about this person's change, not even that it is kept. @returns the person, to go on behind */
  private leaveOut(run: LeasedRun, id: string, reference: string): string {
    run.notes = addNotes(run.notes, [peopleLeftOut(1, reference)]);
    return id;
  }

  /**
   * @returns null when everything is settled and the run has ended
   */
  private async batch(
    manager: EntityManager,
    run: LeasedRun,
    lineage: Lineage,
    attempt: Attempt,
  ): Promise<UndoneBatch | null> {
    const now = this.clock.now();
    await planForAnyWorkspace(manager);
    await holdLease(manager, run, now);
    const { workspaceId } = run;
    const [undone = ''] = lineage.ancestors;
    const changes = await readChanges(manager, run, lineage, attempt);
    attempt.people = changes.map(({ directoryUserId }) => directoryUserId);
    const last = changes.at(-1);
    if (last === undefined) {
      await this.end(manager, run, lineage, now);
      return null;
    }
    const reversals = await freeOfClashes(
      manager,
      workspaceId,
      changes.map((change) => ({ change, reversal: reversalOf(change, attempt.refused, now) })),
    );
    const made = reversals.flatMap(({ change, reversal }) =>
      'kept' in reversal ? [] : [{ change, ...reversal }],
    );
    const context = { workspaceId, runId: run.id, now };
    const members = made.map(({ change, member }) => ({
      member,
      isNew: false,
      keepsAddress: change.member?.emailKey === member.emailKey,
    }));
    const isBroughtBack = bringsBack(lineage);
    const links = made.map((one) => linkAfter(one.change, one, undone, isBroughtBack));
    const rows = made.map((one) => undoChange(one.change, one, undone));
    const regrouped = made.map(({ change, member, ...one }): RegroupedMember => {
      const { directoryUserId, name } = change;
      return { directoryUserId, memberId: member.id, name, ...one.groups };
    });
    const dueAgain = isBroughtBack
      ? links.map(({ directoryUserId }) => ({ directoryUserId, dueAt: now }))
      : [];
    await statementsInTurn(manager, (db) =>
      Promise.all([
        writeMembers(db, workspaceId, members, now),
        upsertLinks(db, workspaceId, links, now),
        giveBackMembers(
          db,
          workspaceId,
          made.flatMap(({ change, unlinks }) => (unlinks ? [change.directoryUserId] : [])),
          now,
        ),
        insertChangeRows(db, context, rows),
        settle(db, workspaceId, reversals, lineage),
        writeMemberships(db, context, regrouped),
        forgetMemberships(db, workspaceId, made),
        queuePeople(db, workspaceId, dueAgain, 'brought-back'),
      ]),
    );
    const counts = pendingOf(run.counts);
    addCounts(counts, countByKind(made));
    await addProgress(manager, run, changes.length, counts, run.notes);
    return { last: last.directoryUserId, counts };
  }

  /** Ends the run: what is held is settled, groups are taken back, and the runs that this is about read what has become of them. */
  private async end(manager: EntityManager, run: LeasedRun, lineage: Lineage, now: Date): Promise<void> {
    const { workspaceId } = run;
    const context = { workspaceId, runId: run.id, now, lineage };
    await settleHeld(manager, run, lineage, now);
    const notes = this.refusedGroups(run, await takeGroupsBack(manager, context));
    await settleGroupChanges(manager, context);
    await settleStates(manager, workspaceId, lineage);
    await endRun(manager, run, pendingOf(run.counts), notes, now);
  }

  /** Groups are there again before people go back to them. */
  private async begin(run: LeasedRun, lineage: Lineage): Promise<void> {
    const now = this.clock.now();
    const { workspaceId, id: runId } = run;
    await this.dataSource.transaction(async (manager) => {
      await planForAnyWorkspace(manager);
      await holdLease(manager, run, now);
      run.notes = this.refusedGroups(run, await restoreGroups(manager, { workspaceId, runId, now, lineage }));
    });
  }

  private refusedGroups(run: LeasedRun, refused: readonly Refused<string>[]): RunNotes {
    const [first] = refused;
    if (first === undefined) return run.notes;
    return addNotes(run.notes, [groupsRefused(refused.length, this.noted(run, first.item, first.error))]);
  }
}

function reversalOf(change: StoredChange, refused: ReadonlyMap<string, string>, now: Date): Reversal {
  const reference = refused.get(change.directoryUserId);
  if (reference === undefined) return reverseChange(change, now);
  return { kept: { code: 'undo-refused', params: { reference } } };
}

/**
 * The person's change stays taken back until the identity provider sends something newer than it was made of; a change
 * that is brought back is suppressed no more.
 */
function linkAfter(
  change: StoredChange,
  { unlinks }: { unlinks: boolean },
  runId: string,
  isBroughtBack: boolean,
): LinkRow {
  const { directoryVersion = null, directoryGroups } = change.reason.params;
  const params = { runId, kind: originalKindOf(change), directoryVersion };
  const link = {
    directoryUserId: change.directoryUserId,
    memberId: unlinks ? null : (change.member as MemberState).id,
    externalId: change.link?.externalId ?? null,
    name: change.name,
  };
  if (isBroughtBack) return { ...link, state: 'linked', reason: null, suppressedKind: null };
  return {
    ...link,
    state: 'suppressed',
    reason: {
      code: 'undone',
      params: directoryGroups === undefined ? params : { ...params, directoryGroups },
    },
    suppressedKind: originalKindOf(change),
  };
}
