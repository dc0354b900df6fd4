import { LRUCache } from 'lru-cache';
import { Injectable } from '@nestjs/common';
import {
  type LastRun,
  matcherOf,
  type PreviewFilter,
  readLastRun,
  readPendingSince,
} from './preview-filter.ts';
import { indexOf, type Listed, type PreviewIndex, type PreviewOrder } from './preview-index.ts';
import { type Outline, outlineOf } from './preview-outline.ts';
import { isOfThoseWhoWait } from './planned-batches.ts';
import { type PlacedChange, plannedChanges } from './preview-order.ts';
import { PreviewScenes, type Scene } from './preview-scenes.ts';
import { type PreviewCursor, type PreviewPart, startIn } from './preview-cursor.ts';
import { type ListedChange, withheldAmong, withheldPagesAfter } from './withheld-people.ts';

/** Limit for all indexes that this process keeps; the least recently used goes first. */
const indexesMaxBytes = 64 * 1024 * 1024;

/** A list of the preview: who stands on it, and the run since which it tells what is new. */
export interface PreviewListing {
  index: PreviewIndex;
  lastRun: LastRun | null;
}

/**
 * The lists of the preview: as they come, they are read from the plan; sorted or narrowed, the plan is read once, and who
 * stands on the list is kept for as long as it is the same plan.
 */
@Injectable()
export class PreviewLists {
  private readonly indexes = new LRUCache<string, PreviewIndex>({
    maxSize: indexesMaxBytes,
    sizeCalculation: ({ sizeBytes }) => Math.max(1, sizeBytes),
  });

  constructor(private readonly scenes: PreviewScenes) {}

  /** Who stands on a list, in its order. The whole plan is made for it. */
  async listing(scene: Scene, filter: PreviewFilter, order: PreviewOrder): Promise<PreviewListing> {
    const { db, now, policy, version } = scene;
    const workspaceId = policy.workspace.id;
    const lastRun = filter.since === undefined ? null : await readLastRun(db, workspaceId);
    const key = JSON.stringify([workspaceId, version, filter, lastRun?.id, order]);
    const known = this.indexes.get(key);
    if (known !== undefined) return { index: known, lastRun };
    await this.scenes.counted(scene);
    const fresh = lastRun === null ? null : await readPendingSince(db, workspaceId, lastRun, now);
    const index = await indexOf(this.matching(scene, matcherOf(filter), fresh), order);
    this.indexes.set(key, index);
    return { index, lastRun };
  }

  /**
   * What everybody who matches is sorted by, many at a time.
   *
   * @param fresh those who are new since the last run; null: all who match. Who waits for somebody new is pending
   * because of them
   */
  private async *matching(
    scene: Scene,
    matches: (change: Outline) => boolean,
    fresh: ReadonlySet<string> | null,
  ): AsyncGenerator<Listed[]> {
    const isOnList = (part: PreviewPart, change: Outline) =>
      (part === 'waiting' || fresh === null || fresh.has(change.directoryUserId)) && matches(change);
    for await (const { last, outlines } of this.scenes.outlines(scene)) {
      const part = isOfThoseWhoWait(last) ? 'waiting' : 'queue';
      yield outlines.filter((change) => isOnList(part, change)).map((change) => ({ part, change }));
    }
    for await (const page of withheldPagesAfter(scene.db, whereOf(scene), null)) {
      const outlines = page.map(outlineOf).filter((change) => isOnList('kept', change));
      yield outlines.map((change) => ({ part: 'kept' as const, change }));
    }
  }

  /** Everything pending that matches, from the cursor on, as far as it is read; the caller takes at most `max`. */
  async *changesFrom(
    scene: Scene,
    from: PreviewCursor,
    matches: (change: ListedChange) => boolean,
    max: number,
  ): AsyncGenerator<PlacedChange> {
    if (from.part !== 'kept') {
      const after = from.part === 'queue' ? from.id : null;
      yield* plannedChanges(this.scenes.steps(scene, after), from, matches, max);
    }
    const { after } = startIn(from, 'kept') ?? { after: null };
    for await (const page of withheldPagesAfter(scene.db, whereOf(scene), after)) {
      for (const change of page) if (matches(change)) yield { part: 'kept', change };
    }
  }

  /** What is pending for these people, in their order; those who stay as they are are left out. */
  async changesOf(scene: Scene, ids: readonly string[]): Promise<ListedChange[]> {
    if (ids.length === 0) return [];
    const found = new Map<string, ListedChange>(await this.scenes.planned(scene, ids));
    const others = ids.filter((id) => !found.has(id));
    for (const change of await withheldAmong(scene.db, whereOf(scene), others)) {
      found.set(change.directoryUserId, change);
    }
    return ids.flatMap((id) => {
      const change = found.get(id);
      return change === undefined || change.kind === 'nothing' ? [] : [change];
    });
  }
}

function whereOf({ now, policy }: Scene) {
  return { workspaceId: policy.workspace.id, now, properties: policy.properties };
}
