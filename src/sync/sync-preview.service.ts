import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isUuid } from '../audit/page.ts';
import { Clock } from '../database/clock.ts';
import type { Queryable } from '../database/queryable.ts';
import { BadInputError, NotFoundError } from '../errors/domain-errors.ts';
import { addCounts, type Change, nothingPending, type Pending } from './change.ts';
import { type GroupChange, groupsChoice, pendingGroupChanges } from './chosen-groups.ts';
import { type ChangeView, toPendingView } from './change-view.ts';
import type { Decision } from './decide.ts';
import { type ExplanationStep, explain } from './explanation.ts';
import { keptBackAfter } from './kept-back.ts';
import { linkCounts } from './link-counts.ts';
import type { Person } from './person.ts';
import { decideAlone, plannedBatches } from './planned-batches.ts';
import { previewVersion } from './preview-version.ts';
import type { Language } from './reasons.ts';
import { type RemovalBudget, removalBudget } from './removal-guard.ts';
import { type Rulebook, RulebookService } from './rulebook.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';
import { countByKind } from './write-decisions.ts';

/** All pending changes, computed now; `nextCursor` is null on the last page. */
export interface Preview {
  version: string;
  summary: Pending;
  items: ChangeView[];
  /** What would be done to groups: on the first page. */
  groups: GroupChange[];
  nextCursor: string | null;
}

/** The version of the preview and its counts. */
export interface PreviewSummary {
  version: string;
  summary: Pending;
}

/** Workspaces whose counts are remembered in this process. */
const rememberedMax = 1000;

/** What a run started now would do, and why. It writes nothing. */
@Injectable()
export class SyncPreviewService {
  private readonly remembered = new Map<string, PreviewSummary>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly rulebooks: RulebookService,
  ) {}

  /** How many changes of each kind are pending. */
  async summary(workspaceId: string): Promise<Pending> {
    return (await this.versioned(workspaceId)).summary;
  }

  /** The version alone, as this connection sees things. */
  async version(db: Queryable, workspaceId: string, now: Date): Promise<string> {
    return (await this.scene(workspaceId, db, now)).version;
  }

  /** The same with the version that names exactly this state of affairs. */
  async versioned(workspaceId: string): Promise<PreviewSummary> {
    const scene = await this.scene(workspaceId);
    const known = this.recall(workspaceId, scene.version);
    if (known !== null) return known;
    const summary = nothingPending();
    for await (const { decisions } of this.batches(scene)) addCounts(summary, countByKind(decisions));
    addCounts(summary, await linkCounts(this.dataSource, workspaceId, scene.now));
    return this.remember(workspaceId, { version: scene.version, summary });
  }

  /**
   * A page of pending changes: first what is queued, in the order of the people's ids, then who is kept back.
   *
   * @throws BadInputError when the cursor is none of ours
   */
  async page(workspaceId: string, query: SyncPreviewQuery, language: Language): Promise<Preview> {
    const scene = await this.scene(workspaceId);
    const known = this.recall(workspaceId, scene.version);
    const from = decodePreviewCursor(query.cursor);
    const found: Change[] = [];
    const full = () => found.length > query.limit;
    const summary = nothingPending();
    const matches = matcherOf(query);
    if (from.part === 'queue' || known === null) {
      for await (const { decisions } of this.batches(scene)) {
        addCounts(summary, countByKind(decisions));
        for (const decision of decisions) {
          const later = from.part === 'queue' && (from.id === null || decision.directoryUserId > from.id);
          if (decision.kind !== 'nothing' && later && !full() && matches(decision)) found.push(decision);
        }
        if (full() && known !== null) break;
      }
    }
    const queuedFound = found.length;
    if (!full()) {
      const after = from.part === 'kept' ? from.id : null;
      const kept = keptBackAfter(this.dataSource, workspaceId, after, scene.now);
      for await (const change of kept) {
        if (matches(change)) found.push(change);
        if (full()) break;
      }
    }
    addCounts(summary, await linkCounts(this.dataSource, workspaceId, scene.now));
    const counted = known ?? this.remember(workspaceId, { version: scene.version, summary });
    const items = found.slice(0, query.limit).map((change) => toPendingView(change, language));
    const first = from.part === 'queue' && from.id === null;
    const groups = first
      ? await pendingGroupChanges(this.dataSource, workspaceId, groupsChoice(scene.book.settings.groups))
      : [];
    return { ...counted, items, groups, nextCursor: nextPreviewCursor(items, full(), queuedFound) };
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
  ): Promise<ChangeView & { steps: ExplanationStep[] }> {
    if (!isUuid(directoryUserId)) throw new NotFoundError('directory user');
    const scene = await this.scene(workspaceId);
    const { person, decision } =
      (await this.planned(scene, directoryUserId)) ??
      (await decideAlone(this.dataSource, scene.book, scene.budget, directoryUserId, scene.now));
    if (person.directoryUser === null && person.link === null) throw new NotFoundError('directory user');
    const steps = explain(person, decision, scene.book, language);
    return { ...toPendingView(decision, language), steps };
  }

  /** What the whole plan says about one person who is queued; null when he is not. */
  private async planned(scene: Scene, id: string): Promise<{ person: Person; decision: Decision } | null> {
    const [queued] = await this.dataSource.query<unknown[]>(
      'SELECT 1 FROM sync_queue WHERE workspace_id = $1 AND directory_user_id = $2 AND due_at <= $3',
      [scene.book.workspace.id, id, scene.now],
    );
    if (queued === undefined) return null;
    for await (const { people, decisions } of this.batches(scene)) {
      const at = people.findIndex(({ directoryUserId }) => directoryUserId === id);
      const [person, decision] = [people[at], decisions[at]];
      if (person !== undefined && decision !== undefined) return { person, decision };
    }
    return null;
  }

  private batches(scene: Scene) {
    return plannedBatches(this.dataSource, scene.book, scene.budget, scene.now);
  }

  private async scene(
    workspaceId: string,
    db: Queryable = this.dataSource,
    now: Date = this.clock.now(),
  ): Promise<Scene> {
    const book = await this.rulebooks.open(workspaceId);
    const budget = await removalBudget(db, workspaceId, book.settings.removalGuard, now);
    return { now, book, budget, version: await previewVersion(db, book, budget, now) };
  }

  private recall(workspaceId: string, version: string): PreviewSummary | null {
    const known = this.remembered.get(workspaceId);
    return known?.version === version ? known : null;
  }

  private remember(workspaceId: string, counted: PreviewSummary): PreviewSummary {
    if (this.remembered.size >= rememberedMax) this.remembered.clear();
    this.remembered.set(workspaceId, counted);
    return counted;
  }
}

