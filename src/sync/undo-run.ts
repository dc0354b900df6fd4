import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { statementsInTurn } from '../database/in-turn.ts';
import { planForAnyWorkspace } from '../database/plan-for-any-workspace.ts';
import type { Queryable } from '../database/queryable.ts';
import { rejectHeld } from './approvals.service.ts';
import { addCounts, type Pending, pendingOf, type Reason } from './change.ts';
import { endRun } from './finish-run.ts';
import { memberJson } from './load-people.ts';
import type { LinkState, MemberState } from './person.ts';
import { type MadeChange, type Reversal, reverseChange } from './reverse-change.ts';
import { addProgress, holdLease, type LeasedRun } from './run-lease.ts';
import { syncGroups } from './sync-groups.ts';
import { firstId } from './sync-queue.ts';
import { countByKind, forgetMemberships } from './write-decisions.ts';
import { type ArrayColumns, rowArrays } from '../database/row-arrays.ts';
import { type ChangeRow, insertChangeRows, type LinkRow, upsertLinks, writeMembers } from './write-rows.ts';

/** Changes that are taken back in one transaction. */
const batchSizeChanges = 500;

interface StoredChange extends MadeChange {
  id: string;
  directoryUserId: string;
  memberId: string | null;
  name: string;
  link: LinkState | null;
}

/** What a batch has come to: the last person in the order of ids, and the counts so far. */
interface UndoneBatch {
  last: string;
  counts: Pending;
}

/** Takes the changes of a run back, as far as nothing has touched them since; the rest is kept, with the reason. */
@Injectable()
export class UndoRun {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Works through the changes that are not settled yet, so that it may be called again after a kill.
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
    let after: string | null = null;
    while (mayGoOn()) {
      const batch: UndoneBatch | null = await this.dataSource.transaction((manager) =>
        this.batch(manager, run, undone, after),
      );
      if (batch === null) return true;
      after = batch.last;
      run.counts = batch.counts;
    }
    return false;
  }

  /**
   * @param after the person with whom the batch before ended
   * @returns null when everything is settled and the run has ended
   */
  private async batch(
    manager: EntityManager,
    run: LeasedRun,
    undone: string,
    after: string | null,
  ): Promise<UndoneBatch | null> {
    const now = this.clock.now();
    await planForAnyWorkspace(manager);
    await holdLease(manager, run, now);
    const { workspaceId } = run;
    const changes = await readChanges(manager, run, after);
    const last = changes.at(-1);
    if (last === undefined) {
      await this.end(manager, run, undone, now);
      return null;
    }
    const reversals = await freeOfClashes(
      manager,
      workspaceId,
      changes.map((change) => ({ change, reversal: reverseChange(change, now) })),
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
        insertChangeRows(db, context, rows),
        settle(db, workspaceId, reversals),
        forgetMemberships(db, workspaceId, made),
      ]),
    );
    const counts = pendingOf(run.counts);
    addCounts(counts, countByKind(made));
    await addProgress(manager, run, changes.length, counts);
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
    await syncGroups(manager, workspaceId, run.id, now);
    await manager.query(
      `UPDATE sync_run SET state = CASE WHEN EXISTS (SELECT 1 FROM sync_change c
         WHERE c.workspace_id = $1 AND c.run_id = $2 AND c.state = 'kept'
           AND c.reason #>> '{params,kept,code}' <> 'came-back-since') THEN 'partially_undone' ELSE 'undone' END
       WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, undone],
    );
    await endRun(manager, run, pendingOf(run.counts), now);
  }
}

/**
 * The next changes of the run `$2` that are not settled yet, after the person `$3`. A run has one change per person, so
 * the order of the people's ids is enough to go on from; the index of that order begins with the run.
 */
const nextChanges = `
  SELECT * FROM sync_change
  WHERE workspace_id = $1 AND run_id = $2 AND directory_user_id > coalesce($3::uuid, ${firstId})
    AND state IN ('made', 'approved')
  ORDER BY directory_user_id LIMIT ${batchSizeChanges}`;

/** Reads the next changes with the members as they are, locked in the order of their ids as a run locks them. */
async function readChanges(
  manager: EntityManager,
  { workspaceId, undoesRunId, id }: LeasedRun,
  after: string | null,
): Promise<StoredChange[]> {
  await manager.query(
    `SELECT count(*) FROM (SELECT c.member_id FROM (${nextChanges}) c ORDER BY c.member_id OFFSET 0) c
     CROSS JOIN LATERAL (
       SELECT id FROM member WHERE workspace_id = $1 AND id = c.member_id OFFSET 0 FOR NO KEY UPDATE) m`,
    [workspaceId, undoesRunId, after],
  );
  return manager.query<StoredChange[]>(
    `SELECT c.id, c.kind, c.directory_user_id AS "directoryUserId", c.member_id AS "memberId", c.name, c.fields,
       c.reason, CASE WHEN m.id IS NOT NULL THEN ${memberJson('m')} END AS member,
       (SELECT json_build_object('memberId', l.member_id, 'externalId', l.external_id, 'state', l.state,
          'reason', l.reason, 'suppressedKind', l.suppressed_kind, 'name', l.name)
        FROM sync_link l WHERE l.workspace_id = $1 AND l.directory_user_id = c.directory_user_id) AS link,
       EXISTS (SELECT 1 FROM sync_change n WHERE n.workspace_id = $1 AND n.directory_user_id = c.directory_user_id
         AND n.id > c.id AND n.run_id <> $4 AND n.state IN ('made', 'approved'))
       OR EXISTS (SELECT 1 FROM sync_change n WHERE n.workspace_id = $1 AND n.member_id = c.member_id
         AND n.id > c.id AND n.run_id <> $4 AND n.run_id <> $2 AND n.state IN ('made', 'approved')) AS "changedSince"
     FROM (${nextChanges}) c
     LEFT JOIN LATERAL (SELECT * FROM member WHERE workspace_id = $1 AND id = c.member_id OFFSET 0) m ON true
     ORDER BY c.directory_user_id`,
    [workspaceId, undoesRunId, after, id],
  );
}

interface Pair {
  change: StoredChange;
  reversal: Reversal;
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

/** What became of a change: taken back, or kept for a reason. */
type Settled = Pick<ChangeRow, 'state'> & { id: string; kept: Reason | null };

const settledColumns: ArrayColumns<Settled> = {
  id: { type: 'uuid', of: ({ id }) => id },
  state: { type: 'text', of: ({ state }) => state },
  kept: { type: 'jsonb', of: ({ kept }) => kept },
};

async function settle(db: Queryable, workspaceId: string, pairs: readonly Pair[]): Promise<void> {
  const settled = pairs.map(({ change, reversal }): Settled => ({
    id: change.id,
    state: 'kept' in reversal ? 'kept' : 'undone',
    kept: 'kept' in reversal ? reversal.kept : null,
  }));
  const rows = rowArrays(settledColumns, settled, 2);
  await db.query(
    `UPDATE sync_change c SET state = x.state,
       reason = CASE WHEN x.state = 'kept' THEN jsonb_set(c.reason, '{params,kept}', x.kept) ELSE c.reason END
     FROM ${rows.sql} CROSS JOIN LATERAL (
       SELECT ctid FROM sync_change WHERE workspace_id = $1 AND id = x.id OFFSET 0) f
     WHERE c.workspace_id = $1 AND c.ctid = f.ctid`,
    [workspaceId, ...rows.parameters],
  );
}
