import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { type StatementPipeline, inPipeline } from '../../database/statement-pipeline.ts';
import { type Sql, sql } from '../../database/sql.ts';
import { addCounts, nothingPending, type Pending } from '../decision/change.ts';
import { countByKind } from '../planning/batch-plan.ts';
import { linkCounts } from '../planning/link-counts.ts';
import type { RoleLedger } from '../decision/roles.ts';
import type { FreeSeats } from '../decision/seats.ts';
import { roleLedgerNow } from '../planning/role-ledger.ts';
import { freeSeatsNow } from '../planning/free-seats.ts';
import { type RemovalBudget, removalBudget } from '../policy/removal-guard.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import { plannedBatches } from './planned-batches.ts';
import {
  type CachedPlan,
  outlinesOf,
  packPlan,
  type PlannedStep,
  PreviewCache,
  type ShownDecision,
  shownOf,
  stepsAbout,
  stepsAfter,
} from './preview-cache.ts';
import { type Outline, outlineOf } from './preview-outline.ts';
import { previewVersion } from './preview-version.ts';

/** The state that one answer describes, and the connection that reads it. */
export interface Scene {
  db: StatementPipeline;
  now: Date;
  policy: SyncPolicy;
  budget: RemovalBudget;
  seats: FreeSeats | null;
  roles: RoleLedger | null;
  version: string;
}

