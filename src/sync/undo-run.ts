import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { statementsInTurn } from '../database/in-turn.ts';
import { planForAnyWorkspace } from '../database/plan-for-any-workspace.ts';
import { causeOf, isDataError } from '../errors/data-error.ts';
import { rejectHeld } from './approvals.service.ts';
import { addCounts, type Pending, pendingOf, type Reason } from './change.ts';
import { endRun } from './finish-run.ts';
import { giveBackMembers } from './former-links.ts';
import type { MemberState } from './person.ts';
import { newReference } from './refusals.ts';
import { type Reversal, reverseChange } from './reverse-change.ts';
import { addNotes, groupsRefused, peopleLeftOut } from './run-notes.ts';
import { addProgress, holdLease, type LeasedRun } from './run-lease.ts';
import { syncGroups } from './sync-groups.ts';
import { type Pair, readChanges, settle, type StoredChange } from './undo-statements.ts';
import { countByKind, forgetMemberships } from './write-decisions.ts';
import { type ChangeRow, insertChangeRows, type LinkRow, upsertLinks, writeMembers } from './write-rows.ts';

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
    const refused = new Map<string, string>();
    let after: string | null = null;
    let limit = batchSizeChanges;
    while (mayGoOn()) {
      const attempt: Attempt = { after, limit, people: [], refused };
      try {
        const batch: UndoneBatch | null = await this.dataSource.transaction((manager) =>
          this.batch(manager, run, undone, attempt),
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
    undone: string,
    attempt: Attempt,
  ): Promise<UndoneBatch | null> {
    const now = this.clock.now();
    await planForAnyWorkspace(manager);
    await holdLease(manager, run, now);
    const { workspaceId } = run;
    const changes = await readChanges(manager, run, attempt);
    attempt.people = changes.map(({ directoryUserId }) => directoryUserId);
    const last = changes.at(-1);
    if (last === undefined) {
      await this.end(manager, run, undone, now);
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
    const links = made.map(({ change, unlinks }) => suppressed(change, unlinks, undone));
    const rows = made.map(({ change, kind, fields, member }): ChangeRow => ({
      kind,
      directoryUserId: change.directoryUserId,
      memberId: member.id,
      name: change.name,
      fields,
      reason: { code: 'undo', params: { kind: change.kind, runId: undone } },
      state: 'made',
    }));
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
        settle(db, workspaceId, reversals),
        forgetMemberships(db, workspaceId, made),
      ]),
    );
    const counts = pendingOf(run.counts);
    addCounts(counts, countByKind(made));
    await addProgress(manager, run, changes.length, counts, run.notes);
    return { last: last.directoryUserId, counts };
  }

  /** What the undone run still held is rejected; then it reads `undone`, or `partially_undone` when something stayed. */
  private async end(manager: EntityManager, run: LeasedRun, undone: string, now: Date): Promise<void> {
    const { workspaceId } = run;
    const held = await manager.query<{ id: string }[]>(
      `SELECT id FROM sync_change WHERE workspace_id = $1 AND run_id = $2 AND state = 'held' FOR UPDATE`,
      [workspaceId, undone],
    );
    await rejectHeld(
      manager,
      workspaceId,
      held.map(({ id }) => id),
      now,
    );
    const { groups } = await syncGroups(manager, workspaceId, run.id, now);
    const [failed] = groups;
    const notes =
      failed === undefined ? [] : [groupsRefused(groups.length, this.noted(run, failed.item, failed.error))];
    await manager.query(
      `UPDATE sync_run SET state = CASE WHEN EXISTS (SELECT 1 FROM sync_change c
         WHERE c.workspace_id = $1 AND c.run_id = $2 AND (c.state IN ('made', 'approved') OR c.state = 'kept'
           AND NOT c.reason #>> '{params,kept,code}' IN ('came-back-since', 'linked-since', 'excluded-since'))) THEN 'partially_undone' ELSE 'undone' END
       WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, undone],
    );
    await endRun(manager, run, pendingOf(run.counts), addNotes(run.notes, notes), now);
  }
}

function reversalOf(change: StoredChange, refused: ReadonlyMap<string, string>, now: Date): Reversal {
  const reference = refused.get(change.directoryUserId);
  if (reference === undefined) return reverseChange(change, now);
  return { kept: { code: 'undo-refused', params: { reference } } };
}

/** Keeps those changes whose earlier address belongs to somebody else by now. */
async function freeOfClashes(manager: EntityManager, workspaceId: string, pairs: Pair[]): Promise<Pair[]> {
  const holders = await manager.query<{ id: string; email_key: string }[]>(
    `SELECT id, email_key FROM member WHERE workspace_id = $1 AND status <> 'removed' AND email_key = ANY ($2::text[])`,
    [workspaceId, pairs.flatMap(({ reversal }) => ('kept' in reversal ? [] : [reversal.member.emailKey]))],
  );
  const holderOf = new Map(holders.map((holder) => [holder.email_key, holder.id]));
  let current = pairs;
  for (;;) {
    const leaving = new Set(
      current.flatMap(({ change, reversal }) => {
        if ('kept' in reversal || change.member === null) return [];
        const leaves =
          reversal.member.status === 'removed' || reversal.member.emailKey !== change.member.emailKey;
        return leaves ? [change.member.id] : [];
      }),
    );
    const next = current.map((pair): Pair => {
      const { reversal } = pair;
      if ('kept' in reversal || reversal.member.status === 'removed') return pair;
      const holder = holderOf.get(reversal.member.emailKey);
      const clashes = holder !== undefined && holder !== reversal.member.id && !leaving.has(holder);
      return clashes ? { ...pair, reversal: { kept: { code: 'address-taken-since', params: {} } } } : pair;
    });
    if (next.every((pair, at) => pair === current[at])) return next;
    current = next;
  }
}

/** The person's change stays taken back until the identity provider sends something newer than it was made of. */
function suppressed(change: StoredChange, unlinks: boolean, runId: string): LinkRow {
  const reason: Reason = {
    code: 'undone',
    params: { runId, kind: change.kind, directoryVersion: change.reason.params.directoryVersion ?? null },
  };
  return {
    directoryUserId: change.directoryUserId,
    memberId: unlinks ? null : (change.member as MemberState).id,
    externalId: change.link?.externalId ?? null,
    state: 'suppressed',
    reason,
    suppressedKind: change.kind,
    name: change.name,
  };
}
