import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { settleSuspensions } from '../writing/suspend-held.ts';
import { dbOf } from '../../database/db-of.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { causeOf } from '../../errors/data-error.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import type { Decision } from '../decision/decision.ts';
import type { Person } from '../decision/person.ts';
import { partOf, planPeople } from '../planning/batch-plan.ts';
import { attempt, inHalves, type Refused } from '../planning/in-halves.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import { newPlan } from '../planning/plan.ts';
import type { Language } from '../../errors/sentence.ts';
import type { ConflictReason, KeptReason } from '../decision/reason.ts';
import { newReference } from '../decision/refusals.ts';
import { heldByRun } from '../policy/let-through.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import type { RunResponse } from '../record/sync.dto.ts';
import { lockRun, readRun } from '../record/run-statements.ts';
import {
  type HeldChange,
  lockHeld,
  membersOf,
  noteRefused,
  readHeld,
  recount,
  rejectHeld,
} from './held-statements.ts';
import { applyPlan } from '../writing/apply-plan.ts';
import { unlimited } from '../writing/lazy-removal-budget.ts';
import { endApprovedRuns, keepHeldChanges } from '../writing/release-holds.ts';
import type { WriteContext } from '../writing/write-context.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';

/** What became of a held removal; `done`: it was carried out, or rejected, as it was to be. */
export type HeldOutcome = 'done' | Extract<KeptReason['code'], 'came-back-since' | 'approval-refused'>;

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
  ): Promise<RunResponse> {
    const { workspaceId } = session;
    const policy = await this.policies.open(workspaceId);
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      const held = await lockHeld(manager, workspaceId, runId, only);
      await this.carryOut(manager, policy, runId, held);
      await this.audit.byAdmin(manager, session, 'removals.approved', runId, { people: held.length });
      return readRun(dbOf(manager), workspaceId, runId, language);
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
  ): Promise<RunResponse> {
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      const held = await lockHeld(manager, workspaceId, runId, only);
      await this.refuse(manager, workspaceId, runId, held);
      await this.audit.byAdmin(manager, session, 'removals.rejected', runId, { people: held.length });
      return readRun(dbOf(manager), workspaceId, runId, language);
    });
  }

  /**
   * The same for people whatever runs hold them, in a transaction of the caller, who records it.
   *
   * @returns what became of those who are held; the others are not among them
   */
  async decideAmong(
    manager: EntityManager,
    policy: SyncPolicy,
    decision: 'approve' | 'reject',
    directoryUserIds: readonly string[],
  ): Promise<Map<string, HeldOutcome>> {
    const workspaceId = policy.workspace.id;
    const outcomes = new Map<string, HeldOutcome>();
    for (const { runId } of await heldByRun(dbOf(manager), workspaceId, directoryUserIds)) {
      await lockRun(dbOf(manager), workspaceId, runId);
      const held = await readHeld(manager, workspaceId, runId, directoryUserIds);
      if (decision === 'reject') await this.refuse(manager, workspaceId, runId, held);
      const outcomeOf =
        decision === 'approve'
          ? await this.carryOut(manager, policy, runId, held)
          : new Map<string, HeldOutcome>();
      for (const { directory_user_id: id } of held) outcomes.set(id, outcomeOf.get(id) ?? 'done');
    }
    return outcomes;
  }

  /** @returns what became of people whose removal was not carried out; that of all others was */
  private async carryOut(
    manager: EntityManager,
    policy: SyncPolicy,
    runId: string,
    held: readonly HeldChange[],
  ): Promise<Map<string, HeldOutcome>> {
    const workspaceId = policy.workspace.id;
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
    const others = ids.filter((id) => !removals.has(id));
    await this.releaseOthers(manager, workspaceId, others, now, events);
    await recount(dbOf(manager), workspaceId, runId);
    await endApprovedRuns(dbOf(manager), workspaceId, now);
    events.append(dbOf(manager), workspaceId, now);
    return new Map<string, HeldOutcome>([
      ...others.map((id) => [id, 'came-back-since'] as const),
      ...refused.map(({ item }) => [item.directoryUserId, 'approval-refused'] as const),
    ]);
  }

  private async refuse(
    manager: EntityManager,
    workspaceId: string,
    runId: string,
    held: readonly HeldChange[],
  ): Promise<void> {
    const now = this.clock.now();
    const changeIds = held.map(({ id }) => id);
    const events = new MemberEvents({ by: 'admin', runId, reason: null });
    await rejectHeld(manager, { workspaceId, now, events }, changeIds);
    events.append(dbOf(manager), workspaceId, now);
    await recount(dbOf(manager), workspaceId, runId);
    await endApprovedRuns(dbOf(manager), workspaceId, now);
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
