import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { cursorsOf } from '../../http/paging/page.ts';
import { CursorSeal, type SealedCursors } from '../../database/cursor-seal.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { type StatementPipeline, inPipeline } from '../../database/statement-pipeline.ts';
import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { addCounts, type Change, type Pending } from '../decision/change.ts';
import { groupsChoice } from '../policy/chosen-groups.ts';
import { type PendingChangeView, toPendingView } from '../wording/change-view.ts';
import { type ExplanationStep, explain } from './explanation.ts';
import { withheldPeopleAfter } from './withheld-people.ts';
import { packPlan, PreviewCache, type PlannedStep, type ShownDecision, stepsOf } from './preview-cache.ts';
import { linkCounts } from '../planning/link-counts.ts';
import { loadPeople } from '../planning/load-people.ts';
import { isUnknown, type Person } from '../decision/person.ts';
import { decideAlone, plannedBatches } from './planned-batches.ts';
import { decodePreviewCursor, encodePreviewCursor, type PreviewCursor, startIn } from './preview-cursor.ts';
import { type PlacedChange, plannedChanges } from './preview-order.ts';
import { type PreviewedGroup, previewedGroups } from './preview-groups.ts';
import { previewVersion } from './preview-version.ts';
import type { Language } from '../../errors/sentence.ts';
import { type RemovalBudget, removalBudget } from '../policy/removal-guard.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { searchForms } from '../../scim-core/search-text.ts';

/** All pending changes, computed now; `nextCursor` is null on the last page. */
export interface Preview {
  version: string;
  /** Null where the counts were to come later and are not known yet. */
  summary: Pending | null;
  items: PendingChangeView[];
  /** What would be done to groups: on the first page. */
  groups: PreviewedGroup[];
  nextCursor: string | null;
}

/** A list made from the preview, with its own cursors, that shows only what `matches`. */
export interface PreviewList {
  name: string;
  matches: (change: Change) => boolean;
}

const wholePreview: PreviewList = { name: 'sync-preview', matches: () => true };

/** The version of the preview and its counts. */
export interface PreviewSummary {
  version: string;
  summary: Pending;
}

