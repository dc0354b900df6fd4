import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { settleSuspensions } from '../writing/suspend-held.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { causeOf } from '../../errors/data-error.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import type { Basis } from '../decision/change.ts';
import type { Decision } from '../decision/decision.ts';
import type { Person } from '../decision/person.ts';
import { partOf, planPeople } from '../planning/batch-plan.ts';
import { attempt, inHalves, type Refused } from '../planning/in-halves.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import { newPlan } from '../planning/plan.ts';
import type { Language } from '../../errors/sentence.ts';
import type { ConflictReason, KeptReason } from '../decision/reason.ts';
import { newReference } from '../decision/refusals.ts';
import { SyncPolicyService } from '../policy/sync-policy.ts';
import { refuseIdsNotIn } from '../policy/named-ids.ts';
import type { Run } from '../record/run.ts';
import { lockRun, readRun } from '../record/run-statements.ts';
import { applyPlan } from '../writing/apply-plan.ts';
import { unlimited } from '../writing/lazy-removal-budget.ts';
import { endApprovedRuns, keepHeldChanges } from '../writing/release-holds.ts';
import type { WriteContext } from '../writing/write-context.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';

/** Who is held in a run. */
interface HeldChange {
  id: string;
  directory_user_id: string;
}

/** Approves and rejects the removals that the guard holds. */
@Injectable()
export class ApprovalsService {
  private readonly logger = new Logger(ApprovalsService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly policies: SyncPolicyService,
  ) {}

  /**
   * Carries out held removals, as they are decided now: people who came back meanwhile stay.
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
    const policy = await this.policies.open(workspaceId);
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      const held = await lockHeld(manager, workspaceId, runId, only);
      const now = this.clock.now();
      const ids = held.map((change) => change.directory_user_id);
      const loaded = await inPipeline(manager, (db) =>
        loadPeople(db, workspaceId, ids, policy, { lock: true, now }),
      );
      const whole = planPeople(approved(loaded), policy, newPlan(unlimited), now);
      // People who came back are left to the next run: approving only takes access.
      const removals = new Set(
        whole.decisions.flatMap(({ removal, directoryUserId }) => (removal ? [directoryUserId] : [])),
      );
      const plan = partOf(whole, removals);
      const events = new MemberEvents({ by: 'admin', runId, reason: null });
      const context = { workspaceId, runId, now, dueBy: now, ofChosen: false, isFirst: false, events };
      const apply = async (savepoint: EntityManager, decisions: readonly Decision[]): Promise<void> => {
        await inPipeline(savepoint, (db) =>
          applyPlan(db, context, { ...plan, decisions: [...decisions] }, 'approval'),
        );
      };
      const refused = await inHalves(manager, plan.decisions, apply, events);
      for (const each of refused) await this.keep(manager, context, each);
      await this.releaseOthers(
        manager,
        workspaceId,
        ids.filter((id) => !removals.has(id)),
        now,
        events,
      );
      await recount(dbOf(manager), workspaceId, runId);
      await endApprovedRuns(dbOf(manager), workspaceId, now);
      await this.audit.byAdmin(manager, session, 'removals.approved', runId, { people: ids.length });
      const run = await readRun(dbOf(manager), workspaceId, runId, language);
      events.append(dbOf(manager), workspaceId, now);
      return run;
    });
  }

  /**
   * Refuses held removals: the people have access until the identity provider sends something newer.
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
      const events = new MemberEvents({ by: 'admin', runId, reason: null });
      await rejectHeld(manager, { workspaceId, now, events }, changeIds);
      events.append(dbOf(manager), workspaceId, now);
      await recount(dbOf(manager), workspaceId, runId);
      await endApprovedRuns(dbOf(manager), workspaceId, now);
      await this.audit.byAdmin(manager, session, 'removals.rejected', runId, { people: held.length });
      return readRun(dbOf(manager), workspaceId, runId, language);
    });
  }

  /** An approved removal that the database refuses is a conflict, and the others are carried out. */
  private async keep(
    manager: EntityManager,
    { workspaceId, runId, now }: WriteContext,
    { item: { directoryUserId, kind, basedOn }, error }: Refused<Decision>,
  ): Promise<void> {
    const reference = newReference();
    this.logger.error(
      { reference, runId, workspaceId, directoryUserId, cause: causeOf(error) },
      'An approved removal cannot be written',
    );
    const kept: KeptReason = { code: 'approval-refused', params: { reference } };
    const conflict: ConflictReason = { code: 'write-refused', params: { reference, kind } };
    await attempt(manager, (savepoint) =>
      noteRefused(savepoint, { workspaceId, runId, now }, { directoryUserId, basedOn, kept, conflict }),
    );
  }

  /** Releases holds without a removal behind them: the next run looks at these people again. */
  private async releaseOthers(
    manager: EntityManager,
    workspaceId: string,
    ids: readonly string[],
    now: Date,
    events: MemberEvents,
  ): Promise<void> {
    if (ids.length === 0) return;
    const db = dbOf(manager);
    await keepHeldChanges(db, workspaceId, ids, 'came-back-since');
    const workspace = parameter(workspaceId);
    const row = queueRow({ workspace, person: 'directory_user_id', cause: because('released'), dueAt: now });
    await db.run(
      sql`WITH released AS (
         UPDATE sync_link SET state = 'linked', reason = NULL, updated_at = ${now}
         WHERE workspace_id = ${workspace} AND directory_user_id = ANY (${ids}::uuid[]) AND state = 'held'
         RETURNING directory_user_id
       )
       ${enqueue(sql`SELECT ${row} FROM released`, 'leave')}`,
    );
    await settleSuspensions(db, { workspaceId, now, events }, await membersOf(db, workspaceId, ids));
  }
}