/** The state of affairs that one answer speaks of. */
interface Scene {
  now: Date;
  book: Rulebook;
  budget: RemovalBudget;
  version: string;
}

function matcherOf(query: SyncPreviewQuery): (change: Change) => boolean {
  const search = query.search?.trim().toLowerCase() ?? '';
  return ({ kind, name, fields }) => {
    if (query.kind !== undefined && query.kind !== kind) return false;
    if (search === '') return true;
    const email = fields.find(({ field }) => field === 'email');
    const texts = [name, email?.before, email?.after].filter((text) => typeof text === 'string');
    return texts.some((text) => text.toLowerCase().includes(search));
  };
}

interface PreviewCursor {
  part: 'queue' | 'kept';
  id: string | null;
}

function decodePreviewCursor(cursor: string | undefined): PreviewCursor {
  if (cursor === undefined || cursor === '') return { part: 'queue', id: null };
  const [part, id] = Buffer.from(cursor, 'base64url').toString('latin1').split(':');
  if ((part === 'queue' || part === 'kept') && id !== undefined && isUuid(id)) return { part, id };
  throw new BadInputError([
    { path: 'cursor', message: 'This is not a cursor that a list has answered with.' },
  ]);
}

function nextPreviewCursor(items: readonly ChangeView[], more: boolean, queued: number): string | null {
  const last = items.at(-1);
  if (!more || last === undefined) return null;
  const part = items.length <= queued ? 'queue' : 'kept';
  return Buffer.from(`${part}:${last.directoryUserId}`, 'latin1').toString('base64url');
}
