import { Injectable } from '@nestjs/common';
import { cursorsOf } from '../../http/paging/page.ts';
import { CursorSeal, type SealedCursors } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { addCounts, type Change, type Pending } from '../decision/change.ts';
import { type ChosenPeople, idsOfNamed, type PeopleNamed, readChosen } from '../policy/chosen-people.ts';
import { groupsChoice } from '../policy/chosen-groups.ts';
import { type PendingChangeView, toPendingView } from '../wording/change-view.ts';
import { type ExplanationStep, explain } from './explanation.ts';
import { withheldPeopleAfter } from './withheld-people.ts';
import type { ShownDecision } from './preview-cache.ts';
import { PreviewScenes, type Scene } from './preview-scenes.ts';
import { linkCounts } from '../planning/link-counts.ts';
import { isUnknown, type Person } from '../decision/person.ts';
import { decideAlone } from './planned-batches.ts';
import { decodePreviewCursor, encodePreviewCursor, type PreviewCursor, startIn } from './preview-cursor.ts';
import { type PlacedChange, plannedChanges } from './preview-order.ts';
import { type PreviewedGroup, previewedGroups } from './preview-groups.ts';
import type { Language } from '../../errors/sentence.ts';
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

/** What a run of chosen people would do. */
export interface ChosenPreview extends ChosenPeople {
  version: string;
  summary: Pending;
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
  constructor(
    private readonly seal: CursorSeal,
    private readonly scenes: PreviewScenes,
  ) {}

  /** How many changes of each kind are pending. */
  async summary(workspaceId: string): Promise<Pending> {
    return (await this.versioned(workspaceId)).summary;
  }

  /**
   * The versions that a run may be bound to, as this connection sees the data: the whole preview's; of a run of chosen people
   * that of their part, too.
   */
  async versions(db: Db, workspaceId: string, now: Date, named: PeopleNamed | null): Promise<string[]> {
    const whole = await this.scenes.version(db, workspaceId, now);
    if (named === null) return [whole];
    const part = await this.scenes.version(db, workspaceId, now, idsOfNamed(workspaceId, named));
    return [whole, part];
  }

  /**
   * What a run of chosen people would do, in numbers.
   *
   * @throws BadInputError naming each id of nobody and of no group
   */
  async ofChosen(workspaceId: string, named: PeopleNamed): Promise<ChosenPreview> {
    return this.scenes.inScene(workspaceId, async (scene) => {
      const { people, groups } = await readChosen(scene.db, workspaceId, named);
      const { version, counts } = await this.scenes.ofChosen(scene, idsOfNamed(workspaceId, named));
      return { version, people, groups, summary: counts };
    });
  }

  /** The same with the version of exactly this state. */
  async versioned(workspaceId: string): Promise<PreviewSummary> {
    return this.scenes.inScene(workspaceId, async (scene) => {
      return {
        version: scene.version,
        summary: await this.withWithheld(scene, await this.scenes.counted(scene)),
      };
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
    return this.scenes.inScene(workspaceId, (scene) =>
      this.pageOf(scene, { from, matches, cursors }, query, language),
    );
  }

  private async pageOf(
    scene: Scene,
    { from, matches, cursors }: PagedPreview,
    query: SyncPreviewQuery,
    language: Language,
  ): Promise<Preview> {
    const counts =
      query.counts === 'later' ? (this.scenes.plan(scene)?.counts ?? null) : await this.scenes.counted(scene);
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
    const tally = this.scenes.plan(scene)?.groups ?? null;
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
    if (from.part !== 'kept') yield* plannedChanges(this.scenes.steps(scene), from, matches, max);
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
    return this.scenes.inScene(workspaceId, async (scene) => {
      const { person, decision } = await this.decided(scene, directoryUserId);
      if (isUnknown(person)) throw new NotFoundError('directory user');
      const steps = explain(person, decision, scene.policy, language);
      return { ...toPendingView(decision, language), steps };
    });
  }

  private async decided(scene: Scene, id: string): Promise<{ person: Person; decision: ShownDecision }> {
    const planned = (await this.scenes.planned(scene, [id])).get(id);
    const [alone] = await decideAlone(scene.db, scene.policy, scene.budget, [id], scene.now);
    if (alone === undefined) throw new Error('A person who was asked for was not loaded');
    return { person: alone.person, decision: planned ?? alone.decision };
  }

  private async withWithheld(scene: Scene, counts: Pending): Promise<Pending> {
    const summary = { ...counts };
    addCounts(summary, await linkCounts(scene.db, scene.policy.workspace.id, scene.now));
    return summary;
  }
}

/** Where a page begins, what may stand on it, and the cursors of its list. */
interface PagedPreview {
  from: PreviewCursor;
  matches: (change: Change) => boolean;
  cursors: SealedCursors;
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
