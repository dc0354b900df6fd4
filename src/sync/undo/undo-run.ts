import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { appendRunEvent } from '../record/run-events.ts';
import { groupsField } from '../decision/decide-groups.ts';
import { causeOfRun } from '../record/run-cause.ts';
import { MemberEvents, typeOfChange } from '../../member-directory/events/member-events.ts';
import { lockSeatRoom } from '../../member-directory/members/seats.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { type StatementPipeline, inPipeline } from '../../database/statement-pipeline.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { parameter, sql } from '../../database/sql.ts';
import { causeOf, isDataError } from '../../errors/data-error.ts';
import { addCounts, type Pending, pendingOf } from '../decision/change.ts';
import { settleHeld, settleStates } from './end-undo.ts';
import { endRun } from '../runs/finish-run.ts';
import { giveBackMembers } from '../planning/former-links.ts';
import { type RegroupedMember, writeMemberships } from '../record/group-changes.ts';
import type { Refused } from '../planning/in-halves.ts';
import { newReference } from '../decision/refusals.ts';
import { type Reversal, reverseChange, undoChange } from '../decision/reverse-change.ts';
import {
  addNotes,
  excludedStayOff,
  groupsRefused,
  peopleLeftOut,
  type RunNotes,
} from '../record/run-notes.ts';
import { addProgress, holdLease, type LeasedRun } from '../record/run-lease.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import { queueConflictsAbout } from '../planning/queue-consequences.ts';
import { linkAfter, type Made } from './link-after.ts';
import { freeOfClashes } from './undo-clashes.ts';
import { rolesOfUndo } from './undo-roles.ts';
import { restoreGroups, settleGroupChanges, undoCreatedGroups } from './undo-groups.ts';
import { bringsBack, type Lineage, readLineage } from './undo-lineage.ts';
import { lockChanges, noteOutcomes, noteRemovals, type Pair, type StoredChange } from './undo-statements.ts';
import { countByKind } from '../planning/batch-plan.ts';
import { forgetMemberships } from '../writing/apply-plan.ts';
import { insertChangeRows, upsertLinks, writeMembers } from '../writing/write-rows.ts';

/** Changes that are undone in one transaction. */
const batchSizeChanges = 500;

/** Where a batch ended: the last person in the order of ids, and the counts and notes so far. */
interface UndoneBatch {
  last: string;
  counts: Pending;
  notes: RunNotes;
}

/**
 * A batch as it is tried.
 *
 * @property people the people in it
 * @property refused people whose change the database refuses to undo, with the reference to the cause
 */
interface Attempt {
  after: string | null;
  limit: number;
  people: string[];
  refused: ReadonlyMap<string, string>;
}

/** Undoes the changes of a run that nothing has touched since; the rest is kept, with the reason. */
@Injectable()
export class UndoRun {
  private readonly logger = new Logger(UndoRun.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Works through the changes that are still to be undone, so it may be called again after a kill. A change that the
   * database refuses to undo is found by halving the batch that fails, and is kept.
   *
   * @param mayGoOn asked between batches
   * @returns whether it came to the end
   * @throws LeaseLostError
   */
  async run(run: LeasedRun, mayGoOn: () => boolean): Promise<boolean> {
    const undone = run.undoesRunId;
    if (undone === null) throw new Error('An undo run does not say which run it undoes');
    const workspace = parameter(run.workspaceId);
    await dbOf(this.dataSource).run(sql`UPDATE sync_run SET total = (SELECT count(*) FROM sync_change
         WHERE workspace_id = ${workspace} AND run_id = ${undone} AND state IN ('made', 'approved'))
       WHERE workspace_id = ${workspace} AND id = ${run.id} AND done = 0`);
    const lineage = await readLineage(dbOf(this.dataSource), run.workspaceId, undone);
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
        run.notes = batch.notes;
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
      'A change cannot be undone',
    );
    return reference;
  }

  /** Nothing can be written about this person's change, not even that it is kept. @returns the person to continue after */
  private leaveOut(run: LeasedRun, id: string, reference: string): string {
    run.notes = addNotes(run.notes, [peopleLeftOut(1, reference)]);
    return id;
  }

  /**
   * @returns null when nothing is left to undo and the run has ended
   */
  private async batch(
    manager: EntityManager,
    run: LeasedRun,
    lineage: Lineage,
    attempt: Attempt,
  ): Promise<UndoneBatch | null> {
    const now = this.clock.now();
    await useGenericPlans(manager);
    await inPipeline(manager, (db) => holdLease(db, run, now));
    const { workspaceId } = run;
    const seats = await lockSeatRoom(dbOf(manager), workspaceId);
    const events = new MemberEvents(causeOfRun(run.trigger, run.id));
    const changes = await lockChanges(dbOf(manager), run, lineage, attempt);
    attempt.people = changes.map(({ directoryUserId }) => directoryUserId);
    const last = changes.at(-1);
    if (last === undefined) {
      await this.end(manager, run, lineage, now, events);
      events.append(dbOf(manager), workspaceId, now);
      appendRunEvent(dbOf(manager), run, now);
      return null;
    }
    const pairs = changes.map((change) => ({ change, reversal: reversalOf(change, attempt.refused, now) }));
    const roles = await rolesOfUndo(dbOf(manager), workspaceId, pairs);
    const reversals = await freeOfClashes(dbOf(manager), workspaceId, pairs, { seats, roles });
    const made = reversals.flatMap(({ change, reversal }) =>
      'kept' in reversal ? [] : [{ change, ...reversal }],
    );
    await inPipeline(manager, (db) =>
      Promise.all([
        writeMade(db, { workspaceId, runId: run.id, now, events }, lineage, made),
        noteOutcomes(db, workspaceId, reversals, lineage),
        noteRemovals(db, workspaceId, made, lineage),
      ]),
    );
    const counts = pendingOf(run.counts);
    addCounts(counts, countByKind(made));
    const notes = addNotes(run.notes, excludedNotes(reversals));
    await addProgress(dbOf(manager), run, changes.length, counts, notes);
    events.append(dbOf(manager), workspaceId, now);
    return { last: last.directoryUserId, counts, notes };
  }

