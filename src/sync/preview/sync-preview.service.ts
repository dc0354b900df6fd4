import { Injectable } from '@nestjs/common';
import { cursorsOf, decodePlace } from '../../http/paging/page.ts';
import { CursorSeal, type SealedCursors } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { type ChosenPeople, idsOfNamed, type PeopleNamed, readChosen } from '../policy/chosen-people.ts';
import { addCounts, type Change, type Pending } from '../decision/change.ts';
import { groupsChoice } from '../policy/chosen-groups.ts';
import { type ConflictSide, conflictSides } from './conflict-sides.ts';
import { type ExplanationStep, explain } from './explanation.ts';
import { type LastRun, filterIn, matcherOf, type PreviewFilter } from './preview-filter.ts';
import { factsOf } from './person-facts.ts';
import { type ListedChangeView, toListedView } from './listed-change.ts';
import type { ShownDecision } from './preview-cache.ts';
import { previewedSeats, type PreviewedSeats } from './preview-seats.ts';
import { PreviewScenes, type Scene } from './preview-scenes.ts';
import { linkCounts } from '../planning/link-counts.ts';
import { isUnknown, type Person } from '../decision/person.ts';
import { decideAlone } from './planned-batches.ts';
import { decodePreviewCursor, encodePreviewCursor, type PreviewCursor } from './preview-cursor.ts';
import { firstBehind, placeAt, type PreviewOrder } from './preview-index.ts';
import { PreviewLists } from './preview-lists.ts';
import { outlineOf } from './preview-outline.ts';
import { countOf, cursorAt, fullAfter, isSorted, orderIn, placeOf } from './preview-query.ts';
import { type PreviewedGroup, previewedGroups } from './preview-groups.ts';
import type { Language } from '../../errors/sentence.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';
import type { ListedChange } from './withheld-people.ts';

/** All pending changes, computed now; `nextCursor` is null on the last page. */
export interface Preview {
  version: string;
  /** Null where the counts were to come later and are not known yet. */
  summary: Pending | null;
  /** How many match what was asked for; null likewise. */
  matching: number | null;
  lastRun: { id: string; endedAt: string } | null;
  items: ListedChangeView[];
  /** Null where there is no limit, or where the counts were to come later and are not known yet. */
  seats: PreviewedSeats | null;
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

/** What of a preview stands on one page of it. */
interface ReadPage {
  changes: readonly ListedChange[];
  matching: number | null;
  lastRun: LastRun | null;
  nextCursor: string | null;
}

/** What a page is asked for. */
interface Asked {
  query: SyncPreviewQuery;
  filter: PreviewFilter;
  order: PreviewOrder;
  list: PreviewList;
  cursors: SealedCursors;
}

/** What a run started now would do, and why. It writes nothing. */
@Injectable()
export class SyncPreviewService {
  constructor(
    private readonly seal: CursorSeal,
    private readonly scenes: PreviewScenes,
    private readonly lists: PreviewLists,
  ) {}

  /**
   * How many changes of each kind are pending, how many of those held are so because of their role alone, how many of the
   * others leave a role out that waits, and what they do with seats (null: their number is not limited).
   */
  async summary(
    workspaceId: string,
  ): Promise<{ pending: Pending; heldRoles: number; rolesBeside: number; seats: PreviewedSeats | null }> {
    return this.scenes.inScene(workspaceId, async (scene) => {
      const pending = await this.withWithheld(scene, await this.scenes.counted(scene));
      const { heldRoles = 0, rolesBeside = 0 } = this.scenes.plan(scene) ?? {};
      return { pending, heldRoles, rolesBeside, seats: await this.seatsOf(scene) };
    });
  }

  /**
   * The versions that a run may be bound to, as this connection sees the data: the whole preview's; of a run of chosen
   * people that of their part, too.
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
   * A page of pending changes. Without a sort: first people who are queued, then those who wait for one of them, then those
   * who are withheld, each by id.
   *
   * @throws BadInputError when the cursor was not made by this list for this query
   */
  async page(
    workspaceId: string,
    query: SyncPreviewQuery,
    language: Language,
    list = wholePreview,
  ): Promise<Preview> {
    const filter = filterIn(query);
    const order = orderIn(query);
    const sorted = isSorted(order) ? order : {};
    const cursors = cursorsOf(this.seal, list.name, workspaceId, { ...filter, ...sorted });
    const asked: Asked = { query, filter, order, list, cursors };
    const read = isListed(asked) ? this.listedPage(asked) : this.pageAsTheyCome(asked);
    return this.scenes.inScene(workspaceId, async (scene) =>
      this.pageOf(scene, await read(scene), asked, language),
    );
  }

