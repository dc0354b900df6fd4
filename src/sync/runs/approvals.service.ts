import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { statementsInTurn } from '../../database/in-turn.ts';
import { planForAnyWorkspace } from '../../database/plan-for-any-workspace.ts';
import { causeOf } from '../../errors/data-error.ts';
import { BadInputError, ConflictError } from '../../errors/domain-errors.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import type { Reason } from '../decision/change.ts';
import type { Decision } from '../decision/decide.ts';
import { endApprovedRuns } from '../writing/holds.ts';
import { attempt, inHalves, type Refused } from '../planning/in-halves.ts';
import { loadPeople } from '../planning/load-people.ts';
import { newPlan, planBatch } from '../planning/plan.ts';
import type { Language } from '../wording/reasons.ts';
import { newReference } from '../decision/refusals.ts';
import { RulebookService } from '../policy/rulebook.ts';
import type { Run } from '../record/run.ts';
import { lockRun, readRun } from '../record/run-statements.ts';
import {
  byDirectoryUser,
  carryOut,
  queueWhatFollows,
  type WriteContext,
} from '../writing/write-decisions.ts';
import { InLane } from '../../database/lanes/task.ts';

/** Who is held in a run. */
interface HeldChange {
  id: string;
  directory_user_id: string;
}

/** What an admin says about removals that the guard holds. */
@Injectable()
export class ApprovalsService {
  private readonly logger = new Logger(ApprovalsService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly rulebooks: RulebookService,
  ) {}

  /**
   * Carries out held removals, as they are decided now: whoever came back meanwhile keeps his access.
   *
   * @param only the people to approve; all held ones when absent
   * @throws NotFoundError, ConflictError `nothing-held`, BadInputError for a person who is not held in this run
   */
  @InLane('overhaul')
  async approve(
    session: Session,
    runId: string,
    only: readonly string[] | undefined,
    language: Language,
  ): Promise<Run> {
    const { workspaceId } = session;
    const book = await this.rulebooks.open(workspaceId);
    return this.dataSource.transaction(async (manager) => {
      await planForAnyWorkspace(manager);
      const held = await lockHeld(manager, workspaceId, runId, only);
      const now = this.clock.now();
      const ids = held.map((change) => change.directory_user_id);
      const loaded = await statementsInTurn(manager, (db) =>
        loadPeople(db, workspaceId, ids, book, { lock: true, now }),
      );
      for (const { link } of loaded.people) if (link?.state === 'held') link.state = 'linked';
      const plan = newPlan({ used: 0, allowed: Number.POSITIVE_INFINITY });
      const all = planBatch(loaded, book, plan, now);
      // Whoever came back is a matter of the next run; approving only takes access.
      const removals = new Set(
        all.filter(({ removal }) => removal).map(({ directoryUserId }) => directoryUserId),
      );
      const people = loaded.people.filter(({ directoryUserId }) => removals.has(directoryUserId));
      const decisions = all.filter(({ directoryUserId }) => removals.has(directoryUserId));
      const context = { workspaceId, runId, now, dueBy: now, isFirst: false };
      const before = byDirectoryUser(people);
      const refused = await inHalves(manager, decisions, async (savepoint, some) => {
        await statementsInTurn(savepoint, (db) =>
          Promise.all([carryOut(db, context, before, some), queueWhatFollows(db, context, before, some)]),
        );
        await noteApproved(savepoint, workspaceId, runId, some, now);
      });
      for (const each of refused) await this.keep(manager, context, each);
      await this.releaseOthers(
        manager,
        workspaceId,
        runId,
        ids.filter((id) => !removals.has(id)),
        now,
      );
      await recount(manager, workspaceId, runId);
      await endApprovedRuns(manager, workspaceId, now);
      await this.audit.byAdmin(manager, session, 'removals.approved', runId, { people: ids.length });
      return readRun(manager, workspaceId, runId, language);
    });
  }

  /**
   * Refuses held removals: the people keep their access until the identity provider sends something newer.
   *
   * @param only the people to reject; all held ones when absent
   * @throws as `approve`
   */
  @InLane('overhaul')
  async reject(
    session: Session,
    runId: string,
    only: readonly string[] | undefined,
    language: Language,
  ): Promise<Run> {
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      const held = await lockHeld(manager, workspaceId, runId, only);
      const now = this.clock.now();
      const changeIds = held.map(({ id }) => id);
      await rejectHeld(manager, workspaceId, changeIds, now);
      await recount(manager, workspaceId, runId);
      await endApprovedRuns(manager, workspaceId, now);
      await this.audit.byAdmin(manager, session, 'removals.rejected', runId, { people: held.length });
      return readRun(manager, workspaceId, runId, language);
    });
  }

  /** An approved removal that the database refuses is a conflict, and the others are carried out. */
  private async keep(
    manager: EntityManager,
    { workspaceId, runId, now }: WriteContext,
    { item: { directoryUserId, kind, reason }, error }: Refused<Decision>,
  ): Promise<void> {
    const reference = newReference();
    this.logger.error(
      { reference, runId, workspaceId, directoryUserId, cause: causeOf(error) },
      'An approved removal cannot be written',
    );
    const { directoryVersion = null } = reason.params;
    await attempt(manager, (savepoint) =>
      keepRefused(savepoint, { workspaceId, runId, directoryUserId, now }, [
        { code: 'approval-refused', params: { reference } },
        { code: 'write-refused', params: { reference, kind, directoryVersion } },
      ]),
    );
  }

  /** Holds that have no removal behind them any more: the next run looks at these people afresh. */
  private async releaseOthers(
    manager: EntityManager,
    workspaceId: string,
    runId: string,
    ids: readonly string[],
    now: Date,
  ): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `WITH kept AS (
         UPDATE sync_change SET state = 'kept',
           reason = jsonb_set(reason, '{params,kept}', '{"code": "came-back-since", "params": {}}')
         WHERE workspace_id = $1 AND run_id = $2 AND directory_user_id = ANY ($3::uuid[]) AND state = 'held'
       ), released AS (
         UPDATE sync_link SET state = 'linked', reason = NULL, updated_at = $4
         WHERE workspace_id = $1 AND directory_user_id = ANY ($3::uuid[]) AND state = 'held'
         RETURNING directory_user_id
       )
       ${enqueue(
         `SELECT ${queueRow({ person: 'directory_user_id', cause: because('released'), dueAt: '$4' })} FROM released`,
         'leave',
       )}`,
      [workspaceId, runId, ids, now],
    );
  }
}