/** The same people without their holds: an approval asks what happens to them now. */
function approved(loaded: LoadedPeople): LoadedPeople {
  const people = loaded.people.map((person): Person => {
    const { link } = person;
    return link?.state === 'held' ? { ...person, link: { ...link, state: 'linked' } } : person;
  });
  return { ...loaded, people };
}

/** Suppresses what was held: the changes are rejected, and the links keep the version of the person they were based on. */
export async function rejectHeld(
  manager: EntityManager,
  context: { workspaceId: string; now: Date; events: MemberEvents },
  changeIds: readonly string[],
): Promise<void> {
  const { workspaceId, now } = context;
  const db = dbOf(manager);
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ member_id: string | null }>`WITH rejected AS (
       UPDATE sync_change SET state = 'rejected'
       WHERE workspace_id = ${workspace} AND id = ANY (${changeIds}::uuid[]) AND state = 'held'
       RETURNING directory_user_id, kind, directory_version
     )
     UPDATE sync_link l SET state = 'suppressed', suppressed_kind = r.kind, updated_at = ${now},
       directory_version = r.directory_version, held_at = l.updated_at, reason = jsonb_build_object(
         'code', 'rejected', 'params', jsonb_build_object('kind', r.kind, 'heldAt', l.updated_at))
     FROM rejected r
     WHERE l.workspace_id = ${workspace} AND l.directory_user_id = r.directory_user_id AND l.state = 'held'
     RETURNING l.member_id`,
  );
  await settleSuspensions(
    db,
    context,
    rows.map(({ member_id }) => member_id),
  );
}

/** The members of people. */
async function membersOf(
  db: Db,
  workspaceId: string,
  directoryUserIds: readonly string[],
): Promise<(string | null)[]> {
  const { rows } = await db.run(
    sql<{ member_id: string | null }>`
         SELECT member_id FROM sync_link WHERE workspace_id = ${workspaceId}
           AND directory_user_id = ANY (${directoryUserIds}::uuid[])`,
  );
  return rows.map(({ member_id }) => member_id);
}

/** The held changes of a run, locked together with it. */
async function lockHeld(
  manager: EntityManager,
  workspaceId: string,
  runId: string,
  only: readonly string[] | undefined,
): Promise<HeldChange[]> {
  const run = await lockRun(dbOf(manager), workspaceId, runId);
  if (run.state !== 'awaiting_approval')
    throw new ConflictError('nothing-held', 'Nothing is held in this run.');
  const people = parameter(only ?? null);
  const { rows: held } = await dbOf(manager).run(sql<HeldChange>`SELECT id, directory_user_id FROM sync_change
     WHERE workspace_id = ${workspaceId} AND run_id = ${runId} AND state = 'held'
       AND (${people}::uuid[] IS NULL OR directory_user_id = ANY (${people}))
     ORDER BY directory_user_id FOR UPDATE`);
  const found = held.map((change) => change.directory_user_id);
  refuseIdsNotIn('directoryUserIds', only ?? [], found, {
    code: 'nothing-held',
    message: 'Nothing is held for this person in this run.',
  });
  return held;
}

/** Keeps the change of a removal that could not be written, and makes the person a conflict. */
async function noteRefused(
  manager: EntityManager,
  { workspaceId, runId, now }: Pick<WriteContext, 'workspaceId' | 'runId' | 'now'>,
  refused: { directoryUserId: string; basedOn: Basis; kept: KeptReason; conflict: ConflictReason },
): Promise<void> {
  const { directoryUserId, basedOn, kept, conflict } = refused;
  const workspace = parameter(workspaceId);
  const person = parameter(directoryUserId);
  await dbOf(manager).run(sql`WITH kept AS (
       UPDATE sync_change SET state = 'kept', kept_reason = ${JSON.stringify(kept)}
       WHERE workspace_id = ${workspace} AND run_id = ${runId} AND directory_user_id = ${person}
         AND state = 'held'
     )
     UPDATE sync_link
       SET state = 'conflict', reason = ${JSON.stringify(conflict)}::jsonb,
       directory_version = ${basedOn.version}, updated_at = ${now}
     WHERE workspace_id = ${workspace} AND directory_user_id = ${person}`);
}

/** The run's counts follow what became of its held changes. */
async function recount(db: Db, workspaceId: string, runId: string): Promise<void> {
  const workspace = parameter(workspaceId);
  const run = parameter(runId);
  await db.run(sql`UPDATE sync_run r SET counts = r.counts || (
       SELECT jsonb_build_object(
         'held', count(*) FILTER (WHERE state = 'held'),
         'suppressed', (SELECT count(*) FROM sync_link WHERE workspace_id = ${workspace}
           AND state = 'suppressed'),
         'deactivate', count(*) FILTER (WHERE kind = 'deactivate' AND state IN ('made', 'approved')),
         'remove', count(*) FILTER (WHERE kind = 'remove' AND state IN ('made', 'approved')))
       FROM sync_change WHERE workspace_id = ${workspace} AND run_id = ${run})
     WHERE r.workspace_id = ${workspace} AND r.id = ${run}`);
}