  /** Ends the run: rejects what is still held, undoes groups, and updates the states of the runs of its lineage. */
  private async end(
    manager: EntityManager,
    run: LeasedRun,
    lineage: Lineage,
    now: Date,
    events: MemberEvents,
  ): Promise<void> {
    const { workspaceId } = run;
    const context = { workspaceId, runId: run.id, now, lineage, events };
    await settleHeld(manager, run, lineage, now, events);
    const notes = this.refusedGroups(run, await undoCreatedGroups(manager, context));
    await settleGroupChanges(dbOf(manager), context);
    await settleStates(dbOf(manager), workspaceId, lineage);
    await endRun(dbOf(manager), run, pendingOf(run.counts), notes, now);
  }

  /** Restores groups before people return to them. */
  private async begin(run: LeasedRun, lineage: Lineage): Promise<void> {
    const now = this.clock.now();
    const { workspaceId, id: runId } = run;
    await this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      await inPipeline(manager, (db) => holdLease(db, run, now));
      const events = new MemberEvents(causeOfRun(run.trigger, runId));
      const context = { workspaceId, runId, now, lineage, events };
      run.notes = this.refusedGroups(run, await restoreGroups(manager, context));
      events.append(dbOf(manager), workspaceId, now);
    });
  }

  private refusedGroups(run: LeasedRun, refused: readonly Refused<string>[]): RunNotes {
    const [first] = refused;
    if (first === undefined) return run.notes;
    return addNotes(run.notes, [groupsRefused(refused.length, this.noted(run, first.item, first.error))]);
  }
}

/** Writes members, links, groups and the changes that undo others. */
async function writeMade(
  db: StatementPipeline,
  context: { workspaceId: string; runId: string; now: Date; events: MemberEvents },
  lineage: Lineage,
  made: readonly Made[],
): Promise<void> {
  const { workspaceId, now, events } = context;
  const [undone = ''] = lineage.ancestors;
  const isBroughtBack = bringsBack(lineage);
  const members = made.map(({ change, member }) => ({
    member,
    isNew: false,
    keepsAddress: change.member?.emailKey === member.emailKey,
  }));
  const links = made.map((one) => linkAfter(one, lineage));
  const dueAgain = isBroughtBack ? links.map(({ directoryUserId }) => ({ directoryUserId, dueAt: now })) : [];
  const released = made.flatMap(({ change, unlinks }) => (unlinks ? [change.directoryUserId] : []));
  const changes = made.map((one) => undoChange(one.change, one, undone));
  for (const [at, { change, member, fields }] of made.entries()) {
    const changed = fields.filter(({ field }) => field !== groupsField);
    const type = typeOfChange(change.member?.status ?? member.status, member.status);
    events.member(type, member.id, changed, changes[at]?.reason ?? null);
  }
  await Promise.all([
    writeMembers(db, workspaceId, members, now),
    upsertLinks(db, workspaceId, links, now),
    giveBackMembers(db, workspaceId, released, now, events),
    insertChangeRows(db, context, changes),
    writeMemberships(db, context, made.flatMap(regrouped)),
    forgetMemberships(db, context, made),
    queuePeople(db, workspaceId, dueAgain, 'brought-back'),
    queueConflictsAbout(db, workspaceId, made.flatMap(touchedAddresses), now),
  ]);
}

/** Addresses whose holder is another one now, or another kind of member. */
function touchedAddresses({ change: { member: before }, member, unlinks, kind }: Made): string[] {
  const moves = before?.emailKey !== member.emailKey || before.status !== member.status;
  return moves || unlinks || kind === 'link' ? [before?.emailKey ?? [], member.emailKey].flat() : [];
}

function regrouped({ change, member, groups }: Made): RegroupedMember[] {
  const { directoryUserId, name } = change;
  return groups === null ? [] : [{ directoryUserId, memberId: member.id, name, ...groups }];
}

function excludedNotes(reversals: readonly Pair[]): RunNotes {
  return excludedStayOff(
    reversals.filter(({ reversal }) => 'kept' in reversal && reversal.kept.code === 'excluded-stays-off')
      .length,
  );
}

function reversalOf(change: StoredChange, refused: ReadonlyMap<string, string>, now: Date): Reversal {
  const reference = refused.get(change.directoryUserId);
  if (reference === undefined) return reverseChange(change, now);
  return { kept: { code: 'undo-refused', params: { reference } } };
}