/** What a run started now would do, and why. It writes nothing. */
@Injectable()
export class SyncPreviewService {
  private readonly plans = new PreviewCache();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly policies: SyncPolicyService,
  ) {}

  /** How many changes of each kind are pending. */
  async summary(workspaceId: string): Promise<Pending> {
    return (await this.versioned(workspaceId)).summary;
  }

  /** The version alone, as this connection sees the data. */
  async version(db: Db, workspaceId: string, now: Date): Promise<string> {
    return (await stateOf(db, await this.policies.open(workspaceId), now)).version;
  }

  /** The same with the version of exactly this state. */
  async versioned(workspaceId: string): Promise<PreviewSummary> {
    return this.inScene(workspaceId, async (scene) => {
      return { version: scene.version, summary: await this.withWithheld(scene, await this.counted(scene)) };
    });
  }

  /**
   * A page of pending changes: first people who are queued, then those who wait for one of them, then those who are
   * withheld, each by id.
   *
   * @throws BadInputError when the cursor was not made by this list for this query
   */
  async page(
    workspaceId: string,
    query: SyncPreviewQuery,
    language: Language,
    list = wholePreview,
  ): Promise<Preview> {
    const { kind, search, groupId } = query;
    const asked = { kind, search, groupId: groupId?.toLowerCase() };
    const cursors = cursorsOf(this.seal, list.name, workspaceId, asked);
    const from = decodePreviewCursor(cursors, query.cursor);
    const asks = matcherOf(query);
    const matches = (change: Change) => asks(change) && list.matches(change);
    return this.inScene(workspaceId, (scene) =>
      this.pageOf(scene, { from, matches, cursors }, query, language),
    );
  }

  private async pageOf(
    scene: Scene,
    { from, matches, cursors }: PagedPreview,
    query: SyncPreviewQuery,
    language: Language,
  ): Promise<Preview> {
    const counts = query.counts === 'later' ? this.known(scene) : await this.counted(scene);
    const found: PlacedChange[] = [];
    let sizeChars = 0;
    let hasMore = false;
    for await (const one of this.changesFrom(scene, from, matches, query.limit + 1)) {
      found.push(one);
      sizeChars += JSON.stringify(one.change.fields).length;
      hasMore = found.length > query.limit || (sizeChars > pageSizeMaxBytes && found.length > 1);
      if (hasMore) break;
    }
    const items = hasMore ? found.slice(0, -1) : found;
    const last = hasMore ? items.at(-1) : undefined;
    const first = query.cursor === undefined || query.cursor === '';
    const choice = groupsChoice(scene.policy.settings.groups);
    const tally = this.plans.get(scene.policy.workspace.id, scene.version)?.groups ?? null;
    return {
      version: scene.version,
      summary: counts && (await this.withWithheld(scene, counts)),
      items: items.map(({ change }) => toPendingView(change, language)),
      groups: first ? await previewedGroups(scene.db, scene.policy.workspace.id, choice, tally) : [],
      nextCursor:
        last === undefined
          ? null
          : encodePreviewCursor(cursors, { part: last.part, id: last.change.directoryUserId }),
    };
  }

  /** Everything pending that matches, from the cursor on, as far as it is read; the caller takes at most `max`. */
  private async *changesFrom(
    scene: Scene,
    from: PreviewCursor,
    matches: (change: Change) => boolean,
    max: number,
  ): AsyncGenerator<PlacedChange> {
    if (from.part !== 'kept') yield* plannedChanges(this.steps(scene), from, matches, max);
    const { after } = startIn(from, 'kept') ?? { after: null };
    for await (const change of withheldPeopleAfter(scene.db, scene.policy.workspace.id, after, scene.now)) {
      if (matches(change)) yield { part: 'kept', change };
    }
  }

  /**
   * What a run would do with one person, with the whole reasoning; also when it would do nothing.
   *
   * @throws NotFoundError when neither the directory nor its history knows the person
   */
  async explain(
    workspaceId: string,
    directoryUserId: string,
    language: Language,
  ): Promise<PendingChangeView & { steps: ExplanationStep[] }> {
    return this.inScene(workspaceId, async (scene) => {
      const { person, decision } =
        (await this.planned(scene, directoryUserId)) ??
        (await decideAlone(scene.db, scene.policy, scene.budget, directoryUserId, scene.now));
      if (isUnknown(person)) throw new NotFoundError('directory user');
      const steps = explain(person, decision, scene.policy, language);
      return { ...toPendingView(decision, language), steps };
    });
  }

  /**
   * What the whole plan says about one person who is queued, or who waits for somebody in the cached plan; else null.
   * Somebody who waits may be in a plan twice: the last decision counts.
   */
  private async planned(
    scene: Scene,
    id: string,
  ): Promise<{ person: Person; decision: ShownDecision } | null> {
    const workspaceId = scene.policy.workspace.id;
    const { rows } = await scene.db.run(
      sql`
           SELECT 1 FROM sync_queue WHERE workspace_id = ${workspaceId} AND directory_user_id = ${id}
             AND due_at <= ${scene.now}`,
    );
    const [queued] = rows;
    if (queued !== undefined) await this.counted(scene);
    else if (!this.plans.get(workspaceId, scene.version)?.steps) return null;
    let decision: ShownDecision | undefined;
    for await (const { decisions } of this.steps(scene)) {
      decision = decisions.find(({ directoryUserId }) => directoryUserId === id) ?? decision;
    }
    if (decision === undefined) return null;
    const options = { lock: false, now: scene.now };
    const { people } = await loadPeople(scene.db, workspaceId, [id], scene.policy, options);
    const [person] = people;
    return person === undefined ? null : { person, decision };
  }

  /** The plan batch by batch: from the cache, or made again as far as it is read. */
  private steps(scene: Scene): AsyncIterable<PlannedStep> {
    const kept = this.plans.get(scene.policy.workspace.id, scene.version)?.steps ?? null;
    return kept === null ? this.batches(scene) : stepsOf(kept);
  }

  private batches(scene: Scene) {
    return plannedBatches(scene.db, scene.policy, scene.budget, scene.now);
  }

  /** The counts of what is queued; for them the whole plan is made, and cached. */
  private async counted(scene: Scene): Promise<Pending> {
    const known = this.known(scene);
    if (known !== null) return known;
    const plan = await packPlan(scene.version, this.batches(scene));
    this.plans.set(scene.policy.workspace.id, plan);
    return plan.counts;
  }

  private known(scene: Scene): Pending | null {
    return this.plans.get(scene.policy.workspace.id, scene.version)?.counts ?? null;
  }

  private async withWithheld(scene: Scene, counts: Pending): Promise<Pending> {
    const summary = { ...counts };
    addCounts(summary, await linkCounts(scene.db, scene.policy.workspace.id, scene.now));
    return summary;
  }

  /**
   * Reads on one connection with generic plans, as a run does: right after an initial cycle, when everybody looks at the
   * preview, the statistics do not cover the workspace yet. The sync policy takes a connection of its own, so it is read
   * before.
   */
  private async inScene<T>(workspaceId: string, read: (scene: Scene) => Promise<T>): Promise<T> {
    const policy = await this.policies.open(workspaceId);
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      return inPipeline(manager, async (db) => {
        return read({ db, ...(await stateOf(db, policy, this.clock.now())) });
      });
    });
  }
}

/** The state that one answer describes, and the connection that reads it. */
interface Scene {
  db: StatementPipeline;
  now: Date;
  policy: SyncPolicy;
  budget: RemovalBudget;
  version: string;
}

/** Where a page begins, what may stand on it, and the cursors of its list. */
interface PagedPreview {
  from: PreviewCursor;
  matches: (change: Change) => boolean;
  cursors: SealedCursors;
}

async function stateOf(db: Db, policy: SyncPolicy, now: Date): Promise<Omit<Scene, 'db'>> {
  const budget = await removalBudget(db, policy.workspace.id, policy.settings.removalGuard, now);
  return { now, policy, budget, version: await previewVersion(db, policy, budget, now) };
}

function matcherOf(query: SyncPreviewQuery): (change: Change) => boolean {
  const forms = searchForms(query.search ?? '');
  return ({ kind, name, fields, groups }) => {
    if (query.kind !== undefined && query.kind !== kind) return false;
    if (query.groupId !== undefined && !movesInto({ groups }, query.groupId.toLowerCase())) return false;
    if (forms.length === 0) return true;
    const email = fields.find(({ field }) => field === 'email');
    const texts = [name, email?.before, email?.after].filter((text) => typeof text === 'string');
    return texts.map(foldCase).some((key) => forms.some((form) => key.includes(form)));
  };
}

/** Whether somebody joins or leaves a group. */
function movesInto({ groups }: Pick<Change, 'groups'>, groupId: string): boolean {
  return [...(groups?.joined ?? []), ...(groups?.left ?? [])].some(({ id }) => id === groupId);
}