/** What a run started now would do, as the state of a workspace is at one moment; a whole plan is made once and kept. */
@Injectable()
export class PreviewScenes {
  private readonly plans = new PreviewCache();
  /** The plan that a scene has found, also when another version has taken its place since. */
  private readonly planOf = new WeakMap<Scene, CachedPlan>();
  /** Of each workspace the plan that was begun last. */
  private readonly making = new Map<string, { version: string; plan: Promise<CachedPlan> }>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly policies: SyncPolicyService,
  ) {}

  /** The version alone, as this connection sees the data; with `chosen`, of a run of chosen people. */
  async version(
    db: Db,
    workspaceId: string,
    now: Date,
    chosen: Sql<{ id: string }> | null = null,
  ): Promise<string> {
    return (await stateOf(db, await this.policies.open(workspaceId, db), now, chosen)).version;
  }

  /** The version and the counts of a run of chosen people. It is planned again for each question. */
  async ofChosen(scene: Scene, chosen: Sql<{ id: string }>): Promise<{ version: string; counts: Pending }> {
    const { db, policy, budget, roles, now } = scene;
    const seats = await freeSeatsNow(db, policy, now, chosen);
    const counts = nothingPending();
    for await (const { decisions } of plannedBatches(db, policy, { budget, seats, roles }, now, chosen)) {
      addCounts(counts, countByKind(decisions));
    }
    addCounts(counts, await linkCounts(db, policy.workspace.id, now, chosen));
    return { version: await previewVersion(db, policy, { budget, seats, roles }, now, chosen), counts };
  }

  /**
   * Reads on one connection with generic plans, as a run does: right after an initial cycle, when everybody looks at the
   * preview, the statistics do not cover the workspace yet. The sync policy takes a connection of its own, so it is read
   * before.
   */
  async inScene<T>(workspaceId: string, read: (scene: Scene) => Promise<T>): Promise<T> {
    const policy = await this.policies.open(workspaceId);
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      return inPipeline(manager, async (db) => {
        return read({ db, ...(await stateOf(db, policy, this.clock.now())) });
      });
    });
  }

  /** The plan of this state, where it is known. */
  plan(scene: Scene): CachedPlan | null {
    const plan = this.planOf.get(scene) ?? this.plans.get(scene.policy.workspace.id, scene.version);
    if (plan !== null) this.planOf.set(scene, plan);
    return plan;
  }

  /**
   * The counts of what is queued; for them the whole plan is made, and cached. Who asks for a plan that somebody makes
   * already waits for that one; when they go before it is done, one of those who wait makes it.
   */
  async counted(scene: Scene): Promise<Pending> {
    const id = scene.policy.workspace.id;
    for (;;) {
      const known = this.plan(scene);
      if (known !== null) return known.counts;
      const begun = this.making.get(id);
      const plan =
        begun?.version === scene.version ? await begun.plan.catch(() => null) : await this.make(scene);
      if (plan !== null) this.planOf.set(scene, plan);
    }
  }

  private async make(scene: Scene): Promise<CachedPlan> {
    const { version, policy } = scene;
    const { id } = policy.workspace;
    const making = { version, plan: packPlan(version, this.batches(scene), policy.properties) };
    this.making.set(id, making);
    try {
      const plan = await making.plan;
      this.plans.set(id, plan);
      return plan;
    } finally {
      if (this.making.get(id) === making) this.making.delete(id);
    }
  }

  /**
   * The plan batch by batch: from the cache, or made again as far as it is read.
   *
   * @param after nobody is asked for who comes before this person in the order of ids, unless they wait for somebody
   */
  steps(scene: Scene, after: string | null = null): AsyncIterable<PlannedStep> {
    const kept = this.plan(scene)?.steps ?? null;
    return kept === null ? this.shown(scene) : stepsAfter(kept, after);
  }

  /** What the changes of each batch of the plan are found and sorted by: from the cache, or the plan is made again. */
  async *outlines(scene: Scene): AsyncGenerator<{ last: string; outlines: Outline[] }> {
    const kept = this.plan(scene)?.steps ?? null;
    if (kept !== null) yield* outlinesOf(kept);
    else
      for await (const { last, decisions } of this.shown(scene))
        yield { last, outlines: changesIn(decisions) };
  }

  /**
   * What the whole plan says about those of these people who are queued, or who wait for somebody in the cached plan.
   * Somebody who waits may be in a plan twice: the last decision counts.
   */
  async planned(scene: Scene, ids: readonly string[]): Promise<Map<string, ShownDecision>> {
    const { rows } = await scene.db.run(
      sql`
           SELECT 1 FROM sync_queue WHERE workspace_id = ${scene.policy.workspace.id}
             AND directory_user_id = ANY (${ids}::uuid[]) AND due_at <= ${scene.now} LIMIT 1`,
    );
    const [queued] = rows;
    if (queued !== undefined) await this.counted(scene);
    const kept = this.plan(scene)?.steps ?? null;
    if (queued === undefined && kept === null) return new Map();
    const wanted = new Set(ids);
    const steps = kept === null ? this.shown(scene) : stepsAbout(kept, ids);
    const found = new Map<string, ShownDecision>();
    for await (const { decisions } of steps) {
      for (const one of decisions) if (wanted.has(one.directoryUserId)) found.set(one.directoryUserId, one);
    }
    return found;
  }

  private async *shown(scene: Scene): AsyncGenerator<PlannedStep> {
    const { properties } = scene.policy;
    for await (const { after, last, people, decisions } of this.batches(scene)) {
      yield { after, last, decisions: shownOf(people, decisions, properties) };
    }
  }

  private batches({ db, policy, budget, seats, roles, now }: Scene) {
    return plannedBatches(db, policy, { budget, seats, roles }, now);
  }
}

function changesIn(decisions: readonly ShownDecision[]): Outline[] {
  return decisions.filter(({ kind }) => kind !== 'nothing').map(outlineOf);
}

async function stateOf(
  db: Db,
  policy: SyncPolicy,
  now: Date,
  chosen: Sql<{ id: string }> | null = null,
): Promise<Omit<Scene, 'db'>> {
  const budget = await removalBudget(db, policy.workspace.id, policy.settings.removalGuard, now);
  const seats = await freeSeatsNow(db, policy, now, chosen);
  const roles = await roleLedgerNow(db, policy);
  const version = await previewVersion(db, policy, { budget, seats, roles }, now, chosen);
  return { now, policy, budget, seats, roles, version };
}