/** Suppresses what was held: the changes are rejected, and the links remember which version of the person that was. */
export async function rejectHeld(
  manager: EntityManager,
  workspaceId: string,
  changeIds: readonly string[],
  now: Date,
): Promise<void> {
  await manager.query(
    `WITH rejected AS (
       UPDATE sync_change SET state = 'rejected' WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND state = 'held'
       RETURNING directory_user_id, kind, reason #> '{params,directoryVersion}' AS version
     )
     UPDATE sync_link l SET state = 'suppressed', suppressed_kind = r.kind, updated_at = $3,
       reason = jsonb_build_object('code', 'rejected', 'params',
         jsonb_build_object('kind', r.kind, 'directoryVersion', coalesce(r.version, 'null'::jsonb),
           'heldAt', l.updated_at))
     FROM rejected r
     WHERE l.workspace_id = $1 AND l.directory_user_id = r.directory_user_id AND l.state = 'held'`,
    [workspaceId, changeIds, now],
  );
}

/** The held changes of a run, locked together with it. */
async function lockHeld(
  manager: EntityManager,
  workspaceId: string,
  runId: string,
  only: readonly string[] | undefined,
): Promise<HeldChange[]> {
  const run = await lockRun(manager, workspaceId, runId);
  if (run.state !== 'awaiting_approval')
    throw new ConflictError('nothing-held', 'Nothing is held in this run.');
  const held = await manager.query<HeldChange[]>(
    `SELECT id, directory_user_id FROM sync_change
     WHERE workspace_id = $1 AND run_id = $2 AND state = 'held' AND ($3::uuid[] IS NULL OR directory_user_id = ANY ($3))
     ORDER BY directory_user_id FOR UPDATE`,
    [workspaceId, runId, only ?? null],
  );
  const found = new Set(held.map((change) => change.directory_user_id));
  const faults = (only ?? []).flatMap((id, at) =>
    found.has(id.toLowerCase())
      ? []
      : [
          {
            path: `directoryUserIds[${at}]`,
            message: 'Nothing is held for this person in this run.',
            code: 'nothing-held',
          },
        ],
  );
  if (faults.length > 0) throw new BadInputError(faults);
  return held;
}

async function noteApproved(
  manager: EntityManager,
  workspaceId: string,
  runId: string,
  decisions: readonly Decision[],
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE sync_change c SET state = 'approved', at = $4, kind = x.kind, fields = x.fields, reason = x.reason
     FROM jsonb_to_recordset($3::jsonb) AS x("directoryUserId" uuid, kind text, fields jsonb, reason jsonb)
     WHERE c.workspace_id = $1 AND c.run_id = $2 AND c.directory_user_id = x."directoryUserId" AND c.state = 'held'`,
    [workspaceId, runId, JSON.stringify(decisions), now],
  );
}

/** @param reasons why the change is kept, and why the link is a conflict */
async function keepRefused(
  manager: EntityManager,
  {
    workspaceId,
    runId,
    directoryUserId,
    now,
  }: Record<'workspaceId' | 'runId' | 'directoryUserId', string> & {
    now: Date;
  },
  [kept, conflict]: [Reason, Reason],
): Promise<void> {
  await manager.query(
    `WITH kept AS (
       UPDATE sync_change SET state = 'kept', reason = jsonb_set(reason, '{params,kept}', $4::jsonb)
       WHERE workspace_id = $1 AND run_id = $2 AND directory_user_id = $3 AND state = 'held'
     )
     UPDATE sync_link SET state = 'conflict', reason = $5::jsonb, updated_at = $6
     WHERE workspace_id = $1 AND directory_user_id = $3`,
    [workspaceId, runId, directoryUserId, JSON.stringify(kept), JSON.stringify(conflict), now],
  );
}

/** The run's counts follow what became of its held changes. */
async function recount(manager: EntityManager, workspaceId: string, runId: string): Promise<void> {
  await manager.query(
    `UPDATE sync_run r SET counts = r.counts || (
       SELECT jsonb_build_object(
         'held', count(*) FILTER (WHERE state = 'held'),
         'suppressed', (SELECT count(*) FROM sync_link WHERE workspace_id = $1 AND state = 'suppressed'),
         'deactivate', count(*) FILTER (WHERE kind = 'deactivate' AND state IN ('made', 'approved')),
         'remove', count(*) FILTER (WHERE kind = 'remove' AND state IN ('made', 'approved')))
       FROM sync_change WHERE workspace_id = $1 AND run_id = $2)
     WHERE r.workspace_id = $1 AND r.id = $2`,
    [workspaceId, runId],
  );
}