  private async pageOf(
    scene: Scene,
    { changes, matching, lastRun, nextCursor }: ReadPage,
    { query, filter }: Asked,
    language: Language,
  ): Promise<Preview> {
    const plan = this.scenes.plan(scene);
    const summary = plan && (await this.withWithheld(scene, plan.counts));
    const first = query.cursor === undefined || query.cursor === '';
    const choice = groupsChoice(scene.policy.settings.groups);
    return {
      version: scene.version,
      summary,
      matching: matching ?? (summary && countOf(summary, filter)),
      lastRun: lastRun && { id: lastRun.id, endedAt: lastRun.endedAt.toISOString() },
      seats: await this.seatsOf(scene),
      items: changes.map((change) => toListedView(change, language)),
      groups: first
        ? await previewedGroups(scene.db, scene.policy.workspace.id, choice, plan?.groups ?? null)
        : [],
      nextCursor,
    };
  }

  /** Reads the plan from the cursor on, and no further than the page needs. */
  private pageAsTheyCome({ query, filter, list, cursors }: Asked): (scene: Scene) => Promise<ReadPage> {
    const from = decodePreviewCursor(cursors, query.cursor);
    const asks = matcherOf(filter);
    const matches = (change: ListedChange) => asks(outlineOf(change)) && list.matches(change);
    return async (scene) => {
      if (query.counts !== 'later') await this.scenes.counted(scene);
      const found: { part: PreviewCursor['part']; change: ListedChange }[] = [];
      const isFull = fullAfter(query.limit);
      let hasMore = false;
      for await (const one of this.lists.changesFrom(scene, from, matches, query.limit + 1)) {
        hasMore = isFull(one.change);
        if (hasMore) break;
        found.push(one);
      }
      const last = hasMore ? found.at(-1) : undefined;
      return {
        changes: found.map(({ change }) => change),
        matching: null,
        lastRun: null,
        nextCursor:
          last === undefined
            ? null
            : encodePreviewCursor(cursors, { part: last.part, id: last.change.directoryUserId }),
      };
    };
  }

  /** Takes the page from the index of the list. */
  private listedPage({ query, filter, order, cursors }: Asked): (scene: Scene) => Promise<ReadPage> {
    const place = isSorted(order)
      ? decodePlace(cursors, query.cursor)
      : placeOf(decodePreviewCursor(cursors, query.cursor));
    return async (scene) => {
      const { index, lastRun } = await this.lists.listing(scene, filter, order);
      const start = firstBehind(index, place, order);
      const ids = index.ids.slice(start, start + query.limit);
      const isFull = fullAfter(query.limit);
      const changes: ListedChange[] = [];
      let end = start + ids.length;
      for (const change of await this.lists.changesOf(scene, ids)) {
        if (isFull(change)) {
          end = start + ids.indexOf(change.directoryUserId);
          break;
        }
        changes.push(change);
      }
      return {
        changes,
        matching: index.ids.length,
        lastRun,
        nextCursor: end < index.ids.length ? cursorAt(cursors, placeAt(index, end - 1), order) : null,
      };
    };
  }

  /**
   * What a run would do with one person, with the whole reasoning and the others of a conflict; also when it would do nothing.
   *
   * @throws NotFoundError when neither the directory nor its history knows the person
   */
  async explain(
    workspaceId: string,
    directoryUserId: string,
    language: Language,
  ): Promise<ListedChangeView & { steps: ExplanationStep[]; sides: ConflictSide[] }> {
    return this.scenes.inScene(workspaceId, async (scene) => {
      const { person, decision } = await this.decided(scene, directoryUserId);
      if (isUnknown(person)) throw new NotFoundError('directory user');
      const steps = explain(person, decision, scene.policy, language);
      const sides = await conflictSides(scene.db, scene, person, decision);
      return { ...toListedView(decision, language), steps, sides };
    });
  }

  private async decided(scene: Scene, id: string): Promise<{ person: Person; decision: ShownDecision }> {
    const planned = (await this.scenes.planned(scene, [id])).get(id);
    const [alone] = await decideAlone(scene.db, scene.policy, scene, [id], scene.now);
    if (alone === undefined) throw new Error('A person who was asked for was not loaded');
    const { person } = alone;
    const facts = factsOf(person, scene.policy.properties);
    return { person, decision: planned ?? { ...alone.decision, facts } };
  }

  /** Null where their number is not limited, or what the plan does with them is not known yet. */
  private async seatsOf(scene: Scene): Promise<PreviewedSeats | null> {
    const plan = this.scenes.plan(scene);
    return plan && previewedSeats(scene.db, scene.policy.workspace, plan.seats, scene.now);
  }

  private async withWithheld(scene: Scene, counts: Pending): Promise<Pending> {
    const summary = { ...counts };
    addCounts(summary, await linkCounts(scene.db, scene.policy.workspace.id, scene.now));
    return summary;
  }
}

/**
 * Whether a page is taken from an index: of a list that is sorted, or narrowed by what the whole plan has to be read for.
 */
function isListed({ query, filter, order, list }: Asked): boolean {
  if (list !== wholePreview) return false;
  if (isSorted(order) || filter.since !== undefined) return true;
  return Object.keys(filter).length > 0 && query.counts !== 'later';
}
